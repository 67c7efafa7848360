import type { Selectable } from 'kysely'
import type { RootContent } from 'mdast'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Course } from './course-text.ts'
import { courseOf, courses, type CourseVersion, type GivenCourse } from './courses.ts'
import { openLesson } from './grade.ts'
import type { Package } from './packages/manifest.ts'
import { runToken } from './run-time/run-token.ts'
import type { CourseAttemptRow } from './tables.ts'

export type Attempt = Selectable<CourseAttemptRow>

/** A course for whoever takes it: one that they have begun they may end, also when it was withdrawn meanwhile. */
export async function getTaken(tx: Tx, personId: string, slug: string): Promise<GivenCourse> {
  const course = (await courses.given(tx, slug))[0] ?? (await listBegun(tx, personId)).find((one) => one.slug === slug)
  if (!course) throw new NotFound()
  return course
}

/** What somebody has begun of courses that were withdrawn since. */
export const listBegun = (tx: Tx, personId: string): Promise<GivenCourse[]> => tx.db.selectFrom('courses')
  .innerJoin('course_attempts as a', 'a.course_id', 'courses.id').innerJoin('course_versions as v', 'v.id', 'a.version_id').selectAll('v')
  .select(['courses.slug', 'courses.created_at', 'courses.withdrawn_at'])
  .where('courses.withdrawn_at', 'is not', null).where('person_id', '=', personId).where('ended_at', 'is', null).execute()

/** The version by which an attempt is judged. */
export const versionOf = (tx: Tx, versionId: string): Promise<CourseVersion> =>
  tx.db.selectFrom('course_versions').selectAll().where('id', '=', versionId).executeTakeFirstOrThrow()

const attempts = (tx: Tx, personId: string) => tx.db.selectFrom('course_attempts').selectAll().where('person_id', '=', personId)

/** What this person has begun of a course and not ended. */
export async function openAttempt(tx: Tx, personId: string, slug: string, { lock = false } = {}): Promise<Attempt | undefined> {
  const open = attempts(tx, personId).where('ended_at', 'is', null)
    .where('course_id', '=', (is) => is.selectFrom('courses').select('id').where('slug', '=', slug))
  return (lock ? open.forUpdate() : open).executeTakeFirst()
}

/** Of this person, the newest first. */
export const attemptsOf = (tx: Tx, personId: string): Promise<Attempt[]> =>
  attempts(tx, personId).orderBy('began_at', 'desc').orderBy('id', 'desc').execute()

/** A course as one person is going through it, or would. */
export interface CourseView {
  readonly lead: readonly RootContent[]
  readonly lessons: readonly string[]
  readonly passMark: number
  /** The lesson to go on with, from 1; null where none is begun. */
  readonly next: number | null
}

/** Begun, it is the version of the attempt; else the one that is given. */
async function visited(tx: Tx, personId: string, slug: string): Promise<{ attempt: Attempt | undefined; version: CourseVersion }> {
  const [given, attempt] = [await getTaken(tx, personId, slug), await openAttempt(tx, personId, slug)]
  return { attempt, version: attempt ? await versionOf(tx, attempt.version_id) : given }
}

export async function courseView(tx: Tx, personId: string, slug: string): Promise<CourseView> {
  const { attempt, version } = await visited(tx, personId, slug)
  const course = courseOf(version)
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
  const { attempt, version: { package: scorm } } = await visited(tx, personId, slug)
  if (!scorm) return null
  return { package: scorm, begun: Object.keys(attempt?.reported ?? {}).length > 0, path: attempt ? `/run/${runToken(tx, attempt.id)}` : null }
}

export interface Underway { readonly attempt: Attempt; readonly version: CourseVersion; readonly course: Course }

/** The attempt that this person has begun and not ended. Throws NotFound where there is none. */
export async function underway(tx: Tx, personId: string, slug: string): Promise<Underway> {
  const attempt = await openAttempt(tx, personId, slug)
  if (!attempt) throw new NotFound('You have not begun this course, or have ended it.')
  return withCourse(tx, attempt)
}

/** An attempt of this person that has ended. */
export async function ended(tx: Tx, personId: string, attemptId: string): Promise<Underway> {
  const attempt = await attempts(tx, personId).where('id', '=', attemptId).where('ended_at', 'is not', null).executeTakeFirst()
  if (!attempt) throw new NotFound()
  return withCourse(tx, attempt)
}

async function withCourse(tx: Tx, attempt: Attempt): Promise<Underway> {
  const version = await versionOf(tx, attempt.version_id)
  return { attempt, version, course: courseOf(version) }
}
