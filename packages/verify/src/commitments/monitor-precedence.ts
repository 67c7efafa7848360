import { CaseFile, type Cases } from './cases.ts'
import type { LedgerEvent } from './event.ts'
import { Monitor, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import { strengthOfEntry } from './vouch.ts'

type Body = Extract<Pattern, { pattern: 'precedence' }>
interface Seen { readonly cases: Cases; readonly index: number; readonly strength: number }
/** What has gone without its `first`, about the same cases. */
interface Violations { readonly cases: Cases; readonly list: readonly { readonly at: number; readonly index: number }[] }

/** Every `then` needs a `first` that belongs to it and came before, in the same interval. One without stays broken until its `first` is done after all. */
export class PrecedenceMonitor extends Monitor {
  readonly #seen: CaseFile<Seen>[]
  readonly #violations = new CaseFile<Violations>()

  constructor(at: Surroundings, readonly body: Body) {
    super(at)
    this.#seen = body.first.map(() => new CaseFile())
  }

  protected discharging(): Reaction[] {
    return this.body.first.map((on, i) => ({ on, opening: true, react: (event) => this.#first(i, event) }))
  }

  protected obliging(): Reaction[] { return [{ on: this.body.then, react: (event) => this.#then(event) }] }

  #first(i: number, event: LedgerEvent): void {
    if (!this.concerns(event.cases) || !this.scope.contains(event.cases)) return
    this.#seen[i]!.set({ cases: event.cases, index: event.index, strength: strengthOfEntry(event) })
    for (const violations of this.#violations.agreeing(event.cases)) {
      if (this.#missing(violations.cases).length === 0) this.#end(violations, event.at)
    }
  }

  #then(event: LedgerEvent): void {
    const { cases, index, at } = event
    if (!this.judges || !this.concerns(cases) || !this.scope.contains(cases)) return
    let strength = strengthOfEntry(event)
    const entries: number[] = []
    for (const seen of this.#seen) {
      const first = seen.any(cases)
      if (!first) continue
      entries.push(first.index)
      strength = Math.min(strength, first.strength)
    }
    const kept = entries.length === this.#seen.length
    entries.push(index)
    this.docket.decide(cases, { outcome: kept ? 'kept' : 'missed', at, entries, strength })
    if (kept) return
    this.#violations.set({ cases, list: [...this.#violations.get(cases)?.list ?? [], { at, index }] })
    this.at.tally.shift(undefined, this.docket.missed, at)
  }

  /** Which kinds have not come first. */
  #missing(cases: Cases): string[] {
    return this.body.first.filter((_, i) => !this.#seen[i]!.has(cases)).map(({ kind }) => kind)
  }

  #end({ cases, list }: Violations, at: number): void {
    for (const _ of list) this.at.tally.shift(this.docket.missed, undefined, at)
    this.#violations.delete(cases)
  }

  protected lapse(cases: Cases, at: number, ended: readonly Interval[]): void {
    for (const violations of this.#violations.agreeing(cases)) this.#end(violations, at)
    if (!this.scope.opens) return
    // What came first in one interval is nothing in the next.
    for (const interval of ended) for (const seen of this.#seen) for (const first of seen.agreeing(interval.cases)) seen.delete(first.cases)
  }

  override left(kind: string, subject: string, at: number): void {
    if (kind !== this.at.rule.forEach) return
    for (const violations of this.#violations.agreeing({ [kind]: subject })) this.#end(violations, at)
  }

  retire(): void { this.retired = true }
  get finished(): boolean { return this.retired && this.#violations.size === 0 }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    for (const seen of this.#seen) for (const first of seen.items()) if (first.index === index) seen.delete(first.cases)
    for (const violations of this.#violations.items()) {
      const list = violations.list.filter((violation) => violation.index !== index)
      if (list.length === violations.list.length) continue
      this.#end(violations, at)
      if (list.length > 0) this.#violations.set({ cases: violations.cases, list })
      for (const _ of list) this.at.tally.shift(undefined, this.docket.missed, at)
    }
  }

  obligations(): Obligation[] {
    return this.#violations.items().flatMap(({ cases, list }) =>
      list.map(({ at }) => ({ what: this.#missing(cases), cases, openedAt: at, dueAt: at, overdue: true })))
  }

  protected saveState() {
    return { seen: this.#seen.map((seen) => seen.items()), violations: this.#violations.items() }
  }

  protected loadState({ seen, violations }: ReturnType<PrecedenceMonitor['saveState']>): void {
    for (const [i, firsts] of seen.entries()) for (const first of firsts) this.#seen[i]!.set(first)
    for (const one of violations) this.#violations.set(one)
  }
}
