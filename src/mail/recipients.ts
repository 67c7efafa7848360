import { identityOf } from '../access/accounts.ts'
import { permissions, type Permission } from '../access/roles.ts'
import type { Tx } from '../db/tx.ts'
import type { Recipient } from './letter.ts'

/** One mail's recipient, as it is kept (sealed). */
export type KeptRecipient = { address: string } | { account: string }

/** Every member whose role carries the permission. */
export async function toTeam(tx: Tx, permission: Permission): Promise<Recipient> {
  const allowed: readonly string[] = permissions[permission]
  const members = await tx.db.selectFrom('memberships').select(['account_id', 'roles']).where('ended_at', 'is', null).execute()
  return { accounts: members.filter(({ roles }) => roles.some((role) => allowed.includes(role))).map(({ account_id }) => account_id) }
}

export const keptRecipients = (to: Recipient): KeptRecipient[] =>
  'address' in to ? [{ address: to.address }] : to.accounts.map((account) => ({ account }))

/** Null where the account was erased or closed. */
export async function addressOf(tx: Tx, recipient: KeptRecipient): Promise<string | null> {
  if ('address' in recipient) return recipient.address
  const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', recipient.account).where('disabled_at', 'is', null).executeTakeFirst()
  return account ? (await identityOf(tx.keyring, account)).address || null : null
}
