import { Logger, parseCronItems, run, type CronItem, type JobHelpers, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { enqueue } from './enqueue.ts'
import type { Job, OrganizationJob } from './job.ts'

export interface WorkerOptions {
  /** Jobs at once in this process. */
  readonly concurrency?: number
  /** How soon a queued job is found when the database's notification is lost. */
  readonly pollMs?: number
  readonly onFailure?: (job: string, error: Error) => void
}

export interface Worker {
  /** Takes no new job, gives the running ones a moment to end, and hands back what did not. */
  stop(): Promise<void>
}

/** Starts to work through the queue. Any number of processes may do so at once; each job runs in one of them. */
export async function startWorker(database: Database, jobs: readonly Job[], options: WorkerOptions = {}): Promise<Worker> {
  const { concurrency = 4, pollMs = 2000, onFailure = () => {} } = options
  const tasks: TaskList = {}
  for (const job of jobs) tasks[job.name] = (queued, helpers) => perform(database, job, queued, helpers)
  const runner = await run({
    connectionString: database.url,
    concurrency,
    pollInterval: pollMs,
    maxPoolSize: concurrency + 1,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 5000,
    logger: new Logger(() => () => {}),
    taskList: tasks,
    parsedCronItems: parseCronItems(jobs.flatMap(cronItem)),
  })
  runner.events.on('job:error', ({ job, error }) => onFailure(job.task_identifier, error as Error))
  return { stop: () => runner.stop() }
}

const queuedShape = z.object({ organizationId: z.uuid().optional(), payload: z.record(z.string(), z.unknown()).default({}) })

async function perform(database: Database, job: Job, queued: unknown, { abortSignal }: JobHelpers): Promise<void> {
  const { organizationId, payload } = queuedShape.parse(queued)
  const work = { database, actor: { kind: 'system', job: job.name } as const, signal: abortSignal! }
  if (job.of === 'deployment') return job.run(work, job.payload.parse(payload))
  if (organizationId) return job.run({ ...work, organizationId }, job.payload.parse(payload))
  return forEachOrganization(database, job)
}

/** What the clock called for is queued once for each organisation, so that one failure stops no other. */
async function forEachOrganization(database: Database, job: OrganizationJob): Promise<void> {
  const organizations = await database.global.selectFrom('organizations').select('id').execute()
  for (const { id } of organizations) await database.write(id, (tx) => enqueue(tx, job.name, {}, { key: 'clock' }))
}

const cronItem = (job: Job): CronItem[] => job.every ? [{ task: job.name, match: job.every, options: { jobKey: job.name } }] : []
