import type { Selectable } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { openPersonal, sealPersonal } from '../../../access/personal-box.ts'
import type { AccountRow, TotpFactorRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'

/** What an app has to be told: 160 random bits, six digits, every 30 seconds (RFC 6238), which is what every app understands. */
export interface NewApp {
  /** In base32, to be typed. */
  readonly secret: string
  /** `otpauth://totp/…`, to be drawn as a QR code. */
  readonly uri: string
}

type App = Selectable<TotpFactorRow>

/** A clock may be one step behind or ahead. */
const window = 1
const place = 'totp-factor/secret'

/** Begins to add an app; what was begun before is forgotten. It counts when its first code was right. */
export async function beginApp(tx: Tx, account: AccountRow): Promise<void> {
  await ofAccount(tx, account.id, 'begun').execute()
  const secret_box = await sealPersonal(tx.keyring, account, place, new Secret({ size: 20 }).base32)
  await tx.db.insertInto('totp_factors').values({ id: tx.newId(), account_id: account.id, secret_box, created_at: new Date(), active_at: null, used_at: null })
    .execute()
}

/** The app that is being added. `issuer` and `label` are what the app will call it. */
export async function begunApp(tx: Tx, account: AccountRow, { issuer, label }: { issuer: string; label: string }): Promise<NewApp | null> {
  const row = await findApp(tx, account.id, 'begun')
  if (!row) return null
  const totp = await totpOf(tx, account, row)
  return { secret: totp.secret.base32, uri: new TOTP({ issuer, label, secret: totp.secret }).toString() }
}

/** The first code: the app counts from now on, in the place of an older one. False where the code is wrong. */
export async function activateApp(tx: Tx, account: AccountRow, code: string): Promise<boolean> {
  const row = await findApp(tx, account.id, 'begun')
  const step = row && stepOf(await totpOf(tx, account, row), code)
  if (!row || typeof step !== 'number') return false
  await removeApp(tx, account.id)
  await tx.db.updateTable('totp_factors').set({ active_at: new Date(), used_at: new Date(), last_step: step }).where('id', '=', row.id).execute()
  return true
}

/** Whether this is the app's code now. A code is accepted once, also when it comes twice at the same moment: the later step wins the row. */
export async function takeAppCode(tx: Tx, account: AccountRow, code: string): Promise<boolean> {
  const row = await findApp(tx, account.id, 'active')
  const step = row && stepOf(await totpOf(tx, account, row), code)
  if (!row || typeof step !== 'number') return false
  const { numUpdatedRows } = await tx.db.updateTable('totp_factors').set({ last_step: step, used_at: new Date() })
    .where('id', '=', row.id).where('last_step', '<', step).executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whether there was one. */
export async function removeApp(tx: Tx, accountId: string): Promise<boolean> {
  const { numDeletedRows } = await ofAccount(tx, accountId, 'active').executeTakeFirst()
  return numDeletedRows > 0n
}

export async function findApp(tx: Tx, accountId: string, state: 'begun' | 'active'): Promise<App | undefined> {
  return tx.db.selectFrom('totp_factors').selectAll().where('account_id', '=', accountId)
    .where('active_at', state === 'begun' ? 'is' : 'is not', null).executeTakeFirst()
}

const ofAccount = (tx: Tx, accountId: string, state: 'begun' | 'active') =>
  tx.db.deleteFrom('totp_factors').where('account_id', '=', accountId).where('active_at', state === 'begun' ? 'is' : 'is not', null)

async function totpOf(tx: Tx, account: AccountRow, row: App): Promise<TOTP> {
  return new TOTP({ secret: Secret.fromBase32(await openPersonal<string>(tx.keyring, account, place, row.secret_box)) })
}

/** The time step whose code this is; null where it is none of those that count now. */
function stepOf(totp: TOTP, code: string): number | null {
  const delta = totp.validate({ token: code, window })
  return delta === null ? null : totp.counter() + delta
}
