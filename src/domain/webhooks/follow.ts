import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import type { Written } from '../../ledger/index.ts'
import { jobName } from './deliver.ts'

/**
 * Queues the entries for every webhook that wants their kind: one statement, in the transaction that writes them, sent without waiting. It holds no star
 * of its own, so that it stays prepared.
 */
export function queueDeliveries(tx: Tx, written: readonly Written[]): void {
  const data = written.map(({ entryId, subjects, marks }) => JSON.stringify({ entry: entryId, subjects, marks }))
  tx.send(sql`
    with made as (
      insert into webhook_deliveries (organization_id, id, webhook_id, kind, data, made_at)
      select organization_id, gen_random_uuid(), id, entry.kind, entry.data::jsonb, ${timestampOf(tx.now)}
      from webhooks, unnest(${written.map(({ kind }) => kind)}::text[], ${data}::text[]) as entry (kind, data)
      where ended_at is null and stopped_at is null
        and exists (select from unnest(kinds) wanted where wanted in (${'*'}, entry.kind, split_part(entry.kind, '.', 1) || ${'.*'}))
      returning id)
    select graphile_worker.add_job(${jobName}, json_build_object('organizationId', ${tx.organizationId}::text, 'payload', json_build_object('delivery', id)))
    from made`.execute(tx.db))
}
