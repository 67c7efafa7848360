import { CaseFile, type Cases } from './cases.ts'
import type { LedgerEvent } from './event.ts'
import { Monitor, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import type { Condition } from './tally.ts'
import { strengthOfEntry } from './vouch.ts'

type Body = Extract<Pattern, { pattern: 'absence' }>

/** How often it has happened, in one interval of the scope or to one subject. */
interface Count { readonly cases: Cases; count: number; violations: number[]; condition: Condition | undefined }

/** `kind` does not happen more than `most` times. What has happened too often stays broken: until the interval ends, or else for good. */
export class AbsenceMonitor extends Monitor {
  readonly #counts = new CaseFile<Count>()

  constructor(at: Surroundings, readonly body: Body) { super(at) }

  protected discharging(): Reaction[] { return [] }
  protected obliging(): Reaction[] { return [{ on: this.body.kind, react: (event) => this.#happened(event) }] }

  override activate(at: number): void {
    super.activate(at)
    if (this.at.rule.scope.scope === 'globally' && this.at.rule.forEach === undefined) this.#count({})
    for (const count of this.#counts.items()) this.#show(count, at)
  }

  protected override begin({ cases, at }: Interval): void { this.#show(this.#count(cases), at) }

  #happened(event: LedgerEvent): void {
    if (event.at < this.at.since() || this.retired || !this.concerns(event.cases) || !this.scope.contains(event.cases)) return
    for (const count of this.#countsOf(event.cases)) {
      count.count++
      if (count.count <= this.body.most) continue
      count.violations.push(event.index)
      if (this.judges) this.docket.decide(count.cases, { outcome: 'missed', at: event.at, entries: [event.index], strength: strengthOfEntry(event) })
      this.#show(count, event.at)
    }
  }

  #countsOf(cases: Cases): Count[] {
    if (this.scope.opens) return this.scope.intervals(cases).map((interval) => this.#count(interval.cases))
    const { forEach, scope } = this.at.rule
    if (forEach !== undefined) return [this.#count({ [forEach]: cases[forEach]! })]
    return [this.#count(scope.scope === 'before' ? cases : {})]
  }

  #count(cases: Cases): Count {
    let count = this.#counts.get(cases)
    if (!count) this.#counts.set(count = { cases, count: 0, violations: [], condition: undefined })
    return count
  }

  /** Today's condition follows from the count. */
  #show(count: Count, at: number, ended = false): void {
    const condition = ended || !this.judges ? undefined : count.violations.length > 0 ? this.docket.missed : 'covered'
    if (condition === count.condition) return
    this.at.tally.shift(count.condition, condition, at)
    count.condition = condition
  }

  protected lapse(cases: Cases, at: number, ended: readonly Interval[]): void {
    const counts = this.scope.opens ? ended.flatMap((interval) => this.#counts.get(interval.cases) ?? []) : this.#counts.agreeing(cases)
    const clean = counts.every((count) => count.violations.length === 0)
    if (this.judges && clean) for (const interval of ended) this.docket.decide(interval.cases, { outcome: 'kept', at, entries: [], strength: 3 })
    for (const count of counts) {
      this.#show(count, at, true)
      this.#counts.delete(count.cases)
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
  protected saveState() { return { counts: this.#counts.items() } }
  protected loadState({ counts }: ReturnType<AbsenceMonitor['saveState']>): void {
    for (const count of structuredClone(counts)) this.#counts.set(count)
  }
}
