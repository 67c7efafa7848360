import type { LedgerEvent } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import { parseFactsBox, sequenced } from './entry.ts'

/** An entry as monitors read it, and the stream in which it is filed. */
export type FiledEvent = LedgerEvent & { readonly stream: string }

/** Sequenced entries from `fromIndex` on, as monitors read them. Facts come along only where they are open, so that a replay after an erasure is the same. */
export async function readEvents(tx: Tx, fromIndex: number, limit: number): Promise<FiledEvent[]> {
  const rows = await sequenced(tx)
    .select(['leaves.index', 'leaves.at_ms', 'entries.kind', 'entries.stream', 'entries.cases', 'entries.marks', 'entries.key_id'])
    .select((row) => row.case().when('entries.key_id', 'is', null).then(row.ref('entries.facts')).end().as('open_facts'))
    .where('leaves.index', '>=', fromIndex).orderBy('leaves.index').limit(limit).execute()
  return rows.map(({ index, at_ms: at, kind, stream, cases, marks, open_facts: box }) => ({
    index, at, kind, stream, cases, marks, ...(box && { facts: parseFactsBox(box).facts }),
  }))
}

/** How many entries the log holds. */
export async function logSize(tx: Tx): Promise<number> {
  const newest = await tx.db.selectFrom('checkpoints').select((row) => row.fn.max('size').as('size')).executeTakeFirst()
  return newest?.size ?? 0
}
