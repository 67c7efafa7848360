import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { tokenHash } from './tokens.ts'
import './watch-tables.ts'

/** A browser is forgotten when its person has not entered with it for so long; browsers themselves keep a cookie for little longer. */
const rememberedDays = 365
/** More browsers than anybody uses; the one that was used longest ago is forgotten. */
const mostDevices = 30

/** Whether somebody has entered this account with the browser that holds this token. It opens nothing: it only tells the owner from strangers. */
export async function isKnownDevice(db: Kysely<Tables>, token: string, accountId: string): Promise<boolean> {
  const row = await db.selectFrom('known_devices').select('account_id').where('token_hash', '=', deviceHash(token, accountId))
    .where('seen_at', '>', sql<Date>`now() - make_interval(days => ${rememberedDays})`).executeTakeFirst()
  return row !== undefined
}

export async function rememberDevice(db: Kysely<Tables>, token: string, accountId: string): Promise<void> {
  const now = new Date()
  await db.insertInto('known_devices').values({ token_hash: deviceHash(token, accountId), account_id: accountId, created_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('token_hash').doUpdateSet({ seen_at: now })).execute()
  const kept = db.selectFrom('known_devices').select('token_hash').where('account_id', '=', accountId).orderBy('seen_at', 'desc').limit(mostDevices)
  await db.deleteFrom('known_devices').where('account_id', '=', accountId).where('token_hash', 'not in', kept).execute()
}

/** Every browser is a stranger to this account again. */
export const forgetDevices = (db: Kysely<Tables>, accountId: string) => db.deleteFrom('known_devices').where('account_id', '=', accountId).execute()

/** One browser's token serves all of its accounts, and nobody can tell from the table that they share a browser. */
const deviceHash = (token: string, accountId: string): Buffer => tokenHash(`${token}\n${accountId}`)
