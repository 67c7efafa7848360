import type pg from 'pg'

/** A queued job, as the queue's own function takes it back. Its tables are another project's and are not copied. */
export interface QueuedJob {
  readonly task: string
  readonly payload: unknown
  readonly key: string | null
  readonly run_at: string
  readonly max_attempts: number
  readonly priority: number
}

export async function readJobs(client: pg.Client): Promise<QueuedJob[]> {
  const { rows: [queue] } = await client.query(`select to_regclass('graphile_worker._private_jobs') is not null as there`)
  if (!queue.there) return []
  return (await client.query<QueuedJob>(`
    select t.identifier as task, j.payload, j.key, j.run_at::text as run_at, j.max_attempts, j.priority
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts < j.max_attempts order by j.id`)).rows
}

export async function writeJobs(client: pg.Client, jobs: readonly QueuedJob[]): Promise<void> {
  for (const { task, payload, key, run_at, max_attempts, priority } of jobs) {
    await client.query('select graphile_worker.add_job($1, $2::json, run_at => $3::timestamptz, max_attempts => $4, job_key => $5, priority => $6)',
      [task, JSON.stringify(payload), run_at, max_attempts, key, priority])
  }
}
