import { Filed, type CaseFile } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Entry } from './entry.ts'
import type { Monitor, Obligation, Surroundings } from './monitor.ts'
import { RecurrenceMonitor } from './monitor-recurrence.ts'
import type { Pattern } from './rule.ts'
import type { Interval } from './scope.ts'
import type { Topic } from './topic.ts'

type Body = Extract<Pattern, { pattern: 'universality' }>
class Failing extends Filed {
  constructor(about: Topic, readonly index: number, readonly at: number) { super(about) }
}
interface SavedFailing { readonly cases: Cases; readonly index: number; readonly at: number }

/** Every check passes, and one comes at least every so often. Each check is an instance; so is a check that did not come. */
export class UniversalityMonitor extends RecurrenceMonitor {
  /** What failed when it was last looked at. */
  readonly #failing: CaseFile<Failing>

  constructor(at: Surroundings, readonly body: Body) {
    super(at, { kind: body.check, every: body.every, fixed: false })
    this.#failing = at.files.open()
  }

  protected override get perEntry(): boolean { return this.at.rule.forEach === undefined }
  protected override get counts(): boolean { return false }

  protected override done(entry: Entry): void {
    const { about, at, index, strength } = entry
    super.done(entry)
    if (entry.opening || this.retired || !this.#isOurs(about)) return
    const passed = entry.marks.result === 'passed'
    if (this.judges) this.docket.decide(about.cases, { outcome: passed ? 'kept' : 'missed', at, entries: [index], strength })
    if (passed) this.#mend(this.#failing.agreeing(about), at)
    else this.#fail(new Failing(about, index, at))
  }

  /** Something that is not listed is not promised. */
  #isOurs(about: Topic): boolean {
    const { forEach } = this.at.rule
    if (!this.concerns(about) || !this.scope.contains(about)) return false
    return forEach === undefined || this.at.roster(forEach)?.has(about.cases[forEach]!) !== false
  }

  #fail(failing: Failing): void {
    if (!this.#failing.get(failing.about) && this.judges) this.at.tally.shift(undefined, this.docket.missed, failing.at)
    this.#failing.set(failing)
  }

  #mend(mended: readonly Failing[], at: number): void {
    for (const failing of mended) {
      this.#failing.delete(failing)
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
    this.#mend(this.#failing.agreeing(this.at.topics.of({ [kind]: subject })).filter(({ about }) => about.shape.names(kind)), at)
  }

  protected override lapse(about: Topic, at: number, ended: readonly Interval[]): void {
    super.lapse(about, at, ended)
    this.#mend(this.#failing.agreeing(about), at)
  }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    this.#mend(this.#failing.items().filter((failing) => failing.index === index), at)
  }

  /** A machine's next look is nobody's duty; what fails, or was not looked at, is. */
  override obligations(): Obligation[] {
    const what = [this.body.check.kind]
    const failing = this.#failing.items().map(({ about: { cases }, at }) => ({ what, cases, openedAt: at, dueAt: at, overdue: true }))
    return [...failing, ...super.obligations().filter(({ overdue }) => overdue)]
  }

  protected override saveState() {
    return { ...super.saveState(), failing: this.#failing.items().map(({ about: { cases }, index, at }): SavedFailing => ({ cases, index, at })) }
  }

  protected override loadState(saved: ReturnType<UniversalityMonitor['saveState']>): void {
    super.loadState(saved)
    for (const { cases, index, at } of saved.failing) this.#failing.set(new Failing(this.at.topics.of(cases), index, at))
  }
}
