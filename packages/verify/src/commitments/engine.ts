import { defaultCalendar, type Calendar } from './calendar.ts'
import type { Cases } from './cases.ts'
import type { Commitment } from './commitment.ts'
import { Deadlines } from './deadlines.ts'
import { deliverTo, Dispatch, kindsOf, type Known } from './dispatch.ts'
import { dutiesOf, type Duty, type Unmet } from './duty.ts'
import { Entry } from './entry.ts'
import { Configurator, configures } from './engine-configurator.ts'
import { restoreEngine, saveEngine, type Snapshot } from './engine-snapshot.ts'
import type { LedgerEvent } from './event.ts'
import type { Monitor } from './monitor.ts'
import { changesRoster, Rosters } from './rosters.ts'
import { standingOf, type Standing } from './standing.ts'
import type { Source } from './configuration.ts'
import { Topics } from './topic.ts'

/** What an engine needs to hear again, because a new rule asks about kinds that have occurred before. */
export interface Recall {
  readonly kinds: ReadonlySet<string>
  /** Entries up to, and not including, this index. */
  readonly before: number
}

export const createEngine = (): Engine => new Engine()

/**
 * All commitments of one organisation, computed from its entries alone. It is fed every entry in the order of the log; the entries
 * of public streams that configure it (policies, calendars, sources, lists) are among them. What it says depends on the entries and
 * on the latest moment that it was advanced to, on nothing else.
 */
export class Engine {
  readonly deadlines = new Deadlines()
  readonly topics = new Topics()
  readonly dispatch = new Dispatch(this.topics, (kind) => configures(kind) || changesRoster(kind))
  readonly rosters = new Rosters()
  readonly sources = new Map<string, Source>()
  readonly commitments: Commitment[] = []
  calendar: Calendar = defaultCalendar
  /** How many entries have been fed. */
  size = 0
  /** The latest moment that it knows of: of an entry, or advanced to. */
  now = -Infinity
  /** No entry of this moment or before it can still come. */
  #closed = -Infinity
  readonly #configurator = new Configurator(this)
  #forgetful: Monitor[] = []
  #waiting: LedgerEvent | undefined

  /** The next entry. Throws RangeError where it is older than what is known already. */
  feed(event: LedgerEvent): void {
    this.recalled()
    if (event.at < this.now || event.at <= this.#closed) throw new RangeError(`entry ${event.index} comes too late: its time has passed`)
    while (this.deadlines.earliest < event.at) this.deadlines.fall()
    this.topics.tidy()
    this.now = event.at
    this.size = event.index + 1
    const kind = this.dispatch.of(event.kind)
    if (!kind.seen) this.#firstOf(kind, event)
    if (!kind.steers) return this.dispatch.deliver(event, kind)
    this.#forgetful = this.#configurator.read(event)
    if (this.#forgetful.length === 0) this.#deliver(event)
    else this.#waiting = event
  }

  /** Lets time pass: every entry up to and including `atMs` has been fed, and deadlines up to it fall. */
  advance(atMs: number): void {
    this.recalled()
    if (atMs <= this.#closed) return
    while (this.deadlines.earliest <= atMs) this.deadlines.fall()
    this.#closed = atMs
    this.now = Math.max(this.now, atMs)
  }

  /** After an entry that brought new rules: which earlier entries these must hear, by `recall`, before anything else is fed. */
  wants(): Recall | undefined {
    if (!this.#waiting) return undefined
    return { kinds: new Set(this.#forgetful.flatMap(kindsOf)), before: this.#waiting.index }
  }

  /** An earlier entry that `wants` asked for, in the order of the log. */
  recall(event: LedgerEvent): void {
    for (const monitor of this.#forgetful) deliverTo(monitor, event)
  }

  /** All that was wanted has been recalled. */
  recalled(): void {
    const event = this.#waiting
    if (!event) return
    this.#waiting = undefined
    this.#forgetful = []
    this.#deliver(event)
  }

  standings(): Standing[] {
    this.recalled()
    return this.commitments.flatMap((commitment) => standingOf(commitment, this) ?? [])
  }

  /** What is owed, the earliest first; of all that is owed, what is about cases that are wanted. */
  duties(wanted: (cases: Cases) => boolean = () => true): Duty[] {
    this.recalled()
    return this.commitments.flatMap((commitment) => dutiesOf(commitment, wanted)).sort((a, b) => (a.due_at ?? Infinity) - (b.due_at ?? Infinity))
  }

  /** Which promises in force an entry would break if it came now. Asked before a deed, so that it can wait; nothing is changed by asking. */
  unmetBefore({ kind, cases, marks = {} }: { kind: string; cases: LedgerEvent['cases']; marks?: LedgerEvent['marks'] }): Unmet[] {
    this.recalled()
    const entry = new Entry({ index: this.size, at: this.now, kind, cases, marks }, this.topics.of(cases))
    return this.commitments.flatMap(({ policy, mark, terms, current, withdrawnAt }) => {
      const what = withdrawnAt === undefined && terms ? current?.unmetBefore(kind, entry) ?? [] : []
      return what.length > 0 ? [{ policy, mark, sentence: terms!.sentence, what }] : []
    })
  }

  snapshot(): Snapshot {
    this.recalled()
    return saveEngine(this, this.#configurator, this.#closed)
  }

  /** Continues from a snapshot; only on a new engine. */
  restore(snapshot: Snapshot): this {
    this.#closed = restoreEngine(this, this.#configurator, snapshot)
    return this
  }

  /** Something feeds the kind, or has. */
  isFed(kind: string): boolean {
    return this.dispatch.seen(kind) || [...this.sources.values()].some(({ kinds }) => kinds.includes(kind))
  }

  #firstOf(kind: Known, event: LedgerEvent): void {
    kind.seen = true
    this.#configurator.feedsChanged(event.at, event.kind)
  }

  #deliver(event: LedgerEvent): void {
    this.#configurator.bring(event)
    const change = this.rosters.follow(event)
    const monitors = change ? this.#configurator.monitors() : []
    if (change?.joined) for (const monitor of monitors) if (monitor.at.rule.forEach === change.kind) monitor.joined(change.subject, event.at)
    this.dispatch.deliver(event)
    if (change && !change.joined) for (const monitor of monitors) monitor.left(change.kind, change.subject, event.at)
  }
}
