import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Written } from '../../ledger/index.ts'

/** What the newest entry about somebody says; `decided_on` is a day where the organisation is. */
export interface BackgroundCheck { readonly person_id: string; readonly result: 'cleared' | 'not-cleared' | 'not-permitted'; readonly decided_on: string }

/** The newest of each of these people, whoever recorded it. */
export async function newestChecks(tx: Tx, personIds: readonly string[]): Promise<BackgroundCheck[]> {
  const { rows } = await sql<BackgroundCheck>`
    select person_id, result, (decided_at at time zone o.zone)::date::text as decided_on from background_checks join organizations o on o.id = organization_id
    where person_id = any (${[...personIds]}::uuid[])`.execute(tx.db)
  return rows
}

/** Keeps the word and the date that an entry tells, as it is written. */
export async function keepNewest(tx: Tx, { entryId, subjects: { person } }: Written): Promise<void> {
  await sql`insert into background_checks (organization_id, person_id, result, decided_at, entry_id)
    select organization_id, ${person}, split_part(kind, '.', 2), coalesce((marks ->> 'effective_at')::timestamptz, created_at), id
    from entries where id = ${entryId} on conflict (organization_id, person_id)
      do update set result = excluded.result, decided_at = excluded.decided_at, entry_id = excluded.entry_id`.execute(tx.db)
}
