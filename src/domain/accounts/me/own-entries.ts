import { sql } from 'kysely'
import { personIdOf } from '../../../access/people.ts'
import type { Tx } from '../../../db/tx.ts'
import { findKind, pseudonymsOf } from '../../../ledger/index.ts'

/** One entry that somebody made, or that is about them. */
export interface OwnEntry {
  readonly id: string
  readonly at: Date
  readonly kind: string
  readonly about: string
  /** Whether they did it themselves. */
  readonly mine: boolean
  readonly marks: Readonly<Record<string, unknown>>
}

/** In this organisation, the newest first. */
export async function ownEntries(tx: Tx, accountId: string, limit: number): Promise<OwnEntry[]> {
  const actor = `member:${accountId}`
  const personId = await personIdOf(tx, accountId)
  const pseudonyms = [...await pseudonymsOf(tx, 'person', accountId), ...await pseudonymsOf(tx, 'person', personId)]
  const about = tx.db.selectFrom('entries').select('id').where(sql<boolean>`cases ? 'person'`).where(sql<boolean>`cases ->> 'person' = any (${pseudonyms})`)
    .orderBy('id', 'desc').limit(limit)
  const by = tx.db.selectFrom('entries').select('id').where('actor', '=', actor).where('actor', 'like', sql<string>`'member:%'`)
    .orderBy('id', 'desc').limit(limit)
  const rows = await tx.db.selectFrom('entries').select(['id', 'kind', 'marks', 'actor', 'created_at'])
    .where((is) => is.or([is('id', 'in', about), is('id', 'in', by)])).orderBy('id', 'desc').limit(limit).execute()
  return rows.map(({ id, kind, marks, actor: who, created_at: at }) => ({ id, at, kind, about: findKind(kind)?.about ?? kind, mine: who === actor, marks }))
}
