import type { Cases } from './cases.ts'
import type { Deadline } from './deadlines.ts'
import type { Stoppable } from './pauses.ts'
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
