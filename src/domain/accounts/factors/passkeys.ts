import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { AuthenticationResponseJSON, RegistrationResponseJSON, VerifiedRegistrationResponse } from '@simplewebauthn/server'
import { openPersonal, sealPersonal } from '../../../access/personal-box.ts'
import type { AccountRow, PasskeyRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { Refused } from '../../../lib/errors.ts'
import type { Page } from '../../../web/page.ts'
import { algorithms, siteOf, takeChallenge } from './passkey-questions.ts'

const place = 'passkey/name'

/** What a page shows of a passkey. */
export interface Passkey {
  readonly id: string
  readonly name: string
  /** The host that it works on. */
  readonly site: string
  /** Whether it lives in a keychain that copies it to other devices. */
  readonly synced: boolean
  readonly addedAt: Date
  readonly usedAt: Date | null
}

/** Made by the browser in answer to our question, and found good. */
export interface NewPasskey { readonly rpID: string; readonly made: NonNullable<VerifiedRegistrationResponse['registrationInfo']> }

export async function listPasskeys(tx: Tx, account: AccountRow): Promise<Passkey[]> {
  const rows = await tx.db.selectFrom('passkeys').selectAll().where('account_id', '=', account.id).orderBy('created_at').execute()
  return Promise.all(rows.map(async (row) => ({
    id: row.id, name: await openPersonal<string>(tx.keyring, account, place, row.name_box), site: row.rp_id, synced: row.synced,
    addedAt: row.created_at, usedAt: row.used_at,
  })))
}

export async function verifyNewPasskey(page: Page, account: AccountRow, answer: string): Promise<NewPasskey> {
  const response = read<RegistrationResponseJSON>(answer)
  const { rpID, origin } = siteOf(page)
  const { registrationInfo: made } = await understood(() => verifyRegistrationResponse({
    response, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: false, supportedAlgorithmIDs: algorithms,
    expectedChallenge: (challenge) => takeChallenge(page, challenge, 'add', account.id),
  }))
  if (!made) throw refused()
  return { rpID, made }
}

export async function keepPasskey(tx: Tx, account: AccountRow, { rpID, made }: NewPasskey, name: string): Promise<void> {
  const { id, publicKey, counter, transports = [] } = made.credential
  const inserted = await tx.db.insertInto('passkeys').values({
    id: tx.newId(), account_id: account.id, credential_id: Buffer.from(id, 'base64url'), public_key: Buffer.from(publicKey), sign_count: counter, transports,
    rp_id: rpID, synced: made.credentialBackedUp, name_box: await sealPersonal(tx.keyring, account, place, name), created_at: new Date(), used_at: null,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  if (!inserted) throw new Refused('passkey_known', 'This passkey was added before.')
}

/**
 * The account whose passkey answered our question. `accountId`: whose it has to be; null where the passkey is to say it, and then it has
 * to have verified its user. Throws `Refused` for whatever is wrong, in the same words.
 */
export async function takePasskey(page: Page, accountId: string | null, answer: string): Promise<string> {
  const response = read<AuthenticationResponseJSON>(answer)
  const row = await findPasskey(page, response)
  if (!row || (accountId !== null && row.account_id !== accountId)) throw refused()
  const { rpID, origin } = siteOf(page)
  const { verified, authenticationInfo } = await understood(() => verifyAuthenticationResponse({
    response, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: accountId === null,
    expectedChallenge: (challenge) => takeChallenge(page, challenge, accountId === null ? 'sign-in' : 'confirm', accountId),
    credential: { id: row.credential_id.toString('base64url'), publicKey: new Uint8Array(row.public_key), counter: Number(row.sign_count) },
  }))
  if (!verified) throw refused()
  const used = { sign_count: authenticationInfo.newCounter, used_at: new Date() }
  await page.deps.database.global.updateTable('passkeys').set(used).where('id', '=', row.id).execute()
  return row.account_id
}

export async function renamePasskey(tx: Tx, account: AccountRow, id: string, name: string): Promise<boolean> {
  const name_box = await sealPersonal(tx.keyring, account, place, name)
  const { numUpdatedRows } = await tx.db.updateTable('passkeys').set({ name_box }).where('account_id', '=', account.id).where('id', '=', id).executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function removePasskey(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db.deleteFrom('passkeys').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

async function findPasskey(page: Page, { id }: AuthenticationResponseJSON): Promise<PasskeyRow | undefined> {
  return page.deps.database.global.selectFrom('passkeys').innerJoin('accounts', 'accounts.id', 'passkeys.account_id').selectAll('passkeys')
    .where('credential_id', '=', Buffer.from(id, 'base64url')).where('disabled_at', 'is', null).executeTakeFirst()
}

function read<R extends { id: string }>(answer: string): R {
  try {
    const response = JSON.parse(answer) as Partial<R> | null
    if (typeof response?.id === 'string') return response as R
  } catch { /* Not even JSON: refused like all the rest. */ }
  throw refused()
}

/** What the library does not accept, it throws in words for developers. */
async function understood<T>(verify: () => Promise<T>): Promise<T> {
  try { return await verify() } catch { throw refused() }
}

const refused = () => new Refused('passkey_failed', 'The passkey was not accepted. Try again, within five minutes of being asked.')
