import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { isProven, type Sender, type SenderKind } from './senders.ts'
import type { GateSettings } from './settings.ts'

/** What was reported by one sender within a rolling year, by what became of it. `open` is not judged yet. */
export interface Reputation { readonly accepted: number; readonly duplicate: number; readonly invalid: number; readonly spam: number; readonly open: number }

/** One sender's record, as far as a new report is judged by it. */
export interface SenderRecord extends Reputation {
  readonly kind: SenderKind
  /** Sent within the last hour and day. */
  readonly hour: number
  readonly day: number
  /** The block in force, if there is one. */
  readonly block: string | null
  /** A code that a known reporter gave, and that still holds. */
  readonly vouched: boolean
}

/** Of whoever has sent more than this, the newest decide; that bounds what a flood costs. */
const NEWEST = 500

/** The records of all of a report's senders, in one statement. Of an array PostgreSQL would not know how many there are, and plan it each time. */
export async function recordsOf(tx: Tx, senders: readonly Sender[]): Promise<SenderRecord[]> {
  if (senders.length === 0) return []
  const { rows } = await sql<SenderRecord>`
    select sender.kind, block.id as block, voucher.hash is not null as vouched, accepted, duplicate, invalid, spam, open, hour, day
    from (values ${sql.join(senders.map(({ kind, hash }) => sql`(${kind}::text, ${hash}::bytea)`))}) as sender (kind, hash)
    left join sender_blocks block on block.hash = sender.hash and block.lifted_at is null
    left join vouchers voucher on voucher.hash = sender.hash and voucher.ended_at is null
    cross join lateral (
      select count(*) filter (where outcome = 'accepted')::int as accepted, count(*) filter (where outcome = 'duplicate')::int as duplicate,
        count(*) filter (where outcome = 'invalid')::int as invalid, count(*) filter (where outcome = 'spam')::int as spam,
        count(*) filter (where outcome is null)::int as open,
        count(*) filter (where at > ${tx.now}::timestamptz - interval '1 hour')::int as hour,
        count(*) filter (where at > ${tx.now}::timestamptz - interval '1 day')::int as day
      from (select outcome, at from report_senders where hash = sender.hash and at > ${tx.now}::timestamptz - interval '1 year'
        order by at desc limit ${NEWEST}) newest) year`.execute(tx.db)
  return rows
}

/** What counts for and against whoever sent it: only what nobody else could have used speaks for them. */
export function standingBy(records: readonly SenderRecord[], { knownAfter }: Pick<GateSettings, 'knownAfter'>): 'known' | 'vouched' | 'unknown' | 'doubtful' {
  const own = records.filter(({ kind }) => isProven(kind))
  if (own.some(isDoubtful)) return 'doubtful'
  if (own.some(({ accepted }) => accepted >= knownAfter)) return 'known'
  if (own.some(({ vouched }) => vouched)) return 'vouched'
  return records.some((record) => record.kind !== 'network' && isDoubtful(record)) ? 'doubtful' : 'unknown'
}

/** Three that were nothing, and more than twice as many as were accepted. */
const isDoubtful = ({ accepted, invalid, spam }: Reputation) => invalid + spam >= 3 && invalid + spam > 2 * accepted

/** The reputation of whoever sent this report: of what is proven where anything is, else of what they only said. Null: it came from nobody in particular. */
export async function reputationOf(tx: Tx, reportId: string): Promise<Reputation & { readonly proven: boolean } | null> {
  const senders = await tx.db.selectFrom('report_senders').select(['kind', 'hash']).where('report_id', '=', reportId).where('kind', '!=', 'network').execute()
  const records = await recordsOf(tx, senders)
  const record = records.find(({ kind }) => isProven(kind)) ?? records[0]
  return record ? { ...record, proven: isProven(record.kind) } : null
}
