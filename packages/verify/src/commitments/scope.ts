import { CaseFile, type Cases } from './cases.ts'
import type { LedgerEvent } from './event.ts'
import type { Scope } from './rule.ts'

/** Where an interval begins: the entry that opened it. */
export interface Interval { readonly cases: Cases; readonly at: number; readonly index: number }

/**
 * The part of history in which a rule holds, after Dwyer, Avrunin and Corbett (ICSE 1999), subject by subject. An interval begins
 * strictly after the entry that opens it; another opening entry inside it changes nothing; it ends strictly before the one that closes it.
 */
export class ScopeState {
  /** `before R`: where R has been. The scopes with a Q: the intervals that are open. */
  readonly #file = new CaseFile<Interval>()
  readonly #scope: Scope['scope']

  constructor({ scope }: Scope) { this.#scope = scope }

  /** Intervals begin with an entry, so that there can be several or none. */
  get opens(): boolean { return this.#scope !== 'globally' && this.#scope !== 'before' }

  contains(cases: Cases): boolean {
    if (this.#scope === 'globally') return true
    return this.#file.has(cases) === this.opens
  }

  intervals(cases: Cases): Interval[] { return this.opens ? this.#file.agreeing(cases) : [] }
  all(): Interval[] { return this.opens ? this.#file.items() : [] }

  /** Q: the interval that begins, or undefined within one. */
  open({ cases, at, index }: LedgerEvent): Interval | undefined {
    if (this.#file.get(cases)) return undefined
    const interval = { cases, at, index }
    this.#file.set(interval)
    return interval
  }

  /** R: the intervals that end. The one `before R` ends with the first R. */
  close({ cases, at, index }: LedgerEvent): Interval[] {
    if (!this.opens) {
      const first = !this.#file.has(cases)
      this.#file.set({ cases, at, index })
      return first ? [{ cases, at, index }] : []
    }
    const ended = this.#file.agreeing(cases)
    for (const interval of ended) this.#file.delete(interval.cases)
    return ended
  }

  save(): Interval[] { return this.#file.items() }
  load(saved: readonly Interval[]): void { for (const interval of saved) this.#file.set(interval) }
}
