import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { AccountRow } from './tables.ts'
import { newToken, tokenHash } from './tokens.ts'
import './tables.ts'

/** Unused for so long, a session ends; however much it is used, it ends after the second. */
const idleHours = 24
const absoluteDays = 14
export const sessionSeconds = absoluteDays * 24 * 3600

/** A new session; the answer is the token for the cookie, which is kept nowhere else. Signing in always makes a new one. */
export async function startSession(db: Kysely<Tables>, accountId: string): Promise<string> {
  const token = newToken()
  const now = Date.now()
  await db.insertInto('sessions').values({
    token_hash: tokenHash(token), account_id: accountId, created_at: new Date(now), seen_at: new Date(now), expires_at: new Date(now + sessionSeconds * 1000),
  }).execute()
  return token
}

/** The account whose living session this is. */
export async function sessionAccount(db: Kysely<Tables>, token: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('sessions').innerJoin('accounts', 'accounts.id', 'sessions.account_id').selectAll('accounts').select('seen_at')
    .where('token_hash', '=', tokenHash(token)).where('disabled_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`).where('seen_at', '>', sql<Date>`now() - make_interval(hours => ${idleHours})`)
    .executeTakeFirst()
  if (!row) return null
  if (Date.now() - row.seen_at.getTime() > 60_000) await touch(db, token)
  return row
}

export const endSession = (db: Kysely<Tables>, token: string) => db.deleteFrom('sessions').where('token_hash', '=', tokenHash(token)).execute()

const touch = (db: Kysely<Tables>, token: string) =>
  db.updateTable('sessions').set({ seen_at: sql<Date>`now()` }).where('token_hash', '=', tokenHash(token)).execute()
