import { createHmac, randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { Tx } from '../db/tx.ts'
import { Conflict } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { binding, openBox, sealBox } from '../seal/box.ts'
import { Erased } from '../seal/envelope.ts'
import type { Keyring } from '../seal/keyring.ts'
import { passwordRules } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import type { AccountRow } from './tables.ts'
import './tables.ts'

/** Who an account belongs to. Sealed under a key of its own, so that erasing a person erases this everywhere. */
export interface Identity { readonly name: string; readonly address: string }

/**
 * Throws `Conflict` when the address has an account already. Without a password it is entered by a provider, or after a reset by mail.
 * `judged`: the password was found to meet today's rules.
 */
export async function createAccount(
  db: Kysely<Tables>, keyring: Keyring, identity: Identity, password: string | null, { judged = false } = {},
): Promise<string> {
  const id = newId()
  const key = randomBytes(32)
  const { epoch, wrapped } = await keyring.wrap(key, keyBinding(id))
  const inserted = await db.insertInto('accounts').values({
    id, key_epoch: epoch, wrapped_key: wrapped, identity_box: sealBox(key, boxBinding(id), Buffer.from(JSON.stringify(identity))),
    address_epoch: keyring.currentEpoch, address_hash: addressHash(keyring, identity.address, keyring.currentEpoch),
    password_hash: password === null ? null : await hashPassword(password),
    password_set_at: password === null ? null : new Date(), password_rules: judged ? passwordRules : null,
    created_at: new Date(), disabled_at: null, factors_removed_at: null,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  if (!inserted) throw new Conflict('account_exists', 'There is an account with this address. Sign in with it, then open the link again.')
  return id
}

/** By its address, in whichever epoch of the keyring the address was hashed. One that was closed is found only where it is asked for. */
export async function findAccount(db: Kysely<Tables>, keyring: Keyring, address: string, { closed = false } = {}): Promise<AccountRow | null> {
  const hashes = keyring.epochs().map(({ epoch }) => addressHash(keyring, address, epoch))
  const row = await db.selectFrom('accounts').selectAll().where('address_hash', 'in', hashes).executeTakeFirst()
  return row && (closed || row.disabled_at === null) ? row : null
}

/** The accounts of many addresses at once. Who has none is left out. */
export async function accountsByAddress(db: Kysely<Tables>, keyring: Keyring, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const byHash = new Map(addresses.flatMap((address) => keyring.epochs().map(({ epoch }) => [addressHash(keyring, address, epoch).toString('hex'), address])))
  const hashes = [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex'))
  const rows = await db.selectFrom('accounts').select(['id', 'address_hash']).where(sql<boolean>`address_hash = any (${hashes})`).execute()
  return new Map(rows.map(({ id, address_hash }) => [byHash.get(address_hash!.toString('hex'))!, id]))
}

/** Sets a password that was judged good. The caller ends the sessions that began with the old one. */
export async function setPassword(db: Kysely<Tables>, accountId: string, password: string): Promise<void> {
  await db.updateTable('accounts').where('id', '=', accountId)
    .set({ password_hash: await hashPassword(password), password_set_at: new Date(), password_rules: passwordRules }).execute()
}

/** The same password, hashed as strongly as today. `judged`: it meets today's rules. */
export async function renewPassword(db: Kysely<Tables>, accountId: string, password: string, { judged }: { judged: boolean }): Promise<void> {
  const password_rules = judged ? passwordRules : null
  await db.updateTable('accounts').where('id', '=', accountId).set({ password_hash: await hashPassword(password), password_rules }).execute()
}

/** Takes the password away: from now on the account is entered by a reset that is mailed, a passkey or single sign-on. */
export async function clearPassword(db: Kysely<Tables>, accountId: string): Promise<void> {
  await db.updateTable('accounts').where('id', '=', accountId).set({ password_hash: null, password_set_at: new Date(), password_rules: null }).execute()
}

/** What an identity is opened with: named one by one, so that the statement stays prepared. */
export const sealedIdentity = ['id', 'key_epoch', 'wrapped_key', 'identity_box'] as const
type SealedIdentity = Pick<AccountRow, (typeof sealedIdentity)[number]>

export async function identityOf(keyring: Keyring, account: SealedIdentity): Promise<Identity> {
  if (!account.wrapped_key) return { name: 'Somebody who was erased', address: '' }
  return JSON.parse(openBox(await accountKey(keyring, account), boxBinding(account.id), account.identity_box, 'an account').toString('utf8')) as Identity
}

/** The person's own key. Throws `Erased` where it was destroyed. */
export async function accountKey(keyring: Keyring, { id, key_epoch, wrapped_key }: Pick<AccountRow, 'id' | 'key_epoch' | 'wrapped_key'>): Promise<Buffer> {
  if (!wrapped_key) throw new Erased()
  return keyring.unwrap(key_epoch, wrapped_key, keyBinding(id))
}

/** Names by account. Who is not known has none. */
export async function namesOf(tx: Tx, accountIds: readonly string[]): Promise<(accountId: string) => string> {
  const ids = [...new Set(accountIds)]
  const rows = ids.length === 0 ? [] : await tx.db.selectFrom('accounts').select(sealedIdentity).where(sql<boolean>`id = any (${ids}::uuid[])`).execute()
  const names = new Map(await Promise.all(rows.map(async (row) => [row.id, (await identityOf(tx.keyring, row)).name] as const)))
  return (accountId) => names.get(accountId) ?? 'Somebody who is not known'
}

/** Re-wraps every account's key, and hashes its address anew, with the newest epoch. For the rotation of keys. */
export async function rewrapAccounts(db: Kysely<Tables>, keyring: Keyring): Promise<number> {
  const old = await db.selectFrom('accounts').selectAll().where('wrapped_key', 'is not', null)
    .where((where) => where.or([where('key_epoch', '<', keyring.currentEpoch), where('address_epoch', '<', keyring.currentEpoch)])).execute()
  for (const account of old) await rewrap(db, keyring, account)
  return old.length
}

async function rewrap(db: Kysely<Tables>, keyring: Keyring, account: AccountRow): Promise<void> {
  const { address } = await identityOf(keyring, account)
  const key = await keyring.unwrap(account.key_epoch, account.wrapped_key!, keyBinding(account.id))
  const { epoch, wrapped } = await keyring.wrap(key, keyBinding(account.id))
  await db.updateTable('accounts').where('id', '=', account.id)
    .set({ key_epoch: epoch, wrapped_key: wrapped, address_epoch: epoch, address_hash: addressHash(keyring, address, epoch) }).execute()
}

const addressHash = (keyring: Keyring, address: string, epoch: number): Buffer =>
  createHmac('sha256', keyring.derive('account-address', epoch)).update(address.trim().normalize('NFKC').toLowerCase()).digest()

const keyBinding = (id: string) => binding('avow/account-key/v1', id)
const boxBinding = (id: string) => binding('avow/account/v1', id)
