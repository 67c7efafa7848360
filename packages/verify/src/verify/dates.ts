/**
 * How far the dates in a log are more than the operator's word: a witness that saw size S at time T proves that entries below S existed then, and those
 * above did not.
 */
import { equal, fromUtf8 } from '../ledger/bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../ledger/checkpoint.ts'
import { cosignatures, type Cosignature } from '../ledger/cosignature.ts'
import { numberPath } from '../ledger/tiles.ts'
import type { Findings } from './findings.ts'
import { inParallel } from './in-parallel.ts'
import type { LogCopy } from './log-copy.ts'
import type { Source } from './source.ts'
import type { Trust } from './trust.ts'

export interface Sighting {
  readonly witness: string
  readonly at: number
}

/** Entries `from` up to but without `to` were recorded after one sighting and before another; where one is absent it is the operator's word. */
export interface DateBounds {
  readonly from: number
  readonly to: number
  readonly notBefore?: Sighting
  readonly notAfter?: Sighting
}

/** So far may a witness's clock and ours be apart. */
const clockSkewMs = 10 * 60_000

/** A checkpoint of this log that somebody remembers. */
export interface Seen extends Checkpoint {
  readonly cosignatures: readonly Cosignature[]
}

/** Past checkpoints of the log that trusted witnesses cosigned, by rising size. Strangers' cosignatures count for nothing. */
export async function readCosigned(source: Source, origin: string, { witnesses }: Pick<Trust, 'witnesses'>): Promise<Seen[]> {
  if (witnesses.length === 0) return []
  const notes: string[] = []
  for (let page = 0; notes.length === page * 256; page++) {
    const text = await source.get(`log/cosigned/${numberPath(page)}`)
    if (!text) break
    notes.push(...fromUtf8(text).split('\n').filter(Boolean).map((line) => String(JSON.parse(line))))
  }
  const checkpoints = await inParallel(notes.map(parseCheckpoint), async (seen) => ({ ...seen, cosignatures: await cosignatures(witnesses, seen.note) }))
  return checkpoints.filter((seen) => seen.origin === origin && seen.cosignatures.length > 0)
}

/** Fault `fork`: a checkpoint that somebody has seen is not an earlier state of this log. */
export function checkHistory(cosigned: readonly Seen[], size: number, copy: LogCopy, findings: Findings): void {
  for (const seen of cosigned) {
    const root = copy.roots.get(seen.size)
    if (seen.size > size) findings.fault('fork', `${names(seen) || 'an earlier check'} saw ${seen.size} entries of this log, and it now shows ${size}`)
    else if (!root || !equal(root, seen.root)) findings.fault('fork',
      `the first ${seen.size} entries are not those that ${names(seen) || 'an earlier check'} saw`)
  }
}

/** `cosigned` of at most `size`. */
export function boundDates(cosigned: readonly Seen[], size: number): DateBounds[] {
  const seen = cosigned
    .flatMap((checkpoint) => checkpoint.cosignatures.map(({ witness, at }) => ({ size: checkpoint.size, witness: witness.name, at })))
    .filter(({ at }) => at > 0)
  const edges = [...new Set([0, ...seen.map((sighting) => sighting.size), size])].sort((a, b) => a - b)
  const latest = running(edges, seen, (a, b) => a.at - b.at)
  const earliest = running(edges.toReversed(), seen, (a, b) => b.at - a.at)
  return edges.slice(1).map((to, i) => {
    const [from, notBefore, notAfter] = [edges[i]!, latest.get(edges[i]!), earliest.get(to)]
    return { from, to, ...(notBefore && { notBefore }), ...(notAfter && { notAfter }) }
  })
}

/** For each edge the best sighting at it or at one before it, in the order of the edges. */
function running(
  edges: readonly number[],
  seen: readonly (Sighting & { size: number })[],
  compare: (a: Sighting, b: Sighting) => number,
): Map<number, Sighting> {
  const bySize = Map.groupBy(seen, ({ size }) => size)
  const best = new Map<number, Sighting>()
  let champion: Sighting | undefined
  for (const edge of edges) {
    for (const { witness, at } of bySize.get(edge) ?? []) {
      if (!champion || compare(champion, { witness, at }) < 0) champion = { witness, at }
    }
    if (champion) best.set(edge, champion)
  }
  return best
}

/** Faults: `time_runs_back`, `date_in_future`, `date_contradicted`. */
export function checkDates({ leaves }: LogCopy, bounds: readonly DateBounds[], now: number, findings: Findings): void {
  const back = leaves.findIndex(({ at }, i) => i > 0 && at < leaves[i - 1]!.at)
  if (back > 0) findings.fault('time_runs_back', `entry ${back} is dated before the entry that precedes it`)
  const last = leaves.at(-1)
  if (last && last.at > now + clockSkewMs) findings.fault('date_in_future', `the newest entry is dated ${iso(last.at)}`)
  for (const { from, to, notBefore, notAfter } of bounds) {
    const [first, final] = [leaves[from]!.at, leaves[to - 1]!.at]
    if (notBefore && first < notBefore.at - clockSkewMs) {
      const witnessed = `${notBefore.witness} saw at ${iso(notBefore.at)} that it was not there yet`
      findings.fault('date_contradicted', `entry ${from} is dated ${iso(first)}, but ${witnessed}`)
    }
    if (notAfter && final > notAfter.at + clockSkewMs) {
      findings.fault('date_contradicted', `entry ${to - 1} is dated ${iso(final)}, but ${notAfter.witness} saw it already at ${iso(notAfter.at)}`)
    }
  }
}

function names({ cosignatures }: Seen): string {
  return cosignatures.map(({ witness }) => witness.name).join(' and ')
}

export const iso = (at: number): string => new Date(at).toISOString()
