import { kindsBehind, parseRule, quartersOf, type Quarter, type Standing, type Streams } from 'avow-verify'
import { findKind } from '../ledger/index.ts'

/** Whether anyone can recompute a standing now, later, or never in public. */
export interface Disclosure {
  readonly provable: 'now' | 'later' | 'by-auditors'
  /** When what is recorded by now can be recomputed (milliseconds since 1970 UTC); absent where an embargo has no end yet. */
  readonly provable_from?: number
  /** Of what only auditors can recompute: its totals, instead of months. */
  readonly quarters?: readonly Quarter[]
}

/** What a rule rests on, as far as it is public. In the streams of `held` a case keeps its marks back, for nobody knows how long. */
export function disclosureOf(rule: string, streams: Streams, held: ReadonlySet<string>, nowMs: number): Disclosure {
  const behind = kindsBehind(rule).flatMap((kind) => streamsOf(kind, streams))
  const from = Math.max(-Infinity, ...behind.map((stream) => streams.openFrom(stream)))
  if (from === Infinity) return { provable: 'by-auditors' }
  if (behind.some((stream) => held.has(stream))) return { provable: 'later' }
  return from > nowMs ? { provable: 'later', provable_from: from } : { provable: 'now' }
}

/** As the log says; where it does not yet, as this release files them. */
function streamsOf(kind: string, streams: Streams): string[] {
  const declared = streams.streamsOf(kind)
  return declared.length > 0 ? declared : [findKind(kind)?.stream ?? []].flat()
}

/** What nobody can recompute yet shows no single case: no dates and entries of its instances, and no open one of a certain severity. */
export function shownTo(standing: Standing, { provable }: Disclosure): Standing & Pick<Disclosure, 'quarters'> {
  if (provable === 'now') return standing
  const veiled = { ...standing, evidence: [], misses: [], ...provable === 'by-auditors' && inQuarters(standing) }
  if (!readsMarks(standing.rule)) return veiled
  const { due_at: _, ...undated } = veiled
  const record = { ...veiled.record, open: 0 }
  return { ...undated, record, ...standing.standing === 'due' && { standing: record.total > 0 ? 'kept' : 'idle' } }
}

/** Nothing smaller than a whole quarter, so that nobody learns from a total that grows what somebody did, and on which day. */
function inQuarters({ months, record: { open } }: Standing): Pick<Standing, 'months' | 'record'> & Pick<Disclosure, 'quarters'> {
  const quarters = quartersOf(months)
  const [total, inTime] = quarters.reduce(([all, met], one) => [all + one.total, met + one.in_time], [0, 0])
  return { quarters, months: [], record: { total, in_time: inTime, missed: total - inTime, open } }
}

/** An open “report accepted as critical” announces a hole. */
function readsMarks(rule: string): boolean {
  const parsed = parseRule(rule)
  return 'rule' in parsed && parsed.rule.body.pattern === 'response' && parsed.rule.body.trigger.where.length > 0
}
