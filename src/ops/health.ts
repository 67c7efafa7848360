import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { migrations } from '../db/migrations.ts'
import { listFaults } from '../ledger/index.ts'

/** One thing that has to be in order, and what is wrong with it in words for the operator. */
export interface Check { readonly name: string; look(): Promise<string | null> }

export interface Health { readonly ready: boolean; readonly checks: Record<string, string> }

const patienceMs = 3000

/** `/healthz`: the process answers. `/readyz`: it can do its work. Neither tells a stranger more than ok or not. */
export function healthAnswers(checks: readonly Check[], onProblem: (name: string, problem: string) => void): (path: string) => Promise<Response> | undefined {
  return (path) => {
    if (path === '/healthz') return Promise.resolve(answer(200, { alive: true }))
    if (path === '/readyz') return examine(checks, onProblem).then((health) => answer(health.ready ? 200 : 503, health))
  }
}

export async function examine(checks: readonly Check[], onProblem: (name: string, problem: string) => void = () => {}): Promise<Health> {
  const results = await Promise.all(checks.map(async ({ name, look }) => [name, await inTime(look)] as const))
  for (const [name, problem] of results) if (problem) onProblem(name, problem)
  return { ready: results.every(([, problem]) => !problem), checks: Object.fromEntries(results.map(([name, problem]) => [name, problem ? 'failed' : 'ok'])) }
}

export const databaseCheck = (database: Database): Check => ({
  name: 'database',
  async look() {
    const { rows: [row] } = await sql<{ fits: boolean }>`select not pg_is_in_recovery() as fits`.execute(database.global)
    return row?.fits ? null : 'The database is a standby and takes no writes.'
  },
})

export const migrationsCheck = (database: Database): Check => ({
  name: 'migrations',
  async look() {
    const { rows } = await sql<{ sha256: string }>`select sha256 from migrations order by number`.execute(database.global)
    const same = rows.length === migrations.length && rows.every(({ sha256 }, i) => sha256 === migrations[i]!.sha256)
    return same ? null : `The schema is not the one of this version: ${rows.length} migrations are applied, ${migrations.length} are known.`
  },
})

/** The sequencer verifies a log before it goes on and notes what does not fit. */
export const ledgerCheck = (database: Database): Check => ({
  name: 'ledger',
  async look() {
    const faults = await listFaults(database)
    return faults.length === 0 ? null : `Nothing can be appended to ${faults.length} of the logs: ${faults[0]!.reason} Run “avow doctor”.`
  },
})

const leastFreeBytes = 256 * 1024 * 1024

export const diskCheck = (folder: string): Check => ({
  name: 'disk',
  async look() {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    if (free >= leastFreeBytes) return null
    return `Only ${Math.floor(free / 1024 / 1024)} MB are free where ${folder} lies; ${leastFreeBytes / 1024 / 1024} are the least.`
  },
})

async function inTime(look: () => Promise<string | null>): Promise<string | null> {
  const slow = Promise.withResolvers<string>()
  const timer = setTimeout(() => slow.resolve(`There was no answer within ${patienceMs / 1000} seconds.`), patienceMs)
  try { return await Promise.race([look(), slow.promise]) } catch (error) { return (error as Error).message } finally { clearTimeout(timer) }
}

const answer = (status: number, body: unknown) => Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
