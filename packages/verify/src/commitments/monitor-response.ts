import { addDuration } from './calendar.ts'
import { CaseFile, type Cases } from './cases.ts'
import type { Deadline } from './deadlines.ts'
import type { LedgerEvent } from './event.ts'
import { claimedTime, Monitor, pauseReactions, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import { Pauses, type Stoppable } from './pauses.ts'
import type { Pattern } from './rule.ts'
import { isRosterKind } from './rosters.ts'
import { strengthOfEntry } from './vouch.ts'

type Body = Extract<Pattern, { pattern: 'response' }>
interface Trigger { readonly cases: Cases; readonly index: number; readonly strength: number }

/** Plain state of one instance; what a snapshot holds. */
interface InstanceState {
  readonly cases: Cases
  readonly index: number
  readonly strength: number
  readonly openedAt: number
  readonly order: number
  /** Time since then that does not count. */
  paused: number
  dueAt: number
  stops: number
  /** Means something while `stops` is not 0. */
  stoppedAt: number
  missed: boolean
}

class Instance implements Deadline, Stoppable {
  slot = -1
  /** The next one about the same cases; few have any. */
  next: Instance | undefined = undefined
  declare cases: Cases
  declare index: number
  declare strength: number
  declare openedAt: number
  declare order: number
  declare paused: number
  declare dueAt: number
  declare stops: number
  declare stoppedAt: number
  declare missed: boolean

  constructor(readonly monitor: ResponseMonitor, state: InstanceState) {
    this.cases = state.cases
    this.index = state.index
    this.strength = state.strength
    this.openedAt = state.openedAt
    this.order = state.order
    this.paused = state.paused
    this.dueAt = state.dueAt
    this.stops = state.stops
    this.stoppedAt = state.stoppedAt
    this.missed = state.missed
  }

  fall(): void { this.monitor.miss(this) }

  save(): InstanceState {
    const { cases, index, strength, openedAt, order, paused, dueAt, stops, stoppedAt, missed } = this
    return { cases, index, strength, openedAt, order, paused, dueAt, stops, stoppedAt, missed }
  }
}

function withOthers(firsts: readonly Instance[]): Instance[] {
  const all: Instance[] = []
  for (const first of firsts) for (let instance: Instance | undefined = first; instance; instance = instance.next) all.push(instance)
  return all
}

/** Every trigger opens an instance; a response that belongs to it, by its deadline, keeps it. */
export class ResponseMonitor extends Monitor {
  readonly #open = new CaseFile<Instance>()
  readonly #pauses: Pauses<Instance>
  /** Triggers that call on every listed subject, and so on those who are listed later: the latest about the same cases. */
  readonly #standing = new CaseFile<Trigger>()

  constructor(at: Surroundings, readonly body: Body) {
    super(at)
    this.#pauses = new Pauses(at.rule.pauses.length, {
      agreeing: (cases) => withOthers(this.#open.agreeing(cases)),
      stop: (instance, now) => this.#stop(instance, now),
      resume: (instance, now) => this.#resume(instance, now),
    })
  }

  protected discharging(): Reaction[] {
    const responses = this.body.responses.map((on): Reaction => ({ on, react: (event) => this.#respond(event) }))
    return [...pauseReactions(this.at.rule.pauses, this.#pauses).ends, ...responses]
  }

  protected obliging(): Reaction[] {
    const trigger: Reaction = { on: this.body.trigger, react: (event) => this.#trigger(event) }
    return [...pauseReactions(this.at.rule.pauses, this.#pauses).begins, trigger]
  }

  #trigger(event: LedgerEvent): void {
    const trigger = { cases: event.cases, index: event.index, strength: strengthOfEntry(event) }
    if (this.concerns(event.cases)) return this.#start(event.cases, trigger, event.at)
    // What can leave a list, like a policy, binds those who come later; a mere event does not.
    if (Object.keys(event.cases).every(isRosterKind)) this.#standing.set(trigger)
    const kind = this.at.rule.forEach!
    for (const subject of this.at.roster(kind)?.keys() ?? []) this.#start({ ...event.cases, [kind]: subject }, trigger, event.at)
  }

  #start(cases: Cases, { index, strength }: Trigger, at: number): void {
    if (!this.judges || !this.scope.contains(cases)) return
    const stops = this.#pauses.holding(cases)
    const dueAt = addDuration(at, this.body.within, this.at.calendar())
    const order = this.at.deadlines.next++
    const stoppedAt = stops > 0 ? at : 0
    const instance = new Instance(this, { cases, index, strength, openedAt: at, order, paused: 0, dueAt, stops, stoppedAt, missed: false })
    this.#file(instance)
    if (stops === 0) this.at.deadlines.start(instance, dueAt)
    this.at.tally.shift(undefined, 'due', at)
  }

  #file(instance: Instance): void {
    let last = this.#open.get(instance.cases)
    if (!last) return this.#open.set(instance)
    while (last.next) last = last.next
    last.next = instance
  }

  miss(instance: Instance): void {
    const at = instance.dueAt
    instance.missed = true
    this.at.tally.shift('due', this.docket.missed, at)
    this.docket.decide(instance.cases, { outcome: 'missed', at, entries: [instance.index], strength: instance.strength })
  }

  #respond(event: LedgerEvent): void {
    if (!this.concerns(event.cases)) return
    for (const first of this.#open.agreeing(event.cases)) {
      for (let instance: Instance | undefined = first; instance; instance = instance.next) this.#discharge(instance, event)
      this.#open.delete(first.cases)
    }
  }

  #discharge(instance: Instance, event: LedgerEvent): void {
    const ms = (instance.stops > 0 ? instance.stoppedAt : event.at) - instance.openedAt - instance.paused
    if (instance.missed) this.at.tally.doneLate(ms, (claimedTime(event) ?? Infinity) <= instance.dueAt)
    else {
      const strength = Math.min(instance.strength, strengthOfEntry(event))
      this.docket.decide(instance.cases, { outcome: 'kept', at: event.at, entries: [instance.index, event.index], strength, ms })
    }
    this.#end(instance, event.at)
  }

  /** Nothing more is owed. */
  #end(instance: Instance, at: number): void {
    this.at.deadlines.cancel(instance)
    this.at.tally.shift(instance.missed ? this.docket.missed : 'due', undefined, at)
  }

  #drop(gone: (instance: Instance) => boolean, among: readonly Instance[], at: number): void {
    for (const first of among) {
      const same = withOthers([first])
      this.#open.delete(first.cases)
      for (const instance of same) instance.next = undefined
      for (const instance of same) {
        if (gone(instance)) this.#end(instance, at)
        else this.#file(instance)
      }
    }
  }

  #stop(instance: Instance, at: number): void {
    instance.stoppedAt = at
    this.at.deadlines.cancel(instance)
  }

  #resume(instance: Instance, at: number): void {
    instance.paused += at - instance.stoppedAt
    if (instance.missed) return
    this.at.deadlines.start(instance, addDuration(instance.openedAt + instance.paused, this.body.within, this.at.calendar()))
  }

  protected lapse(cases: Cases, at: number): void { this.#drop(() => true, this.#open.agreeing(cases), at) }

  override joined(subject: string, at: number): void {
    const kind = this.at.rule.forEach!
    for (const trigger of this.#standing.items()) this.#start({ ...trigger.cases, [kind]: subject }, trigger, at)
  }

  override left(kind: string, subject: string, at: number): void {
    for (const { cases } of this.#standing.items()) if (cases[kind] === subject) this.#standing.delete(cases)
    if (this.at.rule.forEach === undefined) return
    this.#drop(({ cases }) => cases[kind] === subject, this.#open.agreeing({ [kind]: subject }), at)
  }

  retire(): void { this.retired = true }
  get finished(): boolean { return this.retired && this.#open.size === 0 }

  override correct(index: number, at: number): void {
    super.correct(index, at)
    const wrong = (instance: Instance) => instance.index === index
    for (const instance of withOthers(this.#open.items()).filter(wrong)) if (!instance.missed) this.at.tally.correctOpen(at, index)
    this.#drop(wrong, this.#open.items(), at)
  }

  obligations(): Obligation[] {
    const what = this.body.responses.map(({ kind }) => kind)
    return withOthers(this.#open.items()).map(({ cases, openedAt, dueAt, missed, stops }) =>
      ({ what, cases, openedAt, dueAt: missed || stops === 0 ? dueAt : undefined, overdue: missed }))
  }

  protected saveState() {
    return { open: withOthers(this.#open.items()).map((one) => one.save()), standing: this.#standing.items(), pauses: this.#pauses.save() }
  }

  protected loadState({ open, standing, pauses }: ReturnType<ResponseMonitor['saveState']>): void {
    for (const trigger of standing) this.#standing.set(trigger)
    this.#pauses.load(pauses)
    for (const state of open) {
      const instance = new Instance(this, state)
      this.#file(instance)
      if (!instance.missed && instance.stops === 0) this.at.deadlines.start(instance, instance.dueAt)
    }
  }
}
