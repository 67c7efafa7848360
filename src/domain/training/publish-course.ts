import { createHash } from 'node:crypto'
import type { Insertable } from 'kysely'
import { z } from 'zod'
import { nextVersion } from '../../db/next-version.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { shortName } from '../../verbs/fields.ts'
import { verb } from '../../verbs/verb.ts'
import { questionsOf, readCourse } from './course-text.ts'
import { findGiven } from './find.ts'
import { coursePublished, courseWithdrawn } from './kinds.ts'
import { shippedCourses, shippedText } from './shipped.ts'
import type { CourseVersionRow } from './tables.ts'

export const Slug = shortName('The course’s short name: phishing')
const CourseText = z.string().min(1, 'Write the course.').max(300_000, 'Write at most 300,000 characters.')

/** What is passed from then on is judged by this version; who is in the middle of the one before ends it as it began. */
export const publishCourse = verb({
  name: 'course.publish', summary: 'Give the team a course, or a new version of one, written in Markdown.', may: 'training.manage',
    entries: ['course.published'],
  input: z.object({ course: Slug, text: CourseText.describe('The course in Markdown: docs/formats/courses.md') }),
  run: ({ tx }, { course, text }) => publish(tx, course, text),
})

export const adoptCourse = verb({
  name: 'course.adopt', summary: 'Give the team one of the courses that come with Avow, as it is.', may: 'training.manage', entries: ['course.published'],
  input: z.object({ course: z.enum(shippedCourses) }),
  run: ({ tx }, { course }) => publish(tx, course, shippedText(course)),
})

export const withdrawCourse = verb({
  name: 'course.withdraw', summary: 'Stop giving a course. What was passed stays passed.', may: 'training.manage', entries: ['course.withdrawn'],
  input: z.object({ course: Slug }),
  async run({ tx }, { course }) {
    const row = await tx.db.updateTable('courses').set({ withdrawn_at: timestampOf(tx.now) })
      .where('slug', '=', course).where('withdrawn_at', 'is', null).returning('id').executeTakeFirst()
    if (!row) throw new NotFound()
    await append(tx, courseWithdrawn, { subjects: { course: row.id }, marks: { course }, facts: {} })
  },
})

async function publish(tx: Tx, slug: string, text: string): Promise<{ course: string; version: number }> {
  const { course, problems } = readCourse(text)
  if (problems.length > 0) throw new Invalid({ text: problems.map(({ line, message }) => `Line ${line}: ${message}`).join(' ') })
  const { minutes, passMark, roles, againMonths } = course.settings
  const { version } = await addVersion(tx, slug, {
    title: course.title, body: text, body_sha256: createHash('sha256').update(text).digest(), minutes, pass_mark: passMark, roles: [...roles],
    again_months: againMonths,
  }, { questions: questionsOf(course).length })
  return { course: slug, version }
}

type NewVersion = Omit<Insertable<CourseVersionRow>, 'organization_id' | 'id' | 'course_id' | 'version' | 'published_at'>

/** One version more, of a course that is begun with it where there is none of the name. */
export async function addVersion(tx: Tx, slug: string, given: NewVersion, asks: { questions: number; standard?: string }) {
  const { title, body_sha256: sha256, minutes, pass_mark } = given
  refuseIf((await findGiven(tx, slug))?.body_sha256.equals(sha256), 'course_unchanged', 'This is what the team has already.')
  const [id, courseId] = [tx.newId(), await courseOf(tx, slug)]
  const version = await nextVersion(tx, { in: 'course_versions', of: 'course_id', id: courseId })
  await tx.db.insertInto('course_versions')
    .values({ organization_id: tx.organizationId, id, course_id: courseId, version, published_at: timestampOf(tx.now), ...given }).execute()
  await append(tx, coursePublished, {
    subjects: { course: courseId }, marks: { course: slug },
    facts: { course: slug, title, version, text_sha256: sha256.toString('hex'), minutes, pass_mark, ...asks },
  })
  return { id, version }
}

/** The row is locked until the transaction ends, so that two publish one after the other. A course that was withdrawn comes back. */
async function courseOf(tx: Tx, slug: string): Promise<string> {
  const row = await tx.db.insertInto('courses').values({ organization_id: tx.organizationId, id: tx.newId(), slug, created_at: timestampOf(tx.now) })
    .onConflict((conflict) => conflict.columns(['organization_id', 'slug']).doUpdateSet({ withdrawn_at: null })).returning('id').executeTakeFirstOrThrow()
  return row.id
}
