import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { Tx } from '../db/tx.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Keyring } from '../seal/keyring.ts'
import { openPersonal, sealPersonal } from './personal-box.ts'
import type { AccountRow } from './tables.ts'
import { newToken, tokenHash } from './tokens.ts'
import type { AlertKind, AlertRow, Answer } from './watch-tables.ts'

export type { AlertKind, Answer }

/** What its owner is shown. Countries by ISO 3166-1 alpha-2. */
export interface Noticed {
  readonly reasons: readonly ('new-device' | 'impossible-distance' | 'after-failures')[]
  readonly attempts: number
  readonly country: string | null
  readonly from: string | null
  readonly device: string
  readonly method: string
}

/** How long the link in the mail can be answered. */
export const alertDays = 14

/** The token of the link by which its owner answers; null where the same was told in this period already. */
export async function insertAlert(tx: Tx, account: AccountRow, kind: AlertKind, period: string, noticed: Noticed): Promise<string | null> {
  const token = newToken()
  const id = tx.newId()
  const box = await sealPersonal(tx.keyring, account, `alert/${id}`, noticed)
  const row = { id, account_id: account.id, kind, period, noticed_at: timestampOf(tx.now), box, token_hash: tokenHash(token), answer: null, answered_at: null }
  const inserted = await tx.db.insertInto('alerts').values(row).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  return inserted ? token : null
}

/** Whether the same was told in this period already. */
export async function isRaised(tx: Tx, accountId: string, { kind, period }: Pick<AlertRow, 'kind' | 'period'>): Promise<boolean> {
  const of = tx.db.selectFrom('alerts').select('id').where('account_id', '=', accountId)
  return await of.where('kind', '=', kind).where('period', '=', period).executeTakeFirst() !== undefined
}

/** An alert that can still be answered: by the token of its mail, or by its owner, who is signed in. Locked where it is about to be answered. */
export async function findOpenAlert(tx: Tx, by: { token: string } | { id: string; accountId: string }, lock: 'lock' | 'look'): Promise<AlertRow | null> {
  const open = tx.db.selectFrom('alerts').selectAll().where('answer', 'is', null)
    .where('noticed_at', '>', timestampOf(tx.now.subtract({ hours: alertDays * 24 })))
  const one = 'token' in by ? open.where('token_hash', '=', tokenHash(by.token)) : open.where('id', '=', by.id).where('account_id', '=', by.accountId)
  return await (lock === 'lock' ? one.forUpdate() : one).executeTakeFirst() ?? null
}

export const answerAlert = (tx: Tx, id: string, answer: Answer) =>
  tx.db.updateTable('alerts').set({ answer, answered_at: timestampOf(tx.now), token_hash: null }).where('id', '=', id).execute()

/** The newest first. */
export const listAlerts = (db: Kysely<Tables>, accountId: string, limit = 20): Promise<AlertRow[]> =>
  db.selectFrom('alerts').selectAll().where('account_id', '=', accountId).orderBy('noticed_at', 'desc').limit(limit).execute()

export const openAlert = (keyring: Keyring, account: AccountRow, { id, box }: AlertRow): Promise<Noticed> =>
  openPersonal<Noticed>(keyring, account, `alert/${id}`, box)

/** Removes what is older than a year. For the daily job. */
export const sweepAlerts = (db: Kysely<Tables>) =>
  db.deleteFrom('alerts').where('noticed_at', '<', sql<Date>`now() - interval '1 year'`).execute()
