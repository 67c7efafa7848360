import { z } from 'zod'
import { demandOwnRoles } from '../../../access/grants.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { listedUnder } from '../../../access/people.ts'
import { NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post } from '../../../mail/index.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { invitationDays, newInvitation } from '../invitation.ts'
import { invitationWithdrawn, personInvited } from '../kinds.ts'
import { endOf, LastDay } from './last-day.ts'
import { Roles } from './role-names.ts'

export const inviteMember = verb({
  name: 'member.invite', summary: 'Makes a one-time link by which somebody joins the team, and mails it where an address is given.',
  may: 'access.manage', stepUp: true, entries: ['person.invited'],
  input: z.object({
    roles: Roles, until: LastDay, address: z.email().optional(),
    person: z.uuid().optional().describe('Whom of the team’s list it is for; whoever has the mail address there, unless said'),
  }),
  output: z.object({ path: z.string() }),
  async run({ tx, actor }, { roles, until, address, person }) {
    await demandOwnRoles(tx, actor, roles)
    const invitedBy = actor.kind === 'member' ? actor.accountId : null
    const { id, path } = await newInvitation(tx, { roles, endsAt: await endOf(tx, until, roles), personId: await listed(tx, person, address), invitedBy })
    if (address) await post(tx, { to: { address }, subject: 'You are invited', text: invitationText(path) })
    await append(tx, personInvited, { subjects: { invitation: id }, marks: {}, facts: { roles, until: until ?? null } })
    return { path }
  },
})

/** The link makes its reader this person of the list, and nothing that they type does. */
async function listed(tx: Tx, person: string | undefined, address: string | undefined): Promise<string | null> {
  if (!person) return address ? (await listedUnder(tx, address))?.id ?? null : null
  const row = await tx.db.selectFrom('people').select('account_id').where('id', '=', person).executeTakeFirst()
  if (!row) throw new NotFound()
  refuseIf(row.account_id, 'has_account', 'They have an account already.')
  return person
}

const invitationText = (path: string) => `You are invited to the security team. Open this page within ${invitationDays} days to make your account:

{link:${path}}

If you did not expect this, do nothing.`

export const withdrawInvitation = verb({
  name: 'invitation.withdraw', summary: 'Takes an invitation back. Its link is worth nothing from now on.',
  may: 'access.manage', entries: ['invitation.withdrawn'],
  input: z.object({ invitation: z.uuid() }),
  async run({ tx }, { invitation }) {
    const { numUpdatedRows } = await tx.db.updateTable('invitations').set({ revoked_at: timestampOf(tx.now) })
      .where('id', '=', invitation).where('accepted_at', 'is', null).where('revoked_at', 'is', null).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await append(tx, invitationWithdrawn, { subjects: { invitation }, marks: {}, facts: {} })
  },
})

export const listInvitations = query({
  name: 'invitation.list', summary: 'Lists the invitations that nobody has accepted yet.', may: 'access.manage', input: z.object({}),
  output: z.object({ invitations: z.array(z.object({ id: z.uuid(), roles: z.array(z.string()), expires_at: z.iso.datetime() })) }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('invitations').select(['id', 'roles', 'expires_at']).orderBy('created_at')
      .where('accepted_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', timestampOf(tx.now)).execute()
    return { invitations: rows.map((row) => ({ ...row, expires_at: row.expires_at.toISOString() })) }
  },
})
