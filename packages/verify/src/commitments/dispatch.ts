import { Entry } from './entry.ts'
import type { LedgerEvent } from './event.ts'
import type { Monitor } from './monitor.ts'
import type { Filter, KindPattern } from './rule.ts'
import type { Topics } from './topic.ts'

interface Route {
  readonly monitor: Monitor
  readonly where: readonly Filter[]
  readonly opening: boolean
  readonly react: (entry: Entry) => void
}

export interface Known {
  /** One has occurred. */
  seen: boolean
  /** The engine itself reads entries of this kind. */
  readonly steers: boolean
  routes: readonly Route[]
}

/** Which monitors hear of an entry, by its kind: one look-up, however many commitments there are. */
export class Dispatch {
  readonly #kinds = new Map<string, Known>()
  readonly #topics: Topics
  readonly #steers: (kind: string) => boolean

  constructor(topics: Topics, steers: (kind: string) => boolean) {
    this.#topics = topics
    this.#steers = steers
  }

  add(monitor: Monitor): void {
    for (const { on, opening = false, react } of monitor.reactions()) {
      const known = this.of(on.kind)
      known.routes = [...known.routes, { monitor, where: on.where, opening, react }]
    }
  }

  remove(monitor: Monitor): void {
    for (const known of this.#kinds.values()) known.routes = known.routes.filter((route) => route.monitor !== monitor)
  }

  deliver(event: LedgerEvent, { routes } = this.of(event.kind)): void {
    if (routes.length === 0) return
    const entry = new Entry(event, this.#topics.of(event.cases))
    for (const { where, opening, react } of routes) {
      if ((opening || !entry.opening) && (where.length === 0 || matches(where, entry))) react(entry)
    }
  }

  seen(kind: string): boolean { return this.#kinds.get(kind)?.seen ?? false }
  get seenKinds(): string[] { return [...this.#kinds].filter(([, known]) => known.seen).map(([kind]) => kind).sort() }

  of(kind: string): Known {
    let known = this.#kinds.get(kind)
    if (!known) this.#kinds.set(kind, known = { seen: false, steers: this.#steers(kind), routes: [] })
    return known
  }
}

/** For one event and one monitor, outside the table. */
export function deliverTo(monitor: Monitor, event: LedgerEvent): void {
  const entry = new Entry(event, monitor.at.topics.of(event.cases))
  for (const { on, opening = false, react } of monitor.reactions()) {
    if (on.kind === event.kind && (opening || !entry.opening) && matches(on.where, entry)) react(entry)
  }
}

export const kindsOf = (monitor: Monitor): string[] => monitor.reactions().map(({ on }: { on: KindPattern }) => on.kind)

export function matches(where: readonly Filter[], { marks }: Entry): boolean {
  for (const { mark, negated, values } of where) {
    const value = marks[mark]
    if ((value !== undefined && values.includes(value)) === negated) return false
  }
  return true
}
