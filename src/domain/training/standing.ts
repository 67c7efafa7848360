import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { goodUntil, isGood, type Attempt, type CourseVersion } from './find.ts'

export interface CourseStanding {
  /** `again`: what was passed no longer counts. */
  readonly state: 'to do' | 'begun' | 'passed' | 'again'
  readonly passedAt: Date | null
  /** Null where it was not passed, or counts for good. */
  readonly goodUntil: Temporal.Instant | null
}

/** Where one person stands with one course, by their attempts at it, the newest first. */
export async function standingOf(tx: Tx, course: CourseVersion, attempts: readonly Attempt[]): Promise<CourseStanding> {
  const passedAt = attempts.find((attempt) => attempt.passed)?.ended_at ?? null
  const until = passedAt && goodUntil(course, passedAt, await zoneOf(tx))
  const good = passedAt !== null && isGood(until, tx)
  const begun = attempts.some((attempt) => attempt.ended_at === null)
  return { state: begun ? 'begun' : good ? 'passed' : passedAt ? 'again' : 'to do', passedAt, goodUntil: until }
}
