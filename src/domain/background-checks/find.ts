import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

/** What the newest entry about somebody says; `decided_on` is a day where the organisation is. */
export interface BackgroundCheck { readonly person_id: string; readonly result: 'cleared' | 'not-cleared' | 'not-permitted'; readonly decided_on: string }

/** The newest of each of these people, whoever recorded it. The ledger keeps the word; nothing else does. */
export async function newestChecks(tx: Tx, personIds: readonly string[]): Promise<BackgroundCheck[]> {
  const { rows } = await sql<BackgroundCheck>`
    select distinct on (c.subject_id) c.subject_id as person_id, substr(e.kind, length('background-check.') + 1) as result,
      (coalesce((e.marks ->> 'effective_at')::timestamptz, e.created_at) at time zone o.zone)::date::text as decided_on
    from cases c join entries e on e.cases ? 'person' and e.cases ->> 'person' = c.pseudonym join organizations o on o.id = c.organization_id
    where c.scope = 'people' and c.subject_kind = 'person' and c.subject_id = any (${[...personIds]}) and e.kind like 'background-check.%'
    order by c.subject_id, e.id desc`.execute(tx.db)
  return rows
}
