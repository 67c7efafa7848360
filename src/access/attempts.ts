import { createHmac } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { TooMany } from '../lib/errors.ts'
import type { Keyring } from '../seal/keyring.ts'
import './tables.ts'

/** So many in so long, for one source of attempts. */
export interface Allowance { readonly name: string; readonly count: number; readonly perSeconds: number }

/**
 * Counts one attempt and throws `TooMany` when there were more than allowed. `source` is a network address or an account:
 * what is stored is a hash with a key that changes daily, so that nobody can tell later who it was.
 */
export async function countAttempt(database: Database, allowance: Allowance, source: string): Promise<void> {
  const key = sourceKey(database.keyring, `${allowance.name}\n${source}`)
  const { count, left } = await bump(database.global, key, allowance)
  if (count > allowance.count) throw new TooMany(Math.max(1, Math.ceil(left)))
}

/** What succeeded need not count against the next time. */
export async function forgetAttempts(database: Database, allowance: Allowance, source: string): Promise<void> {
  await database.global.deleteFrom('attempts').where('key', '=', sourceKey(database.keyring, `${allowance.name}\n${source}`)).execute()
}

/** Removes what has run out. For the hourly job. */
export const sweepAttempts = (db: Kysely<Tables>) => db.deleteFrom('attempts').where('resets_at', '<', sql<Date>`now()`).execute()

async function bump(db: Kysely<Tables>, key: Buffer, { perSeconds }: Allowance): Promise<{ count: number; left: number }> {
  const fresh = sql<Date>`now() + make_interval(secs => ${perSeconds})`
  return db.insertInto('attempts').values({ key, count: 1, resets_at: fresh })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({
      count: sql<number>`case when attempts.resets_at < now() then 1 else attempts.count + 1 end`,
      resets_at: sql<Date>`case when attempts.resets_at < now() then excluded.resets_at else attempts.resets_at end`,
    }))
    .returning(['count', sql<number>`extract(epoch from resets_at - now())::float8`.as('left')]).executeTakeFirstOrThrow()
}

const sourceKey = (keyring: Keyring, source: string): Buffer =>
  createHmac('sha256', keyring.derive('attempts')).update(`${new Date().toISOString().slice(0, 10)}\n${source}`).digest()
