import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { sql, type Kysely } from 'kysely'
import { identityOf } from '../../../access/accounts.ts'
import type { AccountRow, PasskeyChallengeRow } from '../../../access/tables.ts'
import { tokenHash } from '../../../access/tokens.ts'
import type { Tables } from '../../../db/tables.ts'
import type { Page } from '../../../web/page.ts'

export type Purpose = PasskeyChallengeRow['purpose']
const minutes = 5
/** EdDSA, ES256 and RS256 (COSE): one of them every authenticator knows. */
export const algorithms = [-8, -7, -257]

/** Whose passkeys these are: a browser gives a passkey to this host alone, under this very origin. */
export function siteOf(page: Page): { rpID: string; origin: string } {
  const { hostname, origin } = new URL(page.address('/'))
  return { rpID: hostname, origin }
}

/** What the browser has to ask for a new passkey. One that the person has here already is not added twice. */
export async function questionToAdd(page: Page, account: AccountRow) {
  const { database } = page.deps
  const { rpID } = siteOf(page)
  const { name, address } = await identityOf(database.keyring, account)
  const options = await generateRegistrationOptions({
    rpName: page.organization.name, rpID, userName: address, userDisplayName: name, userID: Buffer.from(account.id.replaceAll('-', ''), 'hex'),
    attestationType: 'none', supportedAlgorithmIDs: algorithms, excludeCredentials: await credentials(database.global, account.id, rpID),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await keepChallenge(page, options.challenge, 'add', account.id)
  return options
}

/** As a first factor the passkey verifies its user (a fingerprint, a PIN) and says itself whose it is. */
export async function questionToSignIn(page: Page) {
  const options = await generateAuthenticationOptions({ rpID: siteOf(page).rpID, userVerification: 'required' })
  await keepChallenge(page, options.challenge, 'sign-in', null)
  return options
}

/** As a second factor, it is one of this account's. */
export async function questionToConfirm(page: Page, account: AccountRow) {
  const { rpID } = siteOf(page)
  const allowCredentials = await credentials(page.deps.database.global, account.id, rpID)
  const options = await generateAuthenticationOptions({ rpID, allowCredentials, userVerification: 'preferred' })
  await keepChallenge(page, options.challenge, 'confirm', account.id)
  return options
}

/** Whether we asked this of this browser, for this purpose, minutes ago. It can be asked only once: the question is gone. */
export async function takeChallenge(page: Page, challenge: string, purpose: Purpose, accountId: string | null): Promise<boolean> {
  const gone = await page.deps.database.global.deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', tokenHash(challenge)).where('browser_hash', '=', tokenHash(page.csrf)).where('purpose', '=', purpose)
    .where((is) => is(is.ref('account_id'), 'is not distinct from', accountId)).where('expires_at', '>', sql<Date>`now()`)
    .returning('challenge_hash').executeTakeFirst()
  return gone !== undefined
}

/** Removes what nobody answered. For the hourly job. */
export const sweepChallenges = (db: Kysely<Tables>) => db.deleteFrom('passkey_challenges').where('expires_at', '<', sql<Date>`now()`).execute()

const keepChallenge = (page: Page, challenge: string, purpose: Purpose, account_id: string | null) =>
  page.deps.database.global.insertInto('passkey_challenges').values({
    challenge_hash: tokenHash(challenge), account_id, purpose, browser_hash: tokenHash(page.csrf),
    expires_at: sql<Date>`now() + make_interval(mins => ${minutes})`,
  }).execute()

async function credentials(db: Kysely<Tables>, accountId: string, rpId: string) {
  const rows = await db.selectFrom('passkeys').select(['credential_id', 'transports']).where('account_id', '=', accountId).where('rp_id', '=', rpId).execute()
  return rows.map(({ credential_id, transports }) => ({ id: credential_id.toString('base64url'), transports }))
}
