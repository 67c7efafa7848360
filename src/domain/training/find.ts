import type { Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { courses, type CourseVersion, type GivenCourse } from './courses.ts'
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

export const openAttempt = (tx: Tx, personId: string, courseId: string): Promise<Attempt | undefined> =>
  tx.db.selectFrom('course_attempts').selectAll().where('person_id', '=', personId).where('course_id', '=', courseId).where('ended_at', 'is', null)
    .executeTakeFirst()

/** Of this person, the newest first. */
export const attemptsOf = (tx: Tx, personId: string): Promise<Attempt[]> =>
  tx.db.selectFrom('course_attempts').selectAll().where('person_id', '=', personId).orderBy('began_at', 'desc').orderBy('id', 'desc')
    .execute()
