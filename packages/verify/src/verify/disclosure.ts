/** Which entries are open to us, and which should be: docs/formats/ledger.md, "Who may open, and when". */
import type { LedgerEvent } from '../commitments/event.ts'
import { fromUtf8 } from '../ledger/bytes.ts'
import { opensTo } from '../ledger/leaf.ts'
import { openingsPath, parseOpeningsBundle, type Opening } from '../ledger/openings.ts'
import type { Opens, Streams } from '../ledger/streams.ts'
import { tileWidth } from '../ledger/tiles.ts'
import type { Findings } from './findings.ts'
import { inParallel } from './in-parallel.ts'
import type { LogCopy, Progress } from './log-copy.ts'
import type { Source } from './source.ts'

export interface StreamSummary {
  readonly stream: string
  /** As configured for its newest entry; a stream that was never configured is sealed. */
  opens: Opens
  entries: number
  opened: number
  /** Opened, with the marks held back. */
  held: number
  /** Not open, and never to be in public. */
  sealed: number
  overdue: number
  /** When everything that is recorded by now and not sealed will be open (milliseconds); absent where that is so, or where marks are held back. */
  provableFrom?: number
}

/** How late an opening may come: it is a job that does it. */
const graceMs = 60 * 60_000

/** Openings that the server gives, joined with those an auditor was given. Fault `opening_differs`. */
export async function readOpenings(
  source: Source,
  copy: LogCopy,
  given: readonly Opening[],
  findings: Findings,
  progress: Progress,
): Promise<Map<number, Opening>> {
  const bundles = Array.from({ length: Math.ceil(copy.leaves.length / tileWidth) }, (_, bundle) => bundle)
  const served = await inParallel(bundles, async (bundle) => {
    const text = await source.get(`log/${openingsPath(bundle)}`)
    return text ? parseOpeningsBundle(fromUtf8(text), bundle) : []
  }, (done) => progress('openings', done, bundles.length))
  const openings = new Map<number, Opening>()
  for (const opening of [...served.flat(), ...given]) {
    const leaf = copy.leaves[opening.index]
    const { facts, salt2 } = opening
    const opens = leaf && opensTo(leaf, opening, facts && salt2 && { facts, salt2 })
    if (opens) openings.set(opening.index, { ...openings.get(opening.index), ...opening })
    else if (leaf) findings.fault('opening_differs', `the opening of entry ${opening.index} is not what the log committed to`)
  }
  return openings
}

/** Lets `streams` follow the log. Faults: `not_opened`, entries that their time to be opened has passed over; `filed_elsewhere`. */
export function checkDisclosure(
  { leaves }: LogCopy,
  openings: ReadonlyMap<number, Opening>,
  streams: Streams,
  now: number,
  findings: Findings,
): StreamSummary[] {
  const summaries = new Map<string, StreamSummary>()
  const [overdue, misfiled]: [number[], number[]] = [[], []]
  for (const [index, leaf] of leaves.entries()) {
    const opening = openings.get(index)
    if (opening && streams.isMisfiled(opening.kind, leaf)) misfiled.push(index)
    const { opens, opensAt } = streams.follow(leaf, opening)
    const summary = summaries.get(leaf.stream) ?? { stream: leaf.stream, opens, entries: 0, opened: 0, held: 0, sealed: 0, overdue: 0 }
    summaries.set(leaf.stream, summary)
    summary.opens = opens
    summary.entries += 1
    if (opening) summary.opened += 1
    else if (opensAt === Infinity) summary.sealed += 1
    else if (opensAt > leaf.at) summary.provableFrom = Math.max(opensAt, summary.provableFrom ?? -Infinity)
    if (opening && 'held' in opening) summary.held += 1
    if (!opening && opensAt + (opensAt > leaf.at ? graceMs : 0) <= now) {
      summary.overdue += 1
      overdue.push(index)
    }
  }
  for (const summary of summaries.values()) if (summary.held > 0) delete summary.provableFrom
  if (overdue.length > 0) {
    findings.fault('not_opened', `${overdue.length} entries of public streams are not open though their time has come: ${listed(overdue)}`)
  }
  if (misfiled.length > 0) findings.fault('filed_elsewhere', `entries are in another stream than the log says of their kind: ${listed(misfiled)}`)
  return [...summaries.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1))
}

/** What a monitor reads of the entries that are open, by rising index. Entries whose marks are held back are left out. */
export function eventsOf({ leaves }: LogCopy, openings: ReadonlyMap<number, Opening>): LedgerEvent[] {
  return leaves.flatMap(({ at }, index) => {
    const opening = openings.get(index)
    if (!opening || 'held' in opening) return []
    const { kind, cases, marks, facts } = opening
    return [{ index, at, kind, cases, marks, ...(facts && { facts }) }]
  })
}

function listed(indices: readonly number[]): string {
  return `${indices.slice(0, 10).join(', ')}${indices.length > 10 ? ' …' : ''}`
}
