import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { Invalid, NotFound, Refused } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import type { Lesson } from './course-text.ts'
import { courseOf, courses } from './courses.ts'
import { endAttempt } from './end-attempt.ts'
import { getTaken, openAttempt, versionOf } from './find.ts'
import { Answers, gradeOf, isAnswered, openLesson } from './grade.ts'

export const beginCourse = verb({
  name: 'course.begin', summary: 'Begin a course. Whoever has begun already goes on where they were.', may: 'own.do', entries: [],
  input: z.object({ course: courses.Slug }),
  async run({ tx, actor }, { course: slug }) {
    const personId = await ownPerson(tx, actor)
    const { id: versionId, course_id: courseId, package: scorm } = await getTaken(tx, personId, slug)
    await tx.db.insertInto('course_attempts').values({
      organization_id: tx.organizationId, id: tx.newId(), person_id: personId, course_id: courseId, version_id: versionId, answers: '{}',
      began_at: timestampOf(tx.now),
    }).onConflict((conflict) => conflict.columns(['organization_id', 'person_id', 'course_id']).where('ended_at', 'is', null).doNothing()).execute()
    return { course: slug, lessons: scorm === null }
  },
})

export const answerLesson = verb({
  name: 'course.answer', summary: 'Answer the questions of one lesson. With the last one the course is judged.', may: 'own.do', entries: ['training.passed'],
  input: z.object({ course: courses.Slug, lesson: z.coerce.number().int().min(1), answers: Answers.default({})
    .describe('By the number of the question: { "1.1": "0" }') }),
  async run({ tx, actor }, { course: slug, lesson: number, answers }) {
    const attempt = await openAttempt(tx, await ownPerson(tx, actor), slug, { lock: true })
    if (!attempt) throw new Refused('course_not_begun', 'Begin the course first.')
    const version = await versionOf(tx, attempt.version_id)
    const course = courseOf(version)
    const lesson = course.lessons[number - 1]
    if (!lesson) throw new NotFound()
    const all = { ...attempt.answers, ...newAnswers(lesson, attempt.answers, answers) }
    if (openLesson(course, all) !== null) {
      await tx.db.updateTable('course_attempts').set({ answers: JSON.stringify(all) }).where('id', '=', attempt.id).execute()
      return { ended: false as const, attempt: attempt.id }
    }
    const grade = gradeOf(course, all)
    await endAttempt(tx, { attempt, slug, version }, { ...grade, answers: all })
    return { ended: true as const, attempt: attempt.id, ...grade }
  },
})

/** What is answered stays: after an answer its reason is shown. Every question of the lesson has to be answered at once. */
function newAnswers({ questions }: Lesson, before: Answers, given: Answers): Answers {
  const open = questions.filter((question) => !isAnswered(question, before))
  const missing = open.filter((question) => !isAnswered(question, given))
  if (missing.length > 0) throw new Invalid(Object.fromEntries(missing.map(({ id }) => [`answers[${id}]`, 'Choose an answer.'])))
  return Object.fromEntries(open.map(({ id }) => [id, given[id]!]))
}
