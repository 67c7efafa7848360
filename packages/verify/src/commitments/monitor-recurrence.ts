import { periodEnd } from './calendar.ts'
import type { CaseFile } from './case-file.ts'
import { Clock, nextDue, placeInPeriod, type ClockState, type Done, type Pace } from './clock.ts'
import type { Entry } from './entry.ts'
import { Monitor, pauseReactions, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import { Pauses } from './pauses.ts'
import type { Duration, KindPattern } from './rule.ts'
import type { Interval } from './scope.ts'
import type { Condition } from './tally.ts'
import type { Topic } from './topic.ts'

interface Recurring { readonly kind: KindPattern; readonly every: Duration; readonly fixed: boolean }

/** `kind` happens at least every so often, on one clock for each listed subject, interval of the scope, or for all. */
export class RecurrenceMonitor extends Monitor {
  protected readonly clocks: CaseFile<Clock>
  readonly #pauses: Pauses<Clock>
  readonly #fell = (clock: Clock) => this.#miss(clock)

  constructor(at: Surroundings, readonly recurring: Recurring) {
    super(at)
    this.clocks = at.files.open()
    this.#pauses = new Pauses(at.rule.pauses.length, at.files, {
      agreeing: (about) => this.clocks.agreeing(about),
      stop: (clock, now) => this.#stop(clock, now),
      resume: (clock, now) => this.#resume(clock, now),
    })
    this.#firstClocks()
  }

  /** A clock for whatever an entry names, instead of one for all. */
  protected get perEntry(): boolean { return false }
  /** A deed in time is an instance that was kept. */
  protected get counts(): boolean { return true }

  #firstClocks(): void {
    if (this.scope.opens) return
    const { forEach } = this.at.rule
    if (forEach === undefined) this.#open(this.at.topics.of({}), 0)
    else for (const [subject, listedAt] of this.at.roster(forEach) ?? []) this.#open(this.#topicOf(forEach, subject), listedAt)
  }

  protected discharging(): Reaction[] {
    const done: Reaction = { on: this.recurring.kind, opening: true, react: (entry) => this.done(entry) }
    return [...pauseReactions(this.at.rule.pauses, this.#pauses).ends, done]
  }

  protected obliging(): Reaction[] { return pauseReactions(this.at.rule.pauses, this.#pauses).begins }

  override activate(at: number, before?: Monitor): void {
    super.activate(at)
    const old = before instanceof RecurrenceMonitor ? before.clocks : undefined
    for (const clock of this.clocks.items()) this.#place(clock, at, old?.get(clock.about)?.missed)
  }

  #topicOf(kind: string, subject: string): Topic { return this.at.topics.of({ [kind]: subject }) }

  #open(about: Topic, begunAt: number): Clock {
    const clock = new Clock(about, begunAt, this.at.deadlines.next++, this.#fell)
    clock.stops = this.#pauses.holding(about)
    this.clocks.set(clock)
    return clock
  }

  protected close(clock: Clock, at: number): void {
    this.at.deadlines.cancel(clock)
    this.#show(clock, undefined, at)
    this.clocks.delete(clock)
  }

  #show(clock: Clock, condition: Condition | undefined, at: number): void {
    if (clock.condition !== condition) this.at.tally.shift(clock.condition, condition, at)
    clock.condition = condition
  }

  /** Sets a clock by what is known of its past. A gap that the rule before has counted as missed is not counted again. */
  #place(clock: Clock, at: number, missedBefore = false): void {
    const { dueAt, covered } = this.recurring.fixed ? placeInPeriod(clock, at, this.#pace()) : nextDue(clock, this.#pace())
    clock.missed = missedBefore && (dueAt < at || this.recurring.fixed)
    this.#show(clock, clock.missed ? this.docket.missed : covered ? 'covered' : 'due', at)
    if (clock.missed && !this.recurring.fixed) this.at.deadlines.cancel(clock)
    else this.#run(clock, Math.max(dueAt, at))
  }

  #pace(): Pace { return { every: this.recurring.every, calendar: this.at.calendar(), since: this.at.since() } }

  #run(clock: Clock, dueAt: number): void {
    clock.dueAt = dueAt
    if (clock.stops === 0) this.at.deadlines.start(clock, dueAt)
    else this.at.deadlines.cancel(clock)
  }

  /** The kind happened. */
  protected done(entry: Entry): void {
    if (this.retired || !this.concerns(entry.about) || !this.scope.contains(entry.about)) return
    for (const clock of this.#clocksOf(entry)) {
      if (entry.opening) this.#anchor(clock, entry)
      else this.#complete(clock, entry)
    }
  }

  #clocksOf({ about, at }: Entry): readonly Clock[] {
    const { forEach } = this.at.rule
    const listed = forEach !== undefined && this.at.roster(forEach) !== undefined
    if (this.scope.opens || listed || (forEach === undefined && !this.perEntry)) return this.clocks.agreeing(about)
    const own = forEach === undefined ? about : this.#topicOf(forEach, about.cases[forEach]!)
    const clock = this.clocks.get(own)
    if (clock) return [clock]
    const none = this.clocks.get(this.at.topics.of({}))
    if (none) this.close(none, at)
    const opened = this.#open(own, at)
    if (this.judges) this.#place(opened, at)
    return [opened]
  }

  #complete(clock: Clock, entry: Entry): void {
    const { at, index, strength } = entry
    const { last } = clock
    clock.previous = last
    clock.last = { at, index, strength }
    clock.witnessed = true
    const ms = last && (clock.stops > 0 ? clock.stoppedAt : at) - last.at - clock.paused
    clock.paused = 0
    clock.stoppedAt = at
    if (!this.judges) return
    if (clock.missed && this.counts && !this.recurring.fixed) this.at.tally.doneLate(ms, (entry.claimedTime() ?? Infinity) <= clock.dueAt)
    if (this.recurring.fixed ? at >= clock.periodFrom && !clock.periodDone : !clock.missed) this.#keep(clock, last, strength, ms)
    clock.missed = false
    this.#show(clock, 'covered', at)
    if (this.recurring.fixed) clock.periodDone = at >= clock.periodFrom
    else this.#run(clock, nextDue(clock, this.#pace()).dueAt)
  }

  #keep(clock: Clock, before: Done | undefined, strength: number, ms: number | undefined): void {
    if (!this.counts) return
    const { at, index } = clock.last!
    const entries = before ? [before.index, index] : [index]
    this.docket.decide(clock.about.cases, { outcome: 'kept', at, entries, strength: Math.min(strength, before?.strength ?? strength), ms })
  }

  /** Evidence from before Avow says when the last one was, and counts for nothing else. */
  #anchor(clock: Clock, entry: Entry): void {
    const claimed = entry.claimedTime()
    if (clock.witnessed || claimed === undefined || claimed > entry.at || claimed <= (clock.last?.at ?? -Infinity)) return
    clock.last = { at: claimed, index: entry.index, strength: 0 }
    if (this.judges && !clock.missed) this.#place(clock, entry.at)
  }

  #miss(clock: Clock): void {
    const at = clock.dueAt
    if (!this.recurring.fixed || !clock.periodDone) {
      clock.missed = true
      const { about, last } = clock
      this.docket.decide(about.cases, { outcome: 'missed', at, entries: last ? [last.index] : [], strength: last?.strength ?? 3 })
      this.#show(clock, this.docket.missed, at)
    }
    if (!this.recurring.fixed) return
    clock.periodFrom = at + 1
    clock.periodDone = false
    this.#run(clock, periodEnd(at + 1, this.recurring.every, this.at.calendar()) - 1)
  }

  #stop(clock: Clock, at: number): void {
    clock.stoppedAt = at
    this.at.deadlines.cancel(clock)
  }

  #resume(clock: Clock, at: number): void {
    clock.paused += at - clock.stoppedAt
    if (!this.judges || (clock.missed && !this.recurring.fixed)) return
    if (!this.recurring.fixed) this.#run(clock, nextDue(clock, this.#pace()).dueAt)
    else if (clock.dueAt >= at) this.#run(clock, clock.dueAt)
    else this.#run(clock, placeInPeriod(clock, at, this.#pace()).dueAt)
  }

  protected override begin({ about, at }: Interval): void {
    const { forEach } = this.at.rule
    const roster = forEach === undefined ? undefined : this.at.roster(forEach)
    if (forEach === undefined || about.shape.names(forEach)) {
      if (!roster || roster.has(about.cases[forEach!]!)) this.#begin(about, at)
    } else for (const subject of roster?.keys() ?? []) this.#begin(this.at.topics.of({ ...about.cases, [forEach]: subject }), at)
  }

  #begin(about: Topic, at: number): void {
    const clock = this.#open(about, at)
    if (this.judges) this.#place(clock, at)
  }

  override joined(subject: string, at: number): void {
    const kind = this.at.rule.forEach!
    const own = this.#topicOf(kind, subject)
    if (!this.scope.opens) return this.scope.contains(own) ? this.#begin(own, at) : undefined
    for (const { about } of this.scope.all()) if (!about.shape.names(kind)) this.#begin(this.at.topics.of({ ...about.cases, [kind]: subject }), at)
  }

  override left(kind: string, subject: string, at: number): void {
    if (kind !== this.at.rule.forEach && !this.perEntry) return
    for (const clock of this.clocks.agreeing(this.#topicOf(kind, subject))) if (clock.about.shape.names(kind)) this.close(clock, at)
  }

  protected lapse(about: Topic, at: number, ended: readonly Interval[]): void {
    const gone = this.scope.opens ? ended.flatMap((interval) => this.clocks.agreeing(interval.about)) : this.clocks.agreeing(about)
    for (const clock of new Set(gone)) this.close(clock, at)
  }

  retire(at: number): void {
    this.retired = true
    for (const clock of this.clocks.items()) this.close(clock, at)
  }

  get finished(): boolean { return this.retired }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    for (const clock of this.clocks.items()) {
      if (clock.last?.index !== index) continue
      clock.last = clock.previous
      clock.previous = undefined
      if (this.judges) this.#place(clock, at)
    }
  }

  obligations(): Obligation[] {
    return this.clocks.items().filter(({ condition }) => condition).map((clock) => ({
      what: [this.recurring.kind.kind], cases: clock.about.cases, openedAt: clock.last?.at ?? Math.max(clock.begunAt, this.at.since()),
      dueAt: clock.stops > 0 ? undefined : clock.dueAt, overdue: clock.missed,
    }))
  }

  override covering(): number | undefined {
    const strengths = this.clocks.items().flatMap(({ condition, last }) => condition === 'covered' && last ? last.strength : [])
    return strengths.length === 0 ? undefined : strengths.reduce((a, b) => Math.min(a, b))
  }

  protected saveState(): { clocks: ClockState[]; pauses: ReturnType<Pauses<Clock>['save']> } {
    return { clocks: this.clocks.items().map((clock) => clock.save()), pauses: this.#pauses.save() }
  }

  protected loadState({ clocks, pauses }: ReturnType<RecurrenceMonitor['saveState']>): void {
    for (const clock of this.clocks.items()) this.clocks.delete(clock)
    this.#pauses.load(pauses, this.at.topics)
    for (const state of clocks) {
      const clock = Clock.load(state, this.at.topics, this.#fell)
      this.clocks.set(clock)
      if (clock.condition && clock.stops === 0 && !(clock.missed && !this.recurring.fixed)) this.at.deadlines.start(clock, clock.dueAt)
    }
  }
}
