import type { RootContent } from 'mdast'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Course } from './course-text.ts'
import { courseOf, type CourseVersion } from './courses.ts'
import { getTaken, openAttempt, versionOf, type Attempt } from './find.ts'
import { openLesson } from './grade.ts'
import type { Package } from './packages/manifest.ts'
import { runToken } from './run-time/run-token.ts'

/** A course as one person is going through it, or would. */
export interface CourseView {
  readonly lead: readonly RootContent[]
  readonly lessons: readonly string[]
  readonly passMark: number
  /** The lesson to go on with, from 1; null where none is begun. */
  readonly next: number | null
}

export async function courseView(tx: Tx, personId: string, slug: string): Promise<CourseView> {
  const given = await getTaken(tx, personId, slug)
  const attempt = await openAttempt(tx, personId, given.course_id)
  const course = courseOf(attempt ? await versionOf(tx, attempt.version_id) : given)
  return {
    lead: course.lead, lessons: course.lessons.map(({ title }) => title), passMark: course.settings.passMark,
    next: attempt ? openLesson(course, attempt.answers) ?? course.lessons.length : null,
  }
}

export interface PackageVisit {
  readonly package: Package
  readonly begun: boolean
  /** Path on the host of the courses; null: not begun. */
  readonly path: string | null
}

/** The same of a package; null where the course is none. The path opens this person's attempt for some hours. */
export async function packageVisit(tx: Tx, personId: string, slug: string): Promise<PackageVisit | null> {
  const given = await getTaken(tx, personId, slug)
  const attempt = await openAttempt(tx, personId, given.course_id)
  const scorm = attempt ? (await versionOf(tx, attempt.version_id)).package : given.package
  if (!scorm) return null
  return { package: scorm, begun: Object.keys(attempt?.reported ?? {}).length > 0, path: attempt ? `/run/${runToken(tx, attempt.id)}` : null }
}

export interface Underway { readonly attempt: Attempt; readonly version: CourseVersion; readonly course: Course }

/** The attempt that this person has begun and not ended. Throws NotFound where there is none. */
export async function underway(tx: Tx, personId: string, slug: string): Promise<Underway> {
  const row = await tx.db.selectFrom('courses').select('id').where('slug', '=', slug).executeTakeFirst()
  const attempt = row && await openAttempt(tx, personId, row.id)
  if (!attempt) throw new NotFound('You have not begun this course, or have ended it.')
  return withCourse(tx, attempt)
}

/** An attempt of this person that has ended. */
export async function ended(tx: Tx, personId: string, attemptId: string): Promise<Underway> {
  const attempt = await tx.db.selectFrom('course_attempts').selectAll().where('id', '=', attemptId).where('person_id', '=', personId)
    .where('ended_at', 'is not', null).executeTakeFirst()
  if (!attempt) throw new NotFound()
  return withCourse(tx, attempt)
}

async function withCourse(tx: Tx, attempt: Attempt): Promise<Underway> {
  const version = await versionOf(tx, attempt.version_id)
  return { attempt, version, course: courseOf(version) }
}
