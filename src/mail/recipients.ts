import { identityOf } from '../access/accounts.ts'
import { holdersOf, standInsFor } from '../access/memberships.ts'
import type { Permission } from '../access/roles.ts'
import type { Tx } from '../db/tx.ts'
import type { Letter, Recipient } from './letter.ts'

/** One mail's recipient, as it is kept (sealed). */
export type KeptRecipient = { address: string; unsubscribe?: string; answers?: NonNullable<Letter['answers']> } | { account: string }

/** Every member whose role carries the permission, and whoever stands in today for one who is away. */
export async function toTeam(tx: Tx, permission: Permission): Promise<Recipient> {
  const holders = await holdersOf(tx, permission)
  return { accounts: [...new Set([...holders, ...await standInsFor(tx, holders)])] }
}

export const keptRecipients = ({ to, unsubscribe, answers }: Letter): KeptRecipient[] => 'address' in to
  ? [{ address: to.address, ...unsubscribe !== undefined && { unsubscribe }, ...answers && { answers } }]
  : to.accounts.map((account) => ({ account }))

/** Null where the account was erased or closed. */
export async function addressOf(tx: Tx, recipient: KeptRecipient): Promise<string | null> {
  if ('address' in recipient) return recipient.address
  const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', recipient.account).where('disabled_at', 'is', null).executeTakeFirst()
  return account ? (await identityOf(tx.keyring, account)).address || null : null
}
