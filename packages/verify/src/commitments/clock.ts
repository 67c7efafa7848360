import { addDuration, periodEnd, periodStart, type Calendar } from './calendar.ts'
import type { Cases } from './cases.ts'
import type { Deadline } from './deadlines.ts'
import type { Stoppable } from './pauses.ts'
import type { Duration } from './rule.ts'
import type { Condition } from './tally.ts'

export interface Done { readonly at: number; readonly index: number; readonly strength: number }

/** Plain state of one clock; what a snapshot holds. */
export interface ClockState {
  readonly cases: Cases
  readonly order: number
  /** From when on its subject is there, or its interval has begun. */
  readonly begunAt: number
  last: Done | undefined
  /** The one before, should the last one turn out wrong. */
  before: Done | undefined
  /** `last` was recorded as it happened: opening evidence no longer anchors. */
  witnessed: boolean
  /** How it counts today; undefined while its monitor only observes. */
  condition: Condition | undefined
  /** The last deadline has passed, and nothing has happened since. */
  missed: boolean
  dueAt: number
  /** Time since the anchor that does not count. */
  paused: number
  stops: number
  stoppedAt: number
  /** For calendar periods: where the period begins that ends at `dueAt`, and whether it has been met. */
  periodFrom: number
  periodDone: boolean
}

/** What recurs is owed on one clock: of a subject, of an interval, or of the organisation. */
export class Clock implements Deadline, Stoppable {
  slot = -1
  declare cases: Cases
  declare order: number
  declare begunAt: number
  declare last: Done | undefined
  declare before: Done | undefined
  declare witnessed: boolean
  declare condition: Condition | undefined
  declare missed: boolean
  declare dueAt: number
  declare paused: number
  declare stops: number
  declare stoppedAt: number
  declare periodFrom: number
  declare periodDone: boolean
  readonly #fell: (clock: Clock) => void

  constructor(state: ClockState, fell: (clock: Clock) => void) {
    Object.assign(this, state)
    this.#fell = fell
  }

  static start(cases: Cases, begunAt: number, order: number, fell: (clock: Clock) => void): Clock {
    return new Clock({
      cases, order, begunAt, last: undefined, before: undefined, witnessed: false, condition: undefined, missed: false,
      dueAt: begunAt, paused: 0, stops: 0, stoppedAt: begunAt, periodFrom: begunAt, periodDone: false,
    }, fell)
  }

  fall(): void { this.#fell(this) }

  save(): ClockState {
    const { slot: _, ...state } = this
    return structuredClone(state)
  }
}

/** How often, by which calendar, and since when it is promised. */
export interface Pace { readonly every: Duration; readonly calendar: Calendar; readonly since: number }
interface Placed { readonly dueAt: number; readonly covered: boolean }

/** A deed that is too old to cover the day on which the promise came does not anchor it. */
export function nextDue({ last, begunAt, paused }: Clock, { every, calendar, since }: Pace): Placed {
  const from = Math.max(begunAt, since)
  const next = last && addDuration(last.at + paused, every, calendar)
  if (next !== undefined && next >= from) return { dueAt: next, covered: true }
  return { dueAt: addDuration(from + paused, every, calendar), covered: false }
}

/** Sets a clock to the calendar period of `at`, or to the next one: a period counts when the promise holds for the whole of it. */
export function placeInPeriod(clock: Clock, at: number, { every, calendar, since }: Pace): Placed {
  const [from, until] = [periodStart(at, every, calendar), periodEnd(at, every, calendar)]
  const whole = Math.max(clock.begunAt, since) <= from
  clock.periodFrom = whole ? from : until
  clock.periodDone = clock.last !== undefined && clock.last.at >= clock.periodFrom
  const covered = clock.last !== undefined && clock.last.at >= periodStart(from - 1, every, calendar)
  return { dueAt: (whole ? until : periodEnd(until, every, calendar)) - 1, covered }
}
