import { parseRule, type Standing } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import { findKind, readStreamSettings } from '../ledger/index.ts'

/** Whether anyone can recompute a standing now, later, or never in public. */
export interface Disclosure {
  readonly provable: 'now' | 'later' | 'by-auditors'
  /** When what is recorded by now can be recomputed (milliseconds since 1970 UTC). */
  readonly provable_from?: number
}

/** When each stream is open as far as it goes now: −∞ at once, ∞ never. */
export type StreamsOpen = ReadonlyMap<string, number>

const DAY_MS = 86_400_000

/** By the newest setting and the newest entry of each stream. */
export async function streamsOpen(tx: Tx, newest: ReadonlyMap<string, number>): Promise<StreamsOpen> {
  const settings = new Map((await readStreamSettings(tx)).map((setting) => [setting.stream, setting]))
  return new Map([...newest].map(([stream, at]) => {
    const setting = settings.get(stream)
    if (stream === 'ledger' || setting?.opens === 'at-once') return [stream, -Infinity]
    return [stream, setting?.opens === 'delayed' ? at + setting.delayDays * DAY_MS : Infinity]
  }))
}

/** What a rule rests on, as far as it is public. */
export function disclosureOf(rule: string, open: StreamsOpen, nowMs: number): Disclosure {
  const parsed = parseRule(rule)
  const kinds = 'rule' in parsed ? parsed.mentions.map(({ kind }) => kind) : []
  const from = kinds.reduce((latest, kind) => Math.max(latest, open.get(findKind(kind)?.stream ?? '') ?? -Infinity), -Infinity)
  if (from === Infinity) return { provable: 'by-auditors' }
  return from > nowMs ? { provable: 'later', provable_from: from } : { provable: 'now' }
}

/** What nobody can recompute yet shows no single case: no dates and entries of its instances, and no open one of a certain severity. */
export function shownTo(standing: Standing, { provable }: Disclosure): Standing {
  if (provable === 'now') return standing
  const veiled = { ...standing, evidence: [], misses: [] }
  if (!readsMarks(standing.rule)) return veiled
  const { due_at: _, ...undated } = veiled
  const record = { ...standing.record, open: 0 }
  return { ...undated, record, ...standing.standing === 'due' && { standing: record.total > 0 ? 'kept' : 'idle' } }
}

/** An open “report accepted as critical” announces a hole. */
function readsMarks(rule: string): boolean {
  const parsed = parseRule(rule)
  return 'rule' in parsed && parsed.rule.body.pattern === 'response' && parsed.rule.body.trigger.where.length > 0
}
