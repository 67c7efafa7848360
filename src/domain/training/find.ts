import type { Selectable } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { CourseAttemptRow, CourseVersionRow } from './tables.ts'

export type CourseVersion = Selectable<CourseVersionRow>
export type Attempt = Selectable<CourseAttemptRow>

/** A course that is given, as its newest version says. */
export type GivenCourse = CourseVersion & { readonly slug: string }

function given(tx: Tx) {
  return tx.db.selectFrom('courses').innerJoin('course_versions as v', (join) => join
    .onRef('v.organization_id', '=', 'courses.organization_id').onRef('v.course_id', '=', 'courses.id'))
    .selectAll('v').select('courses.slug').distinctOn('courses.slug')
    .where('courses.withdrawn_at', 'is', null).orderBy('courses.slug').orderBy('v.version', 'desc')
}

export const listGiven = (tx: Tx): Promise<GivenCourse[]> => given(tx).execute()

export const findGiven = (tx: Tx, slug: string): Promise<GivenCourse | undefined> => given(tx).where('courses.slug', '=', slug).executeTakeFirst()

export async function getGiven(tx: Tx, slug: string): Promise<GivenCourse> {
  const course = await findGiven(tx, slug)
  if (!course) throw new NotFound()
  return course
}

/** The same for whoever takes it: a course that they have begun they may end, also when it was withdrawn meanwhile. */
export async function getTaken(tx: Tx, personId: string, slug: string): Promise<GivenCourse> {
  const course = await findGiven(tx, slug) ?? (await listBegun(tx, personId)).find((one) => one.slug === slug)
  if (!course) throw new NotFound()
  return course
}

/** What somebody has begun of courses that were withdrawn since. */
export const listBegun = (tx: Tx, personId: string): Promise<GivenCourse[]> => tx.db.selectFrom('courses')
  .innerJoin('course_attempts as a', 'a.course_id', 'courses.id').innerJoin('course_versions as v', 'v.id', 'a.version_id').selectAll('v')
    .select('courses.slug')
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

/** When each of these people last passed the course. */
export async function lastPassed(tx: Tx, courseId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.db.selectFrom('course_attempts').select(['person_id', (is) => is.fn.max('ended_at').as('at')])
    .where('course_id', '=', courseId).where('passed', '=', true).groupBy('person_id').execute()
  return new Map(rows.map(({ person_id, at }) => [person_id, at!]))
}

/** Until when what was passed at `passedAt` counts; null: for good. */
export function goodUntil({ again_months: months }: Pick<CourseVersion, 'again_months'>, passedAt: Date, zone: string): Temporal.Instant | null {
  if (months === 0) return null
  return Temporal.Instant.fromEpochMilliseconds(passedAt.getTime()).toZonedDateTimeISO(zone).add({ months }).toInstant()
}

export const isGood = (until: Temporal.Instant | null, tx: Tx): boolean => until === null || timestampOf(until) > timestampOf(tx.now)
