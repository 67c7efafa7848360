import { CaseFile, type Cases } from './cases.ts'
import type { LedgerEvent } from './event.ts'
import type { Monitor, Obligation, Surroundings } from './monitor.ts'
import { RecurrenceMonitor } from './monitor-recurrence.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import { isOpening, strengthOfEntry } from './vouch.ts'

type Body = Extract<Pattern, { pattern: 'universality' }>
interface Failing { readonly cases: Cases; readonly index: number; readonly at: number }

/** Every check passes, and one comes at least every so often. Each check is an instance; so is a check that did not come. */
export class UniversalityMonitor extends RecurrenceMonitor {
  /** What failed when it was last looked at. */
  readonly #failing = new CaseFile<Failing>()

  constructor(at: Surroundings, readonly body: Body) {
    super(at, { kind: body.check, every: body.every, fixed: false })
  }

  protected override get perEntry(): boolean { return this.at.rule.forEach === undefined }
  protected override get counts(): boolean { return false }

  protected override done(event: LedgerEvent): void {
    const { cases, index, at } = event
    super.done(event)
    if (isOpening(event) || this.retired || !this.#isOurs(cases)) return
    const passed = event.marks.result === 'passed'
    if (this.judges) this.docket.decide(cases, { outcome: passed ? 'kept' : 'missed', at, entries: [index], strength: strengthOfEntry(event) })
    if (passed) this.#mend(this.#failing.agreeing(cases), at)
    else this.#fail({ cases, index, at })
  }

  /** Something that is not listed is not promised. */
  #isOurs(cases: Cases): boolean {
    const { forEach } = this.at.rule
    if (!this.concerns(cases) || !this.scope.contains(cases)) return false
    return forEach === undefined || this.at.roster(forEach)?.has(cases[forEach]!) !== false
  }

  #fail(failing: Failing): void {
    if (!this.#failing.get(failing.cases) && this.judges) this.at.tally.shift(undefined, this.docket.missed, failing.at)
    this.#failing.set(failing)
  }

  #mend(mended: readonly Failing[], at: number): void {
    for (const { cases } of mended) {
      this.#failing.delete(cases)
      if (this.judgesFrom !== undefined) this.at.tally.shift(this.docket.missed, undefined, at)
    }
  }

  override activate(at: number, before?: Monitor): void {
    super.activate(at, before)
    for (const _ of this.#failing.items()) this.at.tally.shift(undefined, this.docket.missed, at)
  }

  override retire(at: number): void {
    super.retire(at)
    this.#mend(this.#failing.items(), at)
  }

  override left(kind: string, subject: string, at: number): void {
    super.left(kind, subject, at)
    this.#mend(this.#failing.agreeing({ [kind]: subject }).filter(({ cases }) => cases[kind] === subject), at)
  }

  protected override lapse(cases: Cases, at: number, ended: readonly Interval[]): void {
    super.lapse(cases, at, ended)
    this.#mend(this.#failing.agreeing(cases), at)
  }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    this.#mend(this.#failing.items().filter((failing) => failing.index === index), at)
  }

  /** A machine's next look is nobody's duty; what fails, or was not looked at, is. */
  override obligations(): Obligation[] {
    const failing = this.#failing.items().map(({ cases, at }) => ({ what: [this.body.check.kind], cases, openedAt: at, dueAt: at, overdue: true }))
    return [...failing, ...super.obligations().filter(({ overdue }) => overdue)]
  }

  protected override saveState() { return { ...super.saveState(), failing: this.#failing.items() } }

  protected override loadState(saved: ReturnType<UniversalityMonitor['saveState']>): void {
    super.loadState(saved)
    for (const failing of saved.failing) this.#failing.set(failing)
  }
}
