/** Elements of SCORM's data models. Names of collections have `n` where a number stands. */

export interface Element {
  readonly access: 'r' | 'w' | 'rw'
  /** Whether a value may be set. */
  readonly takes: (value: string) => boolean
  /** What is read before anything was set; absent: reading it is an error in SCORM 2004, and empty in 1.2. */
  readonly initially?: string
}

export type DataModel = ReadonlyMap<string, Element>

type Takes = Element['takes']
const text = (most: number): Takes => (value) => value.length <= most
const oneOf = (...words: string[]): Takes => (value) => words.includes(value)
const number = (least = -Infinity, most = Infinity): Takes => (value) =>
  /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value) && Number(value) >= least && Number(value) <= most
const orEmpty = (takes: Takes): Takes => (value) => value === '' || takes(value)
const span12: Takes = (value) => /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/.test(value)
const span2004: Takes = (value) => value.length > 1 && value !== 'PT' && /^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/.test(value)
const clock: Takes = (value) => /^\d{2}:\d{2}:\d{2}(\.\d{1,2})?$/.test(value)
const moment: Takes = (value) => /^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}(\.\d{1,2})?)?)?([Zz]|[+-]\d{2}(:\d{2})?)?)?)?)?$/.test(value)

const rw = (takes: Takes, initially?: string): Element => ({ access: 'rw', takes, ...initially !== undefined && { initially } })
const w = (takes: Takes): Element => ({ access: 'w', takes })
const r = (initially?: string): Element => ({ access: 'r', takes: () => false, ...initially !== undefined && { initially } })

const model = (elements: Record<string, Element>): DataModel => new Map(Object.entries(elements))

/** More than the standard's 4,096 characters are taken: many packages write them. */
const mostSuspended = 64_000

const statuses12 = oneOf('passed', 'completed', 'failed', 'incomplete', 'browsed')
const score12 = orEmpty(number(0, 100))
const results12: Takes = (value) => oneOf('correct', 'wrong', 'unanticipated', 'neutral')(value) || number()(value)
const types12 = oneOf('true-false', 'choice', 'fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric')

/** SCORM 1.2 Run-Time Environment, 3.4. */
export const model12 = model({
  'cmi.core._children': r('student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time'),
  'cmi.core.student_id': r(), 'cmi.core.student_name': r(), 'cmi.core.credit': r('credit'), 'cmi.core.entry': r(), 'cmi.core.lesson_mode': r('normal'),
  'cmi.core.total_time': r('0000:00:00'),
  'cmi.core.lesson_location': rw(text(1000), ''), 'cmi.core.lesson_status': rw(statuses12, 'not attempted'),
  'cmi.core.score._children': r('raw,min,max'), 'cmi.core.score.raw': rw(score12, ''), 'cmi.core.score.min': rw(score12, ''),
  'cmi.core.score.max': rw(score12, ''),
  'cmi.core.exit': w(oneOf('time-out', 'suspend', 'logout', '')), 'cmi.core.session_time': w(span12),
  'cmi.suspend_data': rw(text(mostSuspended), ''), 'cmi.launch_data': r(''), 'cmi.comments': rw(text(4096), ''), 'cmi.comments_from_lms': r(''),
  'cmi.objectives._children': r('id,score,status'), 'cmi.objectives._count': r('0'), 'cmi.objectives.n.id': rw(text(255)),
  'cmi.objectives.n.score._children': r('raw,min,max'), 'cmi.objectives.n.score.raw': rw(score12), 'cmi.objectives.n.score.min': rw(score12),
  'cmi.objectives.n.score.max': rw(score12), 'cmi.objectives.n.status': rw(oneOf('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted')),
  'cmi.student_data._children': r('mastery_score,max_time_allowed,time_limit_action'), 'cmi.student_data.mastery_score': r(''),
  'cmi.student_data.max_time_allowed': r(''), 'cmi.student_data.time_limit_action': r('continue,no message'),
  'cmi.student_preference._children': r('audio,language,speed,text'), 'cmi.student_preference.audio': rw(number(-1, 100), '0'),
  'cmi.student_preference.language': rw(text(255), ''), 'cmi.student_preference.speed': rw(number(-100, 100), '0'),
  'cmi.student_preference.text': rw(oneOf('-1', '0', '1'), '0'),
  'cmi.interactions._children': r('id,objectives,time,type,correct_responses,weighting,student_response,result,latency'), 'cmi.interactions._count': r('0'),
  'cmi.interactions.n.id': w(text(255)), 'cmi.interactions.n.objectives._count': r('0'), 'cmi.interactions.n.objectives.n.id': w(text(255)),
  'cmi.interactions.n.time': w(clock), 'cmi.interactions.n.type': w(types12), 'cmi.interactions.n.correct_responses._count': r('0'),
  'cmi.interactions.n.correct_responses.n.pattern': w(text(255)), 'cmi.interactions.n.weighting': w(number()),
  'cmi.interactions.n.student_response': w(text(255)), 'cmi.interactions.n.result': w(results12), 'cmi.interactions.n.latency': w(span12),
})

const complete = oneOf('completed', 'incomplete', 'not attempted', 'unknown')
const success = oneOf('passed', 'failed', 'unknown')
const results2004: Takes = (value) => oneOf('correct', 'incorrect', 'unanticipated', 'neutral')(value) || number()(value)
const types2004 = oneOf('true-false', 'choice', 'fill-in', 'long-fill-in', 'matching', 'performance', 'sequencing', 'likert', 'numeric', 'other')
const nav: Takes = (value) => /^(\{target=[^}]+\}(choice|jump)|continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_)$/.test(value)
const scoreParts = 'scaled,raw,min,max'

/** SCORM 2004 Run-Time Environment, 4.2. */
export const model2004 = model({
  'cmi._version': r('1.0'), 'cmi.learner_id': r(), 'cmi.learner_name': r(), 'cmi.credit': r('credit'), 'cmi.entry': r(), 'cmi.mode': r('normal'),
  'cmi.total_time': r('PT0S'), 'cmi.launch_data': r(), 'cmi.max_time_allowed': r(), 'cmi.time_limit_action': r('continue,no message'),
  'cmi.completion_threshold': r(), 'cmi.scaled_passing_score': r(),
  'cmi.completion_status': rw(complete, 'unknown'), 'cmi.success_status': rw(success, 'unknown'), 'cmi.progress_measure': rw(number(0, 1)),
  'cmi.location': rw(text(1000)), 'cmi.suspend_data': rw(text(mostSuspended)),
  'cmi.exit': w(oneOf('time-out', 'suspend', 'logout', 'normal', '')), 'cmi.session_time': w(span2004),
  'cmi.score._children': r(scoreParts), 'cmi.score.scaled': rw(number(-1, 1)), 'cmi.score.raw': rw(number()), 'cmi.score.min': rw(number()),
  'cmi.score.max': rw(number()),
  'cmi.comments_from_learner._children': r('comment,location,timestamp'), 'cmi.comments_from_learner._count': r('0'),
  'cmi.comments_from_learner.n.comment': rw(text(4000)), 'cmi.comments_from_learner.n.location': rw(text(250)),
  'cmi.comments_from_learner.n.timestamp': rw(moment),
  'cmi.comments_from_lms._children': r('comment,location,timestamp'), 'cmi.comments_from_lms._count': r('0'),
  'cmi.learner_preference._children': r('audio_level,language,delivery_speed,audio_captioning'), 'cmi.learner_preference.audio_level': rw(number(0), '1'),
  'cmi.learner_preference.language': rw(text(250), ''), 'cmi.learner_preference.delivery_speed': rw(number(0), '1'),
  'cmi.learner_preference.audio_captioning': rw(oneOf('-1', '0', '1'), '0'),
  'cmi.objectives._children': r('id,score,success_status,completion_status,progress_measure,description'), 'cmi.objectives._count': r('0'),
  'cmi.objectives.n.id': rw(text(4000)), 'cmi.objectives.n.score._children': r(scoreParts), 'cmi.objectives.n.score.scaled': rw(number(-1, 1)),
  'cmi.objectives.n.score.raw': rw(number()), 'cmi.objectives.n.score.min': rw(number()), 'cmi.objectives.n.score.max': rw(number()),
  'cmi.objectives.n.success_status': rw(success, 'unknown'), 'cmi.objectives.n.completion_status': rw(complete, 'unknown'),
  'cmi.objectives.n.progress_measure': rw(number(0, 1)), 'cmi.objectives.n.description': rw(text(250)),
  'cmi.interactions._children': r('id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description'),
  'cmi.interactions._count': r('0'), 'cmi.interactions.n.id': rw(text(4000)), 'cmi.interactions.n.type': rw(types2004),
  'cmi.interactions.n.objectives._count': r('0'), 'cmi.interactions.n.objectives.n.id': rw(text(4000)), 'cmi.interactions.n.timestamp': rw(moment),
  'cmi.interactions.n.correct_responses._count': r('0'), 'cmi.interactions.n.correct_responses.n.pattern': rw(text(4000)),
  'cmi.interactions.n.weighting': rw(number()), 'cmi.interactions.n.learner_response': rw(text(4000)), 'cmi.interactions.n.result': rw(results2004),
  'cmi.interactions.n.latency': rw(span2004), 'cmi.interactions.n.description': rw(text(250)),
  'adl.nav.request': rw(nav, '_none_'), 'adl.nav.request_valid.continue': r('unknown'), 'adl.nav.request_valid.previous': r('unknown'),
})
