import type { DeedStory, History, PersonStory, ReportStory, SourceStory } from './history.ts'
import { rightAnswers } from './right-answers.ts'

/** One verb at one moment, in days since the history begins. */
export interface Deed {
  day: number
  verb: string
  as: string
  input: Record<string, unknown>
  /** The name under which the id that comes back is kept. */
  keep?: string
}

/** A history as single deeds in the order of time. Deeds beyond its last day have not happened. */
export function unfold(history: History): Deed[] {
  const { people, sources, days, deeds: others, reports } = history
  const deeds = [
    ...Object.entries(people).flatMap(personDeeds), ...sources.flatMap((source) => sourceDeeds(source, days)),
    ...others.flatMap(repeated), ...reports.flatMap(reportDeeds),
  ]
  return deeds.filter((deed) => deed.day <= history.days).toSorted((a, b) => a.day - b.day)
}

function repeated({ day, verb, as = 'admin', input, keep, repeat }: DeedStory): Deed[] {
  const { every, times, skip, late } = repeat ?? { every: 1, times: 1, skip: [] as number[], late: {} as Record<string, number> }
  return Array.from({ length: times }, (_, i) => i + 1)
    .filter((nth) => !skip.includes(nth))
    .map((nth) => ({ day: day + (nth - 1) * every + (late[nth] ?? 0), verb, as, input, ...(keep && { keep }) }))
}

/** What `load.ts` does itself: nobody acts before they have joined, and no verb makes an account of one's own for somebody. */
export const joining = 'join'

/** A minute for each lesson, which is what the deeds are told apart by; nobody is judged by their speed. */
function personDeeds([as, { joins, passes }]: [string, PersonStory]): Deed[] {
  const courses = passes.flatMap(({ course, day }) => [
    { day, verb: 'course.begin', as, input: { course } },
    ...rightAnswers(course).map((answers, i) => ({ day: day + (i + 1) / minutesOfDay, verb: 'course.answer', as, input: { course, lesson: i + 1, answers } })),
  ])
  return [{ day: joins, verb: joining, as, input: {} }, ...courses]
}

const minutesOfDay = 24 * 60

/** The loader adds the key at the registration and signs each result. */
function sourceDeeds({ slug, title, day, kinds, vouch, checks }: SourceStory, days: number): Deed[] {
  const as = `source ${slug}`
  const upTo = (every: number) => Array.from({ length: Math.max(0, Math.floor((days - day) / every)) + 1 }, (_, i) => i + 1)
  const results = checks.flatMap(({ check, systems, every, failed, skip }) => upTo(every)
    .filter((nth) => !skip.includes(nth))
    .flatMap((nth) => systems.map((system): Deed => ({
      day: day + 0.01 + (nth - 1) * every, verb: 'check.record', as, input: { source: slug, check, system, result: failed.includes(nth) ? 'failed' : 'passed' },
    }))))
  return [{ day, verb: 'source.register', as: 'admin', input: { slug, title, kinds, vouch } }, ...results]
}

/**
 * What recurs, in the days after `from` up to `to`, beyond the end of the history: looks and evidence, of each the latest alone, and always good.
 */
export function goingOn(history: History, from: number, to: number): Deed[] {
  const endless = history.deeds.flatMap(({ repeat, ...story }) => repeat && story.verb === 'evidence.record'
    ? repeated({ ...story, repeat: { ...repeat, times: Math.max(0, Math.floor((to - story.day) / repeat.every)) + 1 } }) : [])
  const looks = history.sources.flatMap((source) => sourceDeeds(source, to)).filter(({ verb }) => verb === 'check.record')
  const due = [...endless, ...looks].filter(({ day }) => day > Math.max(from, history.days) && day <= to)
  return [...new Map(due.map((deed) => [JSON.stringify([deed.verb, deed.input]), deed])).values()]
}

const thanks = 'Thank you. A person on our team has read your report and is looking into it. You will hear from us as soon as we have reproduced it.'
const done = 'The fix is live and we have checked that your steps no longer work. Thank you for telling us first.'

function reportDeeds(story: ReportStory, nth: number): Deed[] {
  const keep = `report ${nth + 1}`
  const report = `{${keep}}`
  const at = (after: number | undefined, verb: string, input: object, as = 'triager'): Deed[] =>
    after === undefined ? [] : [{ day: story.day + after, verb, as, input: { report, ...input } }]
  const { asked, closed } = story
  return [
    { day: story.day, verb: 'report.submit', as: 'nobody', keep, input: submission(story) },
    ...at(story.acknowledged, 'report.acknowledge', { message: thanks }),
    ...at(story.note === undefined ? undefined : (story.acknowledged ?? 0) + 0.05, 'report.note', { message: story.note }),
    ...at(asked?.after, 'report.ask', { message: asked?.question }),
    ...at(asked?.answered, 'report.answer', { message: asked?.answer }, `reporter ${keep}`),
    ...at(story.verified, 'report.verify', story.cvss ? { cvss: story.cvss } : { severity: story.severity }),
    ...at(story.accepted, 'report.accept', {}),
    ...at(story.fixed, 'report.fix', {}),
    ...at(story.resolved, 'report.resolve', { message: done }),
    ...at(closed?.after, 'report.close', { reason: closed?.reason, message: closed?.message, ...closed?.original && { original: closed.original } }),
  ]
}

const submission = ({ title, asset, weakness, description, steps, proof_of_concept, impact, tools, skipped, name }: ReportStory) =>
  Object.fromEntries(Object.entries({
    title, weakness, description, steps, proof_of_concept, impact, tools, name,
    skipped: skipped ?? (steps ?? proof_of_concept ? undefined : 'I saw it once and could not get it again.'),
    asset: asset && `{${asset}}`, good_faith: true,
  }).filter(([, value]) => value !== undefined))
