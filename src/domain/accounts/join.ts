import { z } from 'zod'
import { createAccount } from '../../access/accounts.ts'
import { addMember } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { openInvitation } from './invitation.ts'
import { personJoined } from './kinds.ts'

/** What a new member says of themselves. */
export const NewMember = z.object({
  name: z.string().trim().min(1, 'Say how your colleagues call you.').max(200),
  address: z.email('Enter your mail address, such as name@example.org.').max(320),
  password: z.string().min(12, 'Choose at least 12 characters. Four words are better than one word with signs.').max(1000),
})
export type NewMember = z.output<typeof NewMember>

/** Accepts the invitation for a new account. Throws `Conflict` when the address has one already. */
export async function joinWithNewAccount(tx: Tx, token: string, { name, address, password }: NewMember): Promise<string> {
  if (password.toLowerCase().includes(address.split('@')[0]!.toLowerCase())) throw new Invalid({ password: 'Leave your address out of your password.' })
  await openInvitation(tx, token, 'lock')
  const accountId = await createAccount(tx.db, tx.keyring, { name, address }, password)
  await joinAs(tx, token, accountId)
  return accountId
}

/** Accepts the invitation for an account that exists: one person can be in several organisations. */
export async function joinAs(tx: Tx, token: string, accountId: string): Promise<void> {
  const invitation = await openInvitation(tx, token, 'lock')
  await addMember(tx, accountId, invitation.roles)
  const accepted = { accepted_by: accountId, accepted_at: timestampOf(tx.now) }
  await tx.db.updateTable('invitations').set(accepted).where('id', '=', invitation.id).execute()
  await append(tx, personJoined, { subjects: { person: accountId }, marks: {}, facts: { roles: [...invitation.roles], invited_by: invitation.invited_by } })
}
