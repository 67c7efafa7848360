import { addDuration } from './calendar.ts'
import { Filed, type CaseFile } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Deadline } from './deadlines.ts'
import type { Entry } from './entry.ts'
import { Monitor, pauseReactions, type Obligation, type Reaction, type Surroundings } from './monitor.ts'
import { Pauses, type Stoppable } from './pauses.ts'
import type { Pattern } from './rule.ts'
import { isRosterKind } from './rosters.ts'
import type { Topic } from './topic.ts'

type Body = Extract<Pattern, { pattern: 'response' }>

/** The entry that opened an instance. */
type Opener = Pick<Entry, 'index' | 'strength'>

/** A trigger that calls on every listed subject, and so on those who are listed later. */
class Call extends Filed {
  constructor(about: Topic, readonly index: number, readonly strength: number) { super(about) }
}
interface SavedCall extends Opener { readonly cases: Cases }

/** What a snapshot holds of one instance. */
interface InstanceState extends Opener {
  readonly cases: Cases
  readonly openedAt: number
  readonly order: number
  readonly paused: number
  readonly dueAt: number
  readonly stops: number
  readonly stoppedAt: number
  readonly missed: boolean
}

class Instance extends Filed implements Deadline, Stoppable {
  readonly index: number
  readonly strength: number
  running = false
  dueAt: number
  missed = false
  /** Time since it was opened that does not count. */
  paused = 0
  stops = 0
  /** Means something while `stops` is not 0. */
  stoppedAt = 0
  /** The next one about the same; few have any. */
  next: Instance | undefined = undefined

  constructor(readonly monitor: ResponseMonitor, about: Topic, { index, strength }: Opener, readonly openedAt: number, readonly order: number) {
    super(about)
    this.index = index
    this.strength = strength
    this.dueAt = openedAt
  }

  fall(): void { this.monitor.miss(this) }

  save(): InstanceState {
    const { about: { cases }, index, strength, openedAt, order, paused, dueAt, stops, stoppedAt, missed } = this
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
  readonly #open: CaseFile<Instance>
  readonly #pauses: Pauses<Instance>
  /** The latest about the same. */
  readonly #calls: CaseFile<Call>

  constructor(at: Surroundings, readonly body: Body) {
    super(at)
    this.#open = at.files.open()
    this.#calls = at.files.open()
    this.#pauses = new Pauses(at.rule.pauses.length, at.files, {
      agreeing: (about) => withOthers(this.#open.agreeing(about)),
      stop: (instance, now) => this.#stop(instance, now),
      resume: (instance, now) => this.#resume(instance, now),
    })
  }

  protected discharging(): Reaction[] {
    const responses = this.body.responses.map((on): Reaction => ({ on, react: (entry) => this.#respond(entry) }))
    return [...pauseReactions(this.at.rule.pauses, this.#pauses).ends, ...responses]
  }

  protected obliging(): Reaction[] {
    const trigger: Reaction = { on: this.body.trigger, react: (entry) => this.#trigger(entry) }
    return [...pauseReactions(this.at.rule.pauses, this.#pauses).begins, trigger]
  }

  #trigger(entry: Entry): void {
    const { about, at } = entry
    if (this.concerns(about)) return this.#start(about, entry, at)
    // What can leave a list, like a policy, binds those who come later; a mere event does not.
    if (about.shape.kinds.every(isRosterKind)) this.#calls.set(new Call(about, entry.index, entry.strength))
    const kind = this.at.rule.forEach!
    for (const subject of this.at.roster(kind)?.keys() ?? []) this.#start(this.at.topics.of({ ...about.cases, [kind]: subject }), entry, at)
  }

  #start(about: Topic, opener: Opener, at: number): void {
    if (!this.judges || !this.scope.contains(about)) return
    const instance = new Instance(this, about, opener, at, this.at.deadlines.next++)
    instance.stops = this.#pauses.holding(about)
    const dueAt = addDuration(at, this.body.within, this.at.calendar())
    if (instance.stops === 0) this.at.deadlines.start(instance, dueAt)
    else {
      instance.dueAt = dueAt
      instance.stoppedAt = at
    }
    this.#file(instance)
    this.at.tally.shift(undefined, 'due', at)
  }

  #file(instance: Instance): void {
    let last = this.#open.get(instance.about)
    if (!last) return this.#open.set(instance)
    while (last.next) last = last.next
    last.next = instance
  }

  miss(instance: Instance): void {
    const at = instance.dueAt
    instance.missed = true
    this.at.tally.shift('due', this.docket.missed, at)
    this.docket.decide(instance.about.cases, { outcome: 'missed', at, entries: [instance.index], strength: instance.strength })
  }

  #respond(entry: Entry): void {
    if (!this.concerns(entry.about)) return
    for (const first of this.#open.agreeing(entry.about)) {
      for (let instance: Instance | undefined = first; instance; instance = instance.next) this.#discharge(instance, entry)
      this.#open.delete(first)
    }
  }

  #discharge(instance: Instance, entry: Entry): void {
    const { at, index } = entry
    const ms = (instance.stops > 0 ? instance.stoppedAt : at) - instance.openedAt - instance.paused
    if (instance.missed) this.at.tally.doneLate(ms, (entry.claimedTime() ?? Infinity) <= instance.dueAt)
    else {
      const strength = Math.min(instance.strength, entry.strength)
      this.docket.decide(instance.about.cases, { outcome: 'kept', at, entries: [instance.index, index], strength, ms })
    }
    this.#end(instance, at)
  }

  /** Nothing more is owed. */
  #end(instance: Instance, at: number): void {
    this.at.deadlines.cancel(instance)
    this.at.tally.shift(instance.missed ? this.docket.missed : 'due', undefined, at)
  }

  #drop(gone: (instance: Instance) => boolean, among: readonly Instance[], at: number): void {
    for (const first of among) {
      const same = withOthers([first])
      this.#open.delete(first)
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

  protected lapse(about: Topic, at: number): void { this.#drop(() => true, this.#open.agreeing(about), at) }

  override joined(subject: string, at: number): void {
    const kind = this.at.rule.forEach!
    for (const call of this.#calls.items()) this.#start(this.at.topics.of({ ...call.about.cases, [kind]: subject }), call, at)
  }

  override left(kind: string, subject: string, at: number): void {
    for (const call of this.#calls.items()) if (call.about.cases[kind] === subject) this.#calls.delete(call)
    if (this.at.rule.forEach === undefined) return
    this.#drop(({ about }) => about.shape.names(kind), this.#open.agreeing(this.at.topics.of({ [kind]: subject })), at)
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
    return withOthers(this.#open.items()).map(({ about: { cases }, openedAt, dueAt, missed, stops }) =>
      ({ what, cases, openedAt, dueAt: missed || stops === 0 ? dueAt : undefined, overdue: missed }))
  }

  protected saveState(): { open: InstanceState[]; calls: SavedCall[]; pauses: ReturnType<Pauses<Instance>['save']> } {
    return {
      open: withOthers(this.#open.items()).map((one) => one.save()),
      calls: this.#calls.items().map(({ about: { cases }, index, strength }) => ({ cases, index, strength })),
      pauses: this.#pauses.save(),
    }
  }

  protected loadState({ open, calls, pauses }: ReturnType<ResponseMonitor['saveState']>): void {
    const { topics, deadlines } = this.at
    for (const { cases, index, strength } of calls) this.#calls.set(new Call(topics.of(cases), index, strength))
    this.#pauses.load(pauses, topics)
    for (const { cases, openedAt, order, ...state } of open) {
      const instance = Object.assign(new Instance(this, topics.of(cases), state, openedAt, order), state)
      this.#file(instance)
      if (!instance.missed && instance.stops === 0) deadlines.start(instance, instance.dueAt)
    }
  }
}
