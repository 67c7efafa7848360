import { Filed, type CaseFile } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Entry } from './entry.ts'
import { Monitor, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import type { Condition } from './tally.ts'
import type { Topic } from './topic.ts'

type Body = Extract<Pattern, { pattern: 'absence' }>

/** How often it has happened, in one interval of the scope or to one subject. */
class Count extends Filed {
  count = 0
  /** The entries that were too many. */
  violations: number[] = []
  condition: Condition | undefined = undefined
}

interface SavedCount extends Pick<Count, 'count' | 'violations' | 'condition'> { readonly cases: Cases }

/** `kind` does not happen more than `most` times. What has happened too often stays broken: until the interval ends, or else for good. */
export class AbsenceMonitor extends Monitor {
  readonly #counts: CaseFile<Count>

  constructor(at: Surroundings, readonly body: Body) {
    super(at)
    this.#counts = at.files.open()
  }

  protected discharging(): Reaction[] { return [] }
  protected obliging(): Reaction[] { return [{ on: this.body.kind, react: (entry) => this.#happened(entry) }] }

  override activate(at: number): void {
    super.activate(at)
    if (this.at.rule.scope.scope === 'globally' && this.at.rule.forEach === undefined) this.#count(this.at.topics.of({}))
    for (const count of this.#counts.items()) this.#show(count, at)
  }

  protected override begin({ about, at }: Interval): void { this.#show(this.#count(about), at) }

  #happened({ about, at, index, strength }: Entry): void {
    if (at < this.at.since() || this.retired || !this.concerns(about) || !this.scope.contains(about)) return
    for (const count of this.#countsOf(about)) {
      count.count++
      if (count.count <= this.body.most) continue
      count.violations.push(index)
      if (this.judges) this.docket.decide(count.about.cases, { outcome: 'missed', at, entries: [index], strength })
      this.#show(count, at)
    }
  }

  #countsOf(about: Topic): Count[] {
    if (this.scope.opens) return this.scope.intervals(about).map((interval) => this.#count(interval.about))
    const { rule: { forEach, scope }, topics } = this.at
    if (forEach !== undefined) return [this.#count(topics.of({ [forEach]: about.cases[forEach]! }))]
    return [this.#count(scope.scope === 'before' ? about : topics.of({}))]
  }

  #count(about: Topic): Count {
    let count = this.#counts.get(about)
    if (!count) this.#counts.set(count = new Count(about))
    return count
  }

  /** Today's condition follows from the count. */
  #show(count: Count, at: number, ended = false): void {
    const condition = ended || !this.judges ? undefined : count.violations.length > 0 ? this.docket.missed : 'covered'
    if (condition === count.condition) return
    this.at.tally.shift(count.condition, condition, at)
    count.condition = condition
  }

  protected lapse(about: Topic, at: number, ended: readonly Interval[]): void {
    const counts = this.scope.opens ? ended.flatMap((interval) => this.#counts.get(interval.about) ?? []) : this.#counts.agreeing(about)
    const clean = counts.every((count) => count.violations.length === 0)
    if (this.judges && clean) for (const interval of ended) this.docket.decide(interval.about.cases, { outcome: 'kept', at, entries: [], strength: 3 })
    for (const count of counts) {
      this.#show(count, at, true)
      this.#counts.delete(count)
    }
  }

  retire(at: number): void {
    this.retired = true
    for (const count of this.#counts.items()) this.#show(count, at)
  }

  get finished(): boolean { return this.retired }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    for (const count of this.#counts.items()) {
      const left = count.violations.filter((violation) => violation !== index)
      if (left.length === count.violations.length) continue
      count.violations = left
      count.count--
      this.#show(count, at)
    }
  }

  obligations(): Obligation[] { return [] }

  protected saveState(): { counts: SavedCount[] } {
    return { counts: this.#counts.items().map(({ about: { cases }, count, violations, condition }) => ({ cases, count, violations, condition })) }
  }

  protected loadState({ counts }: ReturnType<AbsenceMonitor['saveState']>): void {
    for (const { cases, ...state } of counts) this.#counts.set(Object.assign(new Count(this.at.topics.of(cases)), state))
  }
}
