import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'

/** Of these people, those who may be reminded now: they had no reminder of anything since yesterday at this time. From now on they have had one. */
export async function remindOnce(tx: Tx, people: readonly string[]): Promise<string[]> {
  const now = timestampOf(tx.now)
  const { rows } = await sql<{ id: string }>`
    insert into duty_reminders as r (organization_id, person_id, reminded_at)
    select ${tx.organizationId}::uuid, id, ${now}::timestamptz from unnest(${[...new Set(people)].toSorted()}::uuid[]) as asked (id)
    on conflict (organization_id, person_id) do update set reminded_at = excluded.reminded_at where r.reminded_at <= ${now}::timestamptz - interval '1 day'
    returning person_id as id`.execute(tx.db)
  return rows.map(({ id }) => id)
}
