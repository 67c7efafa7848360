/** Which entries are open to us, and which should be: docs/formats/ledger.md, "Who may open, and when". */
import type { LedgerEvent } from '../commitments/event.ts'
import { fromUtf8 } from '../ledger/bytes.ts'
import { opensTo } from '../ledger/leaf.ts'
import { openingsPath, parseOpeningsBundle, type Opening } from '../ledger/openings.ts'
import { tileWidth } from '../ledger/tiles.ts'
import type { Findings } from './findings.ts'
import { inParallel } from './in-parallel.ts'
import type { LogCopy, Progress } from './log-copy.ts'
import type { Source } from './source.ts'

export interface StreamSummary {
  readonly stream: string
  /** As configured for its newest entry; a stream that was never configured is sealed. */
  opens: 'at-once' | 'delayed' | 'sealed'
  entries: number
  opened: number
  /** Opened, with the marks held back. */
  held: number
  overdue: number
  /** When everything that is recorded by now will be open (milliseconds), for a delayed stream. */
  provableFrom?: number
}

interface Setting {
  readonly opens: StreamSummary['opens']
  readonly delayMs: number
}

/** How late an opening may come: it is a job that does it. */
const graceMs = 60 * 60_000
const sealed: Setting = { opens: 'sealed', delayMs: 0 }
const atOnce: Setting = { opens: 'at-once', delayMs: 0 }

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

/** Fault `not_opened`: entries of a public stream that their time to be opened has passed over. */
export function checkDisclosure({ leaves }: LogCopy, openings: ReadonlyMap<number, Opening>, now: number, findings: Findings): StreamSummary[] {
  const settings = new Map<string, Setting>([['ledger', atOnce]])
  const streams = new Map<string, StreamSummary>()
  const overdue: number[] = []
  for (const [index, { stream, at }] of leaves.entries()) {
    const setting = settings.get(stream) ?? sealed
    const opening = openings.get(index)
    const due = setting.opens !== 'sealed' && at + setting.delayMs + (setting.opens === 'delayed' ? graceMs : 0) <= now
    const summary: StreamSummary = streams.get(stream) ?? { stream, opens: setting.opens, entries: 0, opened: 0, held: 0, overdue: 0 }
    streams.set(stream, summary)
    summary.opens = setting.opens
    summary.entries += 1
    if (opening) summary.opened += 1
    if (opening && 'held' in opening) summary.held += 1
    if (due && !opening) summary.overdue += 1
    if (setting.opens === 'delayed' && !opening) summary.provableFrom = at + setting.delayMs
    if (due && !opening) overdue.push(index)
    if (opening) configure(settings, opening)
  }
  if (overdue.length > 0) {
    findings.fault('not_opened', `${overdue.length} entries of public streams are not open though their time has come: ${listed(overdue)}`)
  }
  return [...streams.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1))
}

function configure(settings: Map<string, Setting>, { kind, facts }: Opening): void {
  if (kind !== 'stream.configured' || facts?.stream === 'ledger') return
  const { stream, opens, delay_days: days } = facts ?? {}
  if (typeof stream !== 'string' || (opens !== 'at-once' && opens !== 'delayed' && opens !== 'sealed')) return
  settings.set(stream, { opens, delayMs: opens === 'delayed' && typeof days === 'number' ? days * 86_400_000 : 0 })
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
