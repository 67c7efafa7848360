import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { TooMany } from '../lib/errors.ts'
import { attemptKey } from './attempts.ts'
import './tables.ts'

/** One way for guesses to come: so many are free; each one after that has to wait twice as long as the last. */
export interface Lane {
  readonly name: string
  readonly free: number
  readonly longestWaitSeconds: number
  /** Left alone for so long, it begins anew. */
  readonly forgetSeconds: number
}

/**
 * Lets one attempt of `source` pass, or throws `TooMany` with the time that is left to wait. Who is refused does not lengthen the wait.
 * Counted before the secret is looked at, in one statement: of many at once, as many pass as one after the other would. What is free waits
 * for no moment, since of statements at once the one that began first may come last.
 */
export async function pass(database: Database, lane: Lane, source: string): Promise<void> {
  const key = attemptKey(database.keyring, lane.name, source)
  const fresh = sql`make_interval(secs => ${lane.forgetSeconds})`
  const { rows } = await sql<{ passed: boolean }>`
    insert into attempts as lane (key, count, resets_at, next_at) values (${key}, 1, now() + ${fresh}, '-infinity')
    on conflict (key) do update set
      count = case when lane.resets_at < now() then 1 else lane.count + 1 end,
      resets_at = now() + ${fresh},
      next_at = case when lane.resets_at < now() or lane.count + 1 < ${lane.free}::int then '-infinity'
        else now() + make_interval(secs => least(${lane.longestWaitSeconds}::float8, power(2, least(lane.count + 1 - ${lane.free}::int, 20)))) end
    where lane.next_at <= now() or lane.resets_at < now()
    returning true as passed`.execute(database.global)
  if (rows.length === 0) throw new TooMany(await secondsLeft(database, key))
}

async function secondsLeft(database: Database, key: Buffer): Promise<number> {
  const row = await database.global.selectFrom('attempts').select(sql<number>`ceil(extract(epoch from next_at - now()))::int`.as('left'))
    .where('key', '=', key).executeTakeFirst()
  return Math.max(1, row?.left ?? 1)
}
