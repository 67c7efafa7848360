/** Recomputes every public standing from the entries that are open, and holds the server's word against it. */
import { createEngine, type Engine } from '../commitments/engine.ts'
import type { LedgerEvent } from '../commitments/event.ts'
import { fold } from '../commitments/fold.ts'
import { kindsBehind } from '../commitments/kinds-behind.ts'
import { quartersOf } from '../commitments/quarters.ts'
import type { Standing, StandingName } from '../commitments/standing.ts'
import { fromUtf8 } from '../ledger/bytes.ts'
import { canonical } from '../ledger/canonical.ts'
import { record } from '../ledger/leaf.ts'
import type { Streams } from '../ledger/streams.ts'
import type { StreamSummary } from './disclosure.ts'
import type { Findings } from './findings.ts'
import type { Progress } from './log-copy.ts'
import type { Source } from './source.ts'

/** What `/standings.json` says. */
export interface Claims {
  readonly size: number
  readonly asOf: number
  readonly commitments: readonly (Record<string, unknown> & { policy: string; mark: string; standing: string })[]
}

export interface CommitmentCheck {
  readonly policy: string
  readonly mark: string
  readonly sentence: string
  /** The server's word; absent where it leaves the commitment out. */
  readonly said?: string
  readonly computed?: string
  /** `confirmed` and `differs`: all entries it rests on are open. `attested`: some are not open yet. `sealed`: some never will be in public. */
  readonly verdict: 'confirmed' | 'differs' | 'attested' | 'sealed'
  /** When what is recorded by now can be recomputed (milliseconds). */
  readonly provableFrom?: number
  /** Of what is `attested`: how it stood when everything was open for the last time, recomputed. */
  readonly lastOpen?: { readonly at: number; readonly standing: StandingName }
}

export async function readClaims(source: Source): Promise<Claims | undefined> {
  const bytes = await source.get('standings.json')
  if (!bytes) return undefined
  const { size, as_of: asOf, commitments } = record(JSON.parse(fromUtf8(bytes)), 'standings')
  if (typeof size !== 'number' || typeof asOf !== 'number' || !Array.isArray(commitments)) throw new Error('standings.json is not of the documented form')
  return { size, asOf, commitments: commitments as Claims['commitments'] }
}

/** An engine that has heard the events below `size`, at the moment `asOf`. Yields at every batch, so that a page stays alive. */
export async function replayUntil(events: readonly LedgerEvent[], size: number, asOf: number, progress: Progress): Promise<Engine> {
  const past = events.filter(({ index }) => index < size)
  const engine = createEngine()
  await fold(engine, async (from, limit) => {
    const start = firstFrom(past, from)
    progress('standings', start, past.length)
    await new Promise((resolve) => setTimeout(resolve))
    return past.slice(start, start + limit)
  })
  engine.advance(asOf)
  return engine
}

/** Position of the first event at or after `index`, which may itself be sealed. */
function firstFrom(events: readonly LedgerEvent[], index: number): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (events[middle]!.index < index) low = middle + 1
    else high = middle
  }
  return low
}

/** Faults: `standing_differs`, `standing_missing`, `standing_unknown`. */
export function compareStandings(claims: Claims, standings: readonly Standing[], closed: ClosedStreams, findings: Findings): CommitmentCheck[] {
  const said = new Map(claims.commitments.map((claim) => [`${claim.policy} ${claim.mark}`, claim]))
  const checks = standings.filter((standing) => isPublic(standing, claims.asOf)).map((standing): CommitmentCheck => {
    const { policy, mark, sentence } = standing
    const claim = said.get(`${policy} ${mark}`)
    said.delete(`${policy} ${mark}`)
    const { verdict, provableFrom } = closed.behind(standing.rule, claim?.provable === 'now')
    const own = verdict === 'confirmed' && !(claim && agrees(claim, standing)) ? 'differs' : verdict
    return {
      policy, mark, sentence, verdict: own, computed: standing.standing,
      ...(claim && { said: claim.standing }), ...(provableFrom !== undefined && { provableFrom }),
    }
  })
  report(checks, findings)
  const known = new Set(standings.map(({ policy, mark }) => `${policy} ${mark}`))
  for (const { policy, mark } of [...said.values()].filter((claim) => !known.has(`${claim.policy} ${claim.mark}`))) {
    findings.fault('standing_unknown', `the server gives a standing to ${policy}#${mark}, which no published policy promises`)
  }
  return checks
}

function report(checks: readonly CommitmentCheck[], findings: Findings): void {
  for (const { policy, mark, said, computed, verdict } of checks) {
    const name = `${policy}#${mark}`
    if (said === undefined) findings.fault('standing_missing', `the server leaves out the public commitment ${name}, which is ${computed}`)
    else if (verdict !== 'differs') continue
    else if (said !== computed) findings.fault('standing_differs', `the server says that ${name} is ${said}; its entries say ${computed}`)
    else findings.fault('standing_differs', `the server’s record of ${name} is not the one that its entries give`)
  }
}

type Claim = Claims['commitments'][number]

/**
 * Every member that we compute must be in the server's answer, the same; it may say more. What the server could not prove to everybody
 * when it answered (`provable` is not `now`) shows no single case: those members are left out of the comparison, and one that waits may
 * look as if nothing did. Of what is sealed it tells quarters, not months.
 */
function agrees(claim: Claim, standing: Standing): boolean {
  const veiled = claim.provable !== undefined && claim.provable !== 'now'
  const sealed = claim.provable === 'by-auditors'
  const members = Object.entries(sealed ? { ...standing, quarters: quartersOf(standing.months) } : standing)
    .filter(([member]) => !veiled || !(ofSingleCases.has(member) || (sealed && member === 'months')))
  if (veiled && claim.standing !== standing.standing && !(standing.standing === 'due' && ['kept', 'idle'].includes(claim.standing))) return false
  return members.every(([member, value]) => claim[member] !== undefined && canonical(claim[member]) === canonical(value))
}

const ofSingleCases: ReadonlySet<string> = new Set(['standing', 'due_at', 'record', 'evidence', 'misses'])

function isPublic({ publication, public_from: from }: Standing, asOf: number): boolean {
  return publication === 'public' && (from === undefined || Date.parse(from) <= asOf)
}

/** Which rules rest on entries that are not open. */
export class ClosedStreams {
  readonly #seen: ReadonlyMap<string, ReadonlySet<string>>
  readonly #closed: readonly StreamSummary[]

  constructor(events: readonly LedgerEvent[], streamOf: (index: number) => string, readonly streams: Streams, summaries: readonly StreamSummary[]) {
    const byKind = Map.groupBy(events, ({ kind }) => kind)
    this.#seen = new Map([...byKind].map(([kind, same]) => [kind, new Set(same.map(({ index }) => streamOf(index)))]))
    this.#closed = summaries.filter(({ entries, opened, held }) => opened < entries || held > 0)
  }

  behind(ruleText: string, saidToBeOpen: boolean): Pick<CommitmentCheck, 'verdict' | 'provableFrom'> {
    const kinds = kindsBehind(ruleText)
    const closed = this.#closed.filter(({ stream }) => kinds.some((kind) => this.#mayHold(stream, kind, saidToBeOpen)))
    if (closed.length === 0) return { verdict: 'confirmed' }
    if (closed.some(({ sealed }) => sealed > 0)) return { verdict: 'sealed' }
    const dated = closed.every(({ provableFrom }) => provableFrom !== undefined)
    return { verdict: 'attested', ...dated && { provableFrom: Math.max(...closed.map(({ provableFrom }) => provableFrom!)) } }
  }

  /**
   * The log says which kinds a stream holds. Logs from before it did are asked where entries of the kind are open; a kind that no open entry has may be
   * anywhere, unless the server says that all is open: then so it has to be.
   */
  #mayHold(stream: string, kind: string, saidToBeOpen: boolean): boolean {
    const declared = this.streams.streamsOf(kind)
    const seen = this.#seen.get(kind)
    if (declared.length === 0 && !seen) return !saidToBeOpen
    return declared.includes(stream) || seen?.has(stream) === true
  }
}
