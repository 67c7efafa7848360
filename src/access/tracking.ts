import type { Tx } from '../db/tx.ts'
import { newToken, tokenHash } from './tokens.ts'
import './tables.ts'

const hours = 12
export const trackingSeconds = hours * 3600

/** Lets a browser stay with one report, once its phrase was given. The answer is the token for the cookie `tracking`. */
export async function startTracking(tx: Tx, reportId: string): Promise<string> {
  const token = newToken()
  const expires_at = new Date(tx.now.epochMilliseconds + trackingSeconds * 1000)
  await tx.db.insertInto('tracking_sessions').values({ organization_id: tx.organizationId, token_hash: tokenHash(token), report_id: reportId, expires_at }).execute()
  return token
}

export async function trackedReport(tx: Tx, token: string): Promise<string | null> {
  const row = await tx.db.selectFrom('tracking_sessions').select('report_id')
    .where('token_hash', '=', tokenHash(token)).where('expires_at', '>', new Date(tx.now.epochMilliseconds)).executeTakeFirst()
  return row?.report_id ?? null
}

/** Forgets the report in this browser. */
export async function endTracking(tx: Tx, token: string): Promise<void> {
  await tx.db.deleteFrom('tracking_sessions').where('token_hash', '=', tokenHash(token)).execute()
}
