import { Filed, type CaseFile, type CaseFiles } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Entry } from './entry.ts'
import type { Scope } from './rule.ts'
import type { Topic, Topics } from './topic.ts'

/** Where an interval begins: the entry that opened it. */
export class Interval extends Filed {
  constructor(about: Topic, readonly at: number, readonly index: number) { super(about) }
}

interface SavedInterval { readonly cases: Cases; readonly at: number; readonly index: number }

/**
 * The part of history in which a rule holds, after Dwyer, Avrunin and Corbett (ICSE 1999), subject by subject. An interval begins
 * strictly after the entry that opens it; another opening entry inside it changes nothing; it ends strictly before the one that closes it.
 */
export class ScopeState {
  /** `before R`: where R has been. The scopes with a Q: the intervals that are open. */
  readonly #file: CaseFile<Interval>
  readonly #scope: Scope['scope']

  constructor({ scope }: Scope, files: CaseFiles) {
    this.#scope = scope
    this.#file = files.open()
  }

  /** Intervals begin with an entry, so that there can be several or none. */
  get opens(): boolean { return this.#scope !== 'globally' && this.#scope !== 'before' }

  contains(about: Topic): boolean {
    if (this.#scope === 'globally') return true
    return this.#file.has(about) === this.opens
  }

  intervals(about: Topic): readonly Interval[] { return this.opens ? this.#file.agreeing(about) : [] }
  all(): Interval[] { return this.opens ? this.#file.items() : [] }

  /** Q: the interval that begins, or undefined within one. */
  open({ about, at, index }: Entry): Interval | undefined {
    if (this.#file.get(about)) return undefined
    const interval = new Interval(about, at, index)
    this.#file.set(interval)
    return interval
  }

  /** R: the intervals that end. The one `before R` ends with the first R. */
  close({ about, at, index }: Entry): readonly Interval[] {
    if (!this.opens) {
      const first = !this.#file.has(about)
      const interval = new Interval(about, at, index)
      this.#file.set(interval)
      return first ? [interval] : []
    }
    const ended = this.#file.agreeing(about)
    for (const interval of ended) this.#file.delete(interval)
    return ended
  }

  save(): SavedInterval[] { return this.#file.items().map(({ about, at, index }) => ({ cases: about.cases, at, index })) }
  load(saved: readonly SavedInterval[], topics: Topics): void {
    for (const { cases, at, index } of saved) this.#file.set(new Interval(topics.of(cases), at, index))
  }
}
