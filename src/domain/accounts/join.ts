import { z } from 'zod'
import { createAccount } from '../../access/accounts.ts'
import { addMember, rolesOf } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { refuseIf } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { openInvitation } from './invitation.ts'
import { personJoined } from './kinds.ts'
import { demandGoodPassword, NewPassword } from './passwords/judge-password.ts'
import { lastDayOf } from './roles/last-day.ts'

/** What a new member says of themselves. */
export const NewMember = z.object({
  name: z.string().trim().min(1, 'Say how your colleagues call you.').max(200),
  address: z.email('Enter your mail address, such as name@example.org.').max(320),
  password: NewPassword,
})
export type NewMember = z.output<typeof NewMember>

/** Accepts the invitation for a new account. Throws `Conflict` when the address has one already. */
export async function joinWithNewAccount(tx: Tx, token: string, { name, address, password }: NewMember): Promise<string> {
  await openInvitation(tx, token, 'lock')
  await demandGoodPassword(tx, password, { name, address })
  const accountId = await createAccount(tx.db, tx.keyring, { name, address }, password, { judged: true })
  await joinAs(tx, token, accountId)
  return accountId
}

/** Accepts the invitation for an account that exists: one person can be in several organisations. */
export async function joinAs(tx: Tx, token: string, accountId: string): Promise<void> {
  const invitation = await openInvitation(tx, token, 'lock')
  refuseIf(await rolesOf(tx, accountId), 'member_already', 'You are of this team already. Whoever looks after its people can change your roles.')
  const { personId, isNew } = await addMember(tx, accountId, invitation.roles, { endsAt: invitation.ends_at, listedAs: invitation.person_id })
  const accepted = { accepted_by: accountId, accepted_at: timestampOf(tx.now) }
  await tx.db.updateTable('invitations').set(accepted).where('id', '=', invitation.id).execute()
  const until = invitation.ends_at && lastDayOf(invitation.ends_at, await zoneOf(tx))
  const facts = { roles: [...invitation.roles], invited_by: invitation.invited_by, until }
  if (isNew) await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts })
}
