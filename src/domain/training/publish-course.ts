import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { demandReadable, hashOf } from '../texts/index.ts'
import { questionsOf, readCourse } from './course-text.ts'
import { courses } from './courses.ts'
import { shippedCourses, shippedText } from './shipped.ts'

const { Slug, Markdown } = courses

/** What is passed from then on is judged by this version; who is in the middle of the one before ends it as it began. */
export const publishCourse = verb({
  name: 'course.publish', summary: 'Give the team a course, or a new version of one, written in Markdown.', may: 'training.manage',
  entries: ['course.published'],
  input: z.object({ course: Slug, text: Markdown.describe('The course in Markdown: docs/formats/courses.md') }),
  run: ({ tx }, { course, text }) => publish(tx, course, text),
})

export const adoptCourse = verb({
  name: 'course.adopt', summary: 'Give the team one of the courses that come with Avow, as it is.', may: 'training.manage', entries: ['course.published'],
  input: z.object({ course: z.enum(shippedCourses) }),
  run: ({ tx }, { course }) => publish(tx, course, shippedText(course)),
})

export const withdrawCourse = courses.withdrawal('training.manage', 'Stop giving a course. What was passed stays passed.')

async function publish(tx: Tx, slug: string, text: string): Promise<{ course: string; version: number }> {
  const { course, problems } = readCourse(text)
  demandReadable(problems)
  const { minutes, passMark, roles, againMonths } = course.settings
  const version = { title: course.title, body: text, minutes, pass_mark: passMark, roles: [...roles], again_months: againMonths }
  return { course: slug, version: (await addVersion(tx, slug, version, { questions: questionsOf(course).length })).version }
}

/** One version more, of a course that is begun with it where there is none of the name. */
export async function addVersion(tx: Tx, slug: string, given: Parameters<typeof courses.publish>[2], asks: { questions: number; standard?: string }) {
  const sha256 = given.body_sha256 ?? hashOf(given.body)
  refuseIf((await courses.given(tx, slug))[0]?.body_sha256.equals(sha256), 'course_unchanged', 'This is what the team has already.')
  return courses.publish(tx, slug, given,
    { noun: { created_at: timestampOf(tx.now) }, facts: { minutes: given.minutes, pass_mark: given.pass_mark, ...asks } })
}
