import { Filed, type CaseFile } from './case-file.ts'
import type { Cases } from './cases.ts'
import { matches } from './dispatch.ts'
import type { Entry } from './entry.ts'
import { Monitor, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import type { Topic } from './topic.ts'

type Body = Extract<Pattern, { pattern: 'precedence' }>

/** The latest `first` about a topic. */
class Seen extends Filed {
  constructor(about: Topic, readonly index: number, readonly strength: number) { super(about) }
}
/** What has gone without its `first`. */
class Violations extends Filed {
  list: readonly Violation[] = []
}
interface Violation { readonly at: number; readonly index: number }
interface SavedSeen { readonly cases: Cases; readonly index: number; readonly strength: number }
interface SavedViolations { readonly cases: Cases; readonly list: readonly Violation[] }

/** Every `then` needs a `first` that belongs to it and came before, in the same interval. One without stays broken until its `first` is done after all. */
export class PrecedenceMonitor extends Monitor {
  readonly #seen: CaseFile<Seen>[]
  readonly #violations: CaseFile<Violations>

  constructor(at: Surroundings, readonly body: Body) {
    super(at)
    this.#seen = body.first.map(() => at.files.open())
    this.#violations = at.files.open()
  }

  override unmetBefore(kind: string, entry: Entry): readonly string[] {
    const { about } = entry
    const asked = kind === this.body.then.kind && matches(this.body.then.where, entry) && this.concerns(about) && this.scope.contains(about)
    return asked ? this.#missing(about) : []
  }

  protected discharging(): Reaction[] {
    return this.body.first.map((on, i) => ({ on, opening: true, react: (entry) => this.#first(i, entry) }))
  }

  protected obliging(): Reaction[] { return [{ on: this.body.then, react: (entry) => this.#then(entry) }] }

  #first(i: number, { about, at, index, strength }: Entry): void {
    if (!this.concerns(about) || !this.scope.contains(about)) return
    this.#seen[i]!.set(new Seen(about, index, strength))
    for (const violations of this.#violations.agreeing(about)) {
      if (this.#missing(violations.about).length === 0) this.#end(violations, at)
    }
  }

  #then({ about, at, index, strength: own }: Entry): void {
    if (!this.judges || !this.concerns(about) || !this.scope.contains(about)) return
    let strength = own
    const entries: number[] = []
    for (const seen of this.#seen) {
      const first = seen.any(about)
      if (!first) continue
      entries.push(first.index)
      strength = Math.min(strength, first.strength)
    }
    const kept = entries.length === this.#seen.length
    entries.push(index)
    this.docket.decide(about.cases, { outcome: kept ? 'kept' : 'missed', at, entries, strength })
    if (kept) return
    this.#violate(about, [...this.#violations.get(about)?.list ?? [], { at, index }])
    this.at.tally.shift(undefined, this.docket.missed, at)
  }

  #violate(about: Topic, list: readonly Violation[]): void {
    this.#violations.set(Object.assign(new Violations(about), { list }))
  }

  /** Which kinds have not come first. */
  #missing(about: Topic): string[] {
    return this.body.first.filter((_, i) => !this.#seen[i]!.has(about)).map(({ kind }) => kind)
  }

  #end(violations: Violations, at: number): void {
    for (const _ of violations.list) this.at.tally.shift(this.docket.missed, undefined, at)
    this.#violations.delete(violations)
  }

  protected lapse(about: Topic, at: number, ended: readonly Interval[]): void {
    for (const violations of this.#violations.agreeing(about)) this.#end(violations, at)
    if (!this.scope.opens) return
    // What came first in one interval is nothing in the next.
    for (const interval of ended) for (const seen of this.#seen) for (const first of seen.agreeing(interval.about)) seen.delete(first)
  }

  override left(kind: string, subject: string, at: number): void {
    if (kind !== this.at.rule.forEach) return
    for (const violations of this.#violations.agreeing(this.at.topics.of({ [kind]: subject }))) this.#end(violations, at)
  }

  retire(): void { this.retired = true }
  get finished(): boolean { return this.retired && this.#violations.size === 0 }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    for (const seen of this.#seen) for (const first of seen.items()) if (first.index === index) seen.delete(first)
    for (const violations of this.#violations.items()) {
      const list = violations.list.filter((violation) => violation.index !== index)
      if (list.length === violations.list.length) continue
      this.#end(violations, at)
      if (list.length > 0) this.#violate(violations.about, list)
      for (const _ of list) this.at.tally.shift(undefined, this.docket.missed, at)
    }
  }

  obligations(): Obligation[] {
    return this.#violations.items().flatMap(({ about, list }) =>
      list.map(({ at }) => ({ what: this.#missing(about), cases: about.cases, openedAt: at, dueAt: at, overdue: true })))
  }

  protected saveState(): { seen: SavedSeen[][]; violations: SavedViolations[] } {
    return {
      seen: this.#seen.map((seen) => seen.items().map(({ about: { cases }, index, strength }) => ({ cases, index, strength }))),
      violations: this.#violations.items().map(({ about: { cases }, list }) => ({ cases, list })),
    }
  }

  protected loadState({ seen, violations }: ReturnType<PrecedenceMonitor['saveState']>): void {
    const { topics } = this.at
    for (const [i, firsts] of seen.entries()) for (const { cases, index, strength } of firsts) this.#seen[i]!.set(new Seen(topics.of(cases), index, strength))
    for (const { cases, list } of violations) this.#violate(topics.of(cases), list)
  }
}
