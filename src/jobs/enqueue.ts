import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'

export interface When {
  /** At once, unless told. */
  readonly runAt?: Temporal.Instant
  /** Of several waiting jobs of one organisation, name and key only the last one stays. */
  readonly key?: string
  /** After all others that are due: work that nobody waits for. */
  readonly last?: boolean
}

/** Queues a job in the transaction: it runs if and only if this commits. `payload` carries ids, never personal data. */
export async function enqueue(tx: Tx, name: string, payload: Record<string, string | number | boolean>, { runAt, key, last }: When = {}): Promise<void> {
  const queued = JSON.stringify({ organizationId: tx.organizationId, payload })
  tx.send(sql`
    select graphile_worker.add_job(${name}, ${queued}::json,
      run_at => ${runAt ? runAt.toString() : null}::timestamptz,
      job_key => ${key ? `${tx.organizationId}/${name}/${key}` : null},
      priority => ${last ? 100 : 0})`.execute(tx.db))
}

type Payload = Readonly<Record<string, string | number | boolean>>

/** Many of one name, each under its own key, in one statement. */
export function enqueueEach(tx: Tx, name: string, jobs: readonly { readonly payload: Payload; readonly key: string }[]): void {
  const queued = jobs.map(({ payload }) => JSON.stringify({ organizationId: tx.organizationId, payload }))
  const keys = jobs.map(({ key }) => `${tx.organizationId}/${name}/${key}`)
  tx.send(sql`
    select from graphile_worker.add_jobs(array(
      select row(${name}, queued::json, null, null, null, key, null, null)::graphile_worker.job_spec
      from unnest(${queued}::text[], ${keys}::text[]) as job (queued, key)))`.execute(tx.db))
}
