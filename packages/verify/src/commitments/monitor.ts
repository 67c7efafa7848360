import type { Calendar } from './calendar.ts'
import type { CaseFiles } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Deadlines } from './deadlines.ts'
import { Docket } from './docket.ts'
import type { Entry } from './entry.ts'
import type { Pauses, Stoppable } from './pauses.ts'
import type { KindPattern, Pause, Rule } from './rule.ts'
import { ScopeState, type Interval } from './scope.ts'
import type { Tally } from './tally.ts'
import type { Topic, Topics } from './topic.ts'

/** What a monitor does about entries of one kind. */
export interface Reaction {
  readonly on: KindPattern
  /** Evidence from before Avow counts here. */
  readonly opening?: true
  react(entry: Entry): void
}

/** What a monitor knows of the engine it runs in. */
export interface Surroundings {
  readonly rule: Rule
  readonly tally: Tally
  readonly deadlines: Deadlines
  readonly topics: Topics
  /** What this monitor keeps is filed here. */
  readonly files: CaseFiles
  calendar(): Calendar
  /** The subjects of a kind that are listed now: case → listed at. Undefined for a kind of which no list is kept. */
  roster(kind: string): ReadonlyMap<string, number> | undefined
  /** Since when the mark has been judged without a break, under whatever rule; infinity before. */
  since(): number
}

/** What one obligation still asks for. */
export interface Obligation {
  /** Kinds of which one, in `cases`, discharges it. */
  readonly what: readonly string[]
  readonly cases: Cases
  readonly openedAt: number
  /** Undefined while its clock stands still. */
  readonly dueAt: number | undefined
  readonly overdue: boolean
}

/**
 * One rule, watched entry by entry. A monitor observes from the first entry of the log on, and judges only what is triggered
 * between `activate` and `retire`. Reactions to one entry run in the order of `reactions()`.
 */
export abstract class Monitor {
  readonly scope: ScopeState
  readonly docket: Docket
  /** From when on it judges; undefined while it only observes. */
  judgesFrom: number | undefined
  retired = false

  constructor(readonly at: Surroundings) {
    this.scope = new ScopeState(at.rule.scope, at.files)
    this.docket = new Docket(at.tally, at.rule.scope)
  }

  get judges(): boolean { return this.judgesFrom !== undefined && !this.retired }

  reactions(): Reaction[] {
    const scope = this.at.rule.scope
    const ends: Reaction[] = 'r' in scope ? [{ on: scope.r, react: (entry) => this.#scopeEnds(entry) }] : []
    const begins: Reaction[] = 'q' in scope ? [{ on: scope.q, react: (entry) => this.#scopeBegins(entry) }] : []
    return [...ends, ...this.discharging(), ...this.obliging(), ...begins]
  }

  /** Reactions that can meet an obligation; they come before those that can open one. */
  protected abstract discharging(): Reaction[]
  protected abstract obliging(): Reaction[]
  /** Q came: an interval of the scope has begun. */
  protected begin(_interval: Interval): void {}
  /** R came: what agrees with its topic ends undecided. `ended`: the intervals that R ends. */
  protected abstract lapse(about: Topic, at: number, ended: readonly Interval[]): void

  activate(at: number, _before?: Monitor): void { this.judgesFrom = at }

  /** Opens nothing more. What can still be met stays until it is; `finished` says when nothing is left. */
  abstract retire(at: number): void
  abstract get finished(): boolean
  /** A subject of the kind that the rule is for has been listed. */
  joined(_subject: string, _at: number): void {}
  /** A subject of any kind is no longer listed: nothing more is owed for it. */
  left(_kind: string, _subject: string, _at: number): void {}
  /** The entry at `index` was wrong. */
  correct(index: number, at: number): void { this.docket.correct(index, at) }
  abstract obligations(): Obligation[]
  /** The kinds that would have had to come before this entry, if it came now. */
  unmetBefore(_kind: string, _entry: Entry): readonly string[] { return [] }
  /** How strong the weakest word is on which what is met for the time being rests. */
  covering(): number | undefined { return undefined }

  protected abstract saveState(): unknown
  protected abstract loadState(saved: never): void

  save(): SavedMonitor {
    const { judgesFrom, retired } = this
    return { ...judgesFrom !== undefined && { judgesFrom }, retired, scope: this.scope.save(), docket: this.docket.save(), state: this.saveState() }
  }

  load(saved: SavedMonitor): void {
    this.judgesFrom = saved.judgesFrom
    this.retired = saved.retired
    this.scope.load(saved.scope, this.at.topics)
    this.docket.load(saved.docket)
    this.loadState(saved.state as never)
  }

  /** `For each KIND`: entries that name no such subject are about something else. */
  protected concerns(about: Topic): boolean {
    const { forEach } = this.at.rule
    return forEach === undefined || about.shape.names(forEach)
  }

  #scopeEnds(entry: Entry): void {
    const ended = this.scope.close(entry)
    this.lapse(entry.about, entry.at, ended)
    this.docket.commit(entry.about.cases, entry.at)
  }

  #scopeBegins(entry: Entry): void {
    const interval = this.scope.open(entry)
    if (interval) this.begin(interval)
  }
}

export interface SavedMonitor {
  judgesFrom?: number
  retired: boolean
  scope: ReturnType<ScopeState['save']>
  docket: ReturnType<Docket['save']>
  state: unknown
}

export function pauseReactions<C extends Stoppable>(pauses: readonly Pause[], state: Pauses<C>): { ends: Reaction[]; begins: Reaction[] } {
  return {
    ends: pauses.map(({ to }, i) => ({ on: to, react: (entry) => state.end(i, entry) })),
    begins: pauses.map(({ from }, i) => ({ on: from, react: (entry) => state.begin(i, entry) })),
  }
}
