import { Durations } from './durations.ts'
import { Months, type SavedMonth } from './months.ts'

/** How an obligation stands today: waiting for its first or next deed, met for the time being, or unmet past its time. */
export type Condition = 'due' | 'covered' | 'broken'
export type State = 'idle' | 'due' | 'kept' | 'broken'

/** One instance, decided: which entries decided it. */
export interface Decision {
  readonly at: number
  outcome: 'kept' | 'missed' | 'corrected'
  /** Indices of the entries that decide it: the trigger and what discharged it, or the one that broke it. */
  readonly entries: readonly number[]
}

export interface Verdict extends Decision {
  readonly outcome: 'kept' | 'missed'
  /** The weakest voucher among those entries. */
  readonly strength: number
  /** How long it took, where it took time. */
  readonly ms?: number | undefined
}

/** So many decisions are kept one by one, for their proofs and so that a correction finds what it takes back. */
const REMEMBERED = 50

/** The record of one commitment, through all versions of its rule. Its size does not depend on the length of history. */
export class Tally {
  total = 0
  inTime = 0
  missed = 0
  corrected = 0
  recordedLate = 0
  readonly now: Record<Condition, number> = { due: 0, covered: 0, broken: 0 }
  state: State = 'idle'
  since: number
  readonly durations = new Durations()
  readonly months = new Months()
  #decisions: Decision[] = []
  #misses: Decision[] = []

  constructor(since: number) { this.since = since }

  /** An obligation begins (`from` undefined), changes its condition, or ends (`to` undefined). */
  shift(from: Condition | undefined, to: Condition | undefined, at: number): void {
    if (from) this.now[from]--
    if (to) this.now[to]++
    this.#settle(at)
  }

  decide({ outcome, at, entries, strength, ms }: Verdict): void {
    this.total++
    if (outcome === 'kept') this.inTime++
    else this.missed++
    this.months.count(at, outcome === 'kept', strength)
    if (ms !== undefined) this.durations.add(ms)
    const decision: Decision = { at, outcome, entries }
    remember(this.#decisions, decision)
    if (outcome === 'missed') remember(this.#misses, decision)
    this.#settle(at)
  }

  /** A missed one was done after all. It stays missed. */
  doneLate(ms: number | undefined, recordedLate: boolean): void {
    if (ms !== undefined) this.durations.add(ms)
    if (recordedLate) this.recordedLate++
  }

  /** The entry was wrong: what it decided counts neither for nor against, and shows as corrected. */
  correct(index: number, at: number): void {
    for (const decision of new Set([...this.#decisions, ...this.#misses])) {
      if (decision.outcome === 'corrected' || !decision.entries.includes(index)) continue
      if (decision.outcome === 'kept') this.inTime--
      else this.missed--
      this.months.correct(decision.at, decision.outcome === 'kept')
      this.corrected++
      decision.outcome = 'corrected'
    }
    this.#settle(at)
  }

  /** What was triggered by a wrong entry and is undecided yet. */
  correctOpen(at: number, index: number): void {
    this.total++
    this.corrected++
    remember(this.#decisions, { at, outcome: 'corrected', entries: [index] })
    this.#settle(at)
  }

  /** The latest, newest first. */
  get decisions(): Decision[] { return this.#decisions.toReversed() }
  get misses(): Decision[] { return this.#misses.toReversed() }

  #settle(at: number): void {
    const { due, covered, broken } = this.now
    const state = broken > 0 ? 'broken' : due > 0 ? 'due' : covered > 0 || this.inTime + this.missed > 0 ? 'kept' : 'idle'
    if (state === this.state) return
    this.state = state
    this.since = at
  }

  save(): SavedTally {
    const { total, inTime, missed, corrected, recordedLate, now, state, since } = this
    return {
      total, inTime, missed, corrected, recordedLate, now: { ...now }, state, since, durations: this.durations.save(), months: this.months.save(),
      decisions: structuredClone(this.#decisions), misses: structuredClone(this.#misses),
    }
  }

  static load(saved: SavedTally): Tally {
    const { durations, months, decisions, misses, now, ...plain } = structuredClone(saved)
    const tally = Object.assign(new Tally(plain.since), plain)
    Object.assign(tally.now, now)
    tally.durations.load(durations)
    tally.months.load(months)
    tally.#decisions = decisions
    // One that is in both lists is one decision.
    const isSame = (a: Decision, b: Decision) => a.at === b.at && a.outcome === b.outcome && a.entries.join() === b.entries.join()
    tally.#misses = misses.map((miss) => decisions.find((one) => isSame(one, miss)) ?? miss)
    return tally
  }
}

function remember(list: Decision[], decision: Decision): void {
  list.push(decision)
  if (list.length >= 2 * REMEMBERED) list.splice(0, REMEMBERED)
}

export interface SavedTally {
  total: number
  inTime: number
  missed: number
  corrected: number
  recordedLate: number
  now: Record<Condition, number>
  state: State
  since: number
  durations: [bucket: number, count: number][]
  months: SavedMonth[]
  decisions: Decision[]
  misses: Decision[]
}
