import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../src/db/database.ts'
import { startWorker, type Job } from '../../src/jobs/index.ts'

/** Works through the jobs of these names that are queued now, and throws the first error of one. */
export async function workThrough(database: Database, jobs: readonly Job[]): Promise<void> {
  let failed: Error | undefined
  const worker = await startWorker(database, jobs, { pollMs: 50, onFailure: (_, error) => { failed ??= error } })
  const names = jobs.map(({ name }) => name)
  const waiting = async () => (await sql<{ n: number }>`
    select count(*)::int as n from graphile_worker.jobs where task_identifier = any (${names}) and attempts = 0`.execute(database.global)).rows[0]!.n
  for (let left = 400; left > 0 && !failed && await waiting() > 0; left--) await pause(25)
  await worker.stop()
  if (failed) throw failed
}
