import type { Calendar } from './calendar.ts'
import type { SavedCommitment, Terms } from './commitment.ts'
import type { Source } from './configuration.ts'
import type { Configurator } from './engine-configurator.ts'
import type { Engine } from './engine.ts'
import type { Monitor, SavedMonitor } from './monitor.ts'
import type { Rosters } from './rosters.ts'
import type { Rule } from './rule.ts'
import { Tally } from './tally.ts'

interface Watched { readonly rule: Rule; readonly monitor: SavedMonitor }

/**
 * All that an engine knows, as JSON. Readable by the code that wrote it alone: after an upgrade the log is replayed. It shares parts
 * with its engine: to be written out before the engine goes on, and to be given to one engine.
 */
export interface Snapshot {
  readonly v: 1
  readonly size: number
  readonly now: number | null
  readonly closed: number | null
  readonly order: number
  readonly calendar: Calendar
  readonly sources: [string, Source][]
  readonly rosters: ReturnType<Rosters['save']>
  readonly seen: string[]
  readonly commitments: SavedCommitment[]
  readonly versions: SavedVersion[]
}

interface SavedVersion {
  readonly policy: string
  readonly inForceAt: number
  readonly order: number
  readonly clauses: { terms: Terms; rule?: Rule; monitor?: SavedMonitor }[]
}

const watched = (monitor: Monitor): Watched => ({ rule: monitor.at.rule, monitor: monitor.save() })
const finite = (moment: number) => Number.isFinite(moment) ? moment : null

export function saveEngine(engine: Engine, configurator: Configurator, closed: number): Snapshot {
  return {
    v: 1, size: engine.size, now: finite(engine.now), closed: finite(closed), order: engine.deadlines.next, calendar: engine.calendar,
    sources: [...engine.sources], rosters: engine.rosters.save(), seen: engine.dispatch.seenKinds,
    commitments: engine.commitments.map(({ tally, current, finishing, ...rest }) =>
      ({ ...rest, tally: tally.save(), ...current && { current: watched(current) }, finishing: finishing.map(watched) })),
    versions: [...configurator.versions].map(({ policy, inForceAt, order, clauses }) => ({
      policy, inForceAt, order,
      clauses: clauses.map(({ terms, rule, monitor }) => ({ terms, ...rule && { rule }, ...monitor && { monitor: monitor.save() } })),
    })),
  }
}

/** Fills a new engine; returns the moment up to which it has been advanced. */
export function restoreEngine(engine: Engine, configurator: Configurator, saved: Snapshot): number {
  engine.size = saved.size
  engine.now = saved.now ?? -Infinity
  engine.calendar = saved.calendar
  for (const [source, fed] of saved.sources) engine.sources.set(source, fed)
  engine.rosters.load(saved.rosters)
  for (const kind of saved.seen) engine.dispatch.of(kind).seen = true
  for (const { tally, current, finishing, ...rest } of saved.commitments) {
    const commitment = { ...rest, tally: Tally.load(tally), finishing: [] as Monitor[] }
    engine.commitments.push(commitment)
    const watch = ({ rule, monitor }: Watched) => restored(configurator.watch(commitment, rule), monitor)
    // In the order in which they were made: so they hear of an entry.
    commitment.finishing.push(...finishing.map(watch))
    if (current) Object.assign(commitment, { current: watch(current) })
  }
  for (const version of saved.versions) restoreVersion(engine, configurator, version)
  engine.deadlines.next = saved.order
  return saved.closed ?? -Infinity
}

function restored(monitor: Monitor, saved: SavedMonitor): Monitor {
  monitor.load(saved)
  return monitor
}

function restoreVersion(engine: Engine, configurator: Configurator, { policy, inForceAt, order, clauses }: SavedVersion): void {
  const version = configurator.version(policy, inForceAt, order, clauses.map(({ terms, rule, monitor }) => ({
    terms, rule, monitor: rule && monitor && restored(configurator.watch(configurator.commitment(terms.policy, terms.mark), rule), monitor),
  })))
  configurator.versions.add(version)
  engine.deadlines.start(version, version.dueAt)
}
