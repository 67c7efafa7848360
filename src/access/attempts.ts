import { createHmac } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { TooMany } from '../lib/errors.ts'
import type { Keyring } from '../seal/keyring.ts'
import './tables.ts'

/** So many in so long, for one source of attempts. */
export interface Allowance { readonly name: string; readonly count: number; readonly perSeconds: number }

/** What is counted to be noticed, not to be refused. */
export type Tally = Omit<Allowance, 'count'>

/** Counts one attempt of `source`, a network address or an account, and throws `TooMany` when there were more than allowed. */
export async function countAttempt(database: Database, allowance: Allowance, source: string): Promise<void> {
  const { count, left } = await bump(database, allowance, source)
  if (count > allowance.count) throw new TooMany(Math.max(1, Math.ceil(left)))
}

/** What succeeded need not count against the next time. */
export async function forgetAttempts(database: Database, { name }: Pick<Allowance, 'name'>, source: string): Promise<void> {
  await database.global.deleteFrom('attempts').where('key', '=', attemptKey(database.keyring, name, source)).execute()
}

/** Counts one more, and says how many there were. */
export const countMore = async (database: Database, tally: Tally, source: string): Promise<number> => (await bump(database, tally, source)).count

/** How many there were. */
export async function countSoFar(database: Database, { name }: Tally, source: string): Promise<number> {
  const row = await database.global.selectFrom('attempts').select('count')
    .where('key', '=', attemptKey(database.keyring, name, source)).where('resets_at', '>', sql<Date>`now()`).executeTakeFirst()
  return row?.count ?? 0
}

/** What succeeded is given back: only what failed counts. Counting comes first, so that many at once are not all let through. */
export async function returnAttempt(database: Database, allowance: Allowance, source: string): Promise<void> {
  await database.global.updateTable('attempts').set((is) => ({ count: is('count', '-', 1) })).where('count', '>', 0)
    .where('key', '=', attemptKey(database.keyring, allowance.name, source)).execute()
}

/** Removes what has run out. For the hourly job. */
export const sweepAttempts = (db: Kysely<Tables>) => db.deleteFrom('attempts').where('resets_at', '<', sql<Date>`now()`).execute()

async function bump({ global, keyring }: Database, { name, perSeconds }: Tally, source: string): Promise<{ count: number; left: number }> {
  const fresh = sql<Date>`now() + make_interval(secs => ${perSeconds})`
  return global.insertInto('attempts').values({ key: attemptKey(keyring, name, source), count: 1, resets_at: fresh })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({
      count: sql<number>`case when attempts.resets_at < now() then 1 else attempts.count + 1 end`,
      resets_at: sql<Date>`case when attempts.resets_at < now() then excluded.resets_at else attempts.resets_at end`,
    }))
    .returning(['count', sql<number>`extract(epoch from resets_at - now())::float8`.as('left')]).executeTakeFirstOrThrow()
}

/**
 * Where the attempts of one source are counted: a place out of 2^20 for each name, by a hash with a key that changes daily. Nobody can tell
 * later who it was, and whatever is sent, there are no more rows than that. Two sources in one place only count as one.
 */
export const attemptKey = (keyring: Keyring, name: string, source: string): Buffer => {
  const hash = createHmac('sha256', keyring.derive('attempts')).update(`${new Date().toISOString().slice(0, 10)}\n${name}\n${source}`).digest('hex')
  return Buffer.from(`${name}:${hash.slice(0, 5)}`)
}
