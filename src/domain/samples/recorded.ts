import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Period, Source } from './samplable.ts'

/** The ledger as a source: about whom it holds an entry of one of these kinds from the period. By the recorded time, which decides. */
export async function recorded(tx: Tx, kinds: readonly string[], subject: string, { since, until }: Period): Promise<Source> {
  const { rows } = await sql<{ id: string }>`
    select distinct c.subject_id as id from entries e join leaves l on l.entry_id = e.id
      join cases c on c.subject_kind = ${subject} and c.pseudonym = e.cases ->> ${subject}
    where e.kind = any (${[...kinds]}) and l.at_ms >= ${since.epochMilliseconds} and l.at_ms < ${until.epochMilliseconds}`.execute(tx.db)
  return { source: 'the ledger', ids: rows.map(({ id }) => id) }
}
