import { addDuration, periodEnd, periodStart, type Calendar } from './calendar.ts'
import { Filed } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Deadline } from './deadlines.ts'
import type { Stoppable } from './pauses.ts'
import type { Duration } from './rule.ts'
import type { Condition } from './tally.ts'
import type { Topic, Topics } from './topic.ts'

export interface Done { readonly at: number; readonly index: number; readonly strength: number }

/** What a snapshot holds of one clock. */
export interface ClockState {
  readonly cases: Cases
  readonly order: number
  readonly begunAt: number
  readonly last: Done | undefined
  readonly previous: Done | undefined
  readonly witnessed: boolean
  readonly condition: Condition | undefined
  readonly missed: boolean
  readonly dueAt: number
  readonly paused: number
  readonly stops: number
  readonly stoppedAt: number
  readonly periodFrom: number
  readonly periodDone: boolean
}

/** What recurs is owed on one clock: of a subject, of an interval, or of the organisation. */
export class Clock extends Filed implements Deadline, Stoppable {
  running = false
  last: Done | undefined = undefined
  /** The one before, should the last one turn out wrong. */
  previous: Done | undefined = undefined
  /** `last` was recorded as it happened: opening evidence no longer anchors. */
  witnessed = false
  /** How it counts today; undefined while its monitor only observes. */
  condition: Condition | undefined = undefined
  /** The last deadline has passed, and nothing has happened since. */
  missed = false
  dueAt: number
  /** Time since the anchor that does not count. */
  paused = 0
  stops = 0
  stoppedAt: number
  /** For calendar periods: where the period begins that ends at `dueAt`, and whether it has been met. */
  periodFrom: number
  periodDone = false
  readonly #fell: (clock: Clock) => void

  /** `begunAt`: from when on its subject is there, or its interval has begun. */
  constructor(about: Topic, readonly begunAt: number, readonly order: number, fell: (clock: Clock) => void) {
    super(about)
    this.dueAt = begunAt
    this.stoppedAt = begunAt
    this.periodFrom = begunAt
    this.#fell = fell
  }

  fall(): void { this.#fell(this) }

  save(): ClockState {
    const { about: { cases }, order, begunAt, last, previous, witnessed, condition, missed, dueAt, paused, stops, stoppedAt, periodFrom, periodDone } = this
    return { cases, order, begunAt, last, previous, witnessed, condition, missed, dueAt, paused, stops, stoppedAt, periodFrom, periodDone }
  }

  static load({ cases, begunAt, order, ...state }: ClockState, topics: Topics, fell: (clock: Clock) => void): Clock {
    return Object.assign(new Clock(topics.of(cases), begunAt, order, fell), state)
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
