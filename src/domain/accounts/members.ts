import { z } from 'zod'
import { identityOf } from '../../access/accounts.ts'
import { memberRoles, type Role } from '../../access/roles.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { query, verb } from '../../verbs/verb.ts'
import { createInvitation, invitationDays } from './invitation.ts'
import { personLeft, rolesChanged } from './kinds.ts'

const Roles = z.array(z.enum(memberRoles)).min(1, 'Choose at least one role.')

const Member = z.object({ id: z.uuid(), name: z.string(), address: z.string(), roles: z.array(z.string()), joined_at: z.iso.datetime() })

export const inviteMember = verb({
  name: 'member.invite', summary: 'Makes a one-time link by which somebody joins the team, and mails it where an address is given.',
  may: 'access.manage', entries: [],
  input: z.object({ roles: Roles, address: z.email().optional() }),
  output: z.object({ path: z.string() }),
  async run({ tx, actor }, { roles, address }) {
    const path = await createInvitation(tx, roles, actor.kind === 'member' ? actor.accountId : null)
    if (address) await post(tx, { to: { address }, subject: 'You are invited', text: invitationText(path) })
    return { path }
  },
})

const invitationText = (path: string) => `You are invited to the security team. Open this page within ${invitationDays} days to make your account:

{link:${path}}

If you did not expect this, do nothing.`

export const changeRoles = verb({
  name: 'member.change-roles', summary: 'Gives a member other roles.', may: 'access.manage', entries: ['person.roles-changed'],
  input: z.object({ member: z.uuid(), roles: Roles }),
  async run({ tx }, { member, roles }) {
    const { roles: from } = await lockMember(tx, member)
    await demandAnotherAdmin(tx, member, roles)
    await tx.db.updateTable('memberships').set({ roles }).where('account_id', '=', member).execute()
    await append(tx, rolesChanged, { subjects: { person: member }, marks: {}, facts: { from: [...from], to: roles } })
  },
})

export const removeMember = verb({
  name: 'member.remove', summary: 'Ends a membership. Every session of it ends at once.', may: 'access.manage', entries: ['person.left'],
  input: z.object({ member: z.uuid() }),
  async run({ tx }, { member }) {
    await lockMember(tx, member)
    await demandAnotherAdmin(tx, member, [])
    await tx.db.updateTable('memberships').set({ ended_at: timestampOf(tx.now) }).where('account_id', '=', member).execute()
    await append(tx, personLeft, { subjects: { person: member }, marks: {}, facts: {} })
  },
})

export const listMembers = query({
  name: 'member.list', summary: 'Lists the team.', may: 'access.manage', input: z.object({}),
  output: z.object({ members: z.array(Member) }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id')
      .selectAll('accounts').select(['roles', 'joined_at']).where('ended_at', 'is', null).orderBy('joined_at').execute()
    const members = rows.map(async (row) => ({ id: row.id, ...await identityOf(tx.keyring, row), roles: row.roles, joined_at: row.joined_at.toISOString() }))
    return { members: await Promise.all(members) }
  },
})

async function lockMember(tx: Tx, accountId: string) {
  const row = await tx.db.selectFrom('memberships').selectAll().where('account_id', '=', accountId).where('ended_at', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

/** An organisation without an administrator could be mended only from outside. The lock keeps two of them from removing each other. */
async function demandAnotherAdmin(tx: Tx, except: string, roles: readonly Role[]): Promise<void> {
  if (roles.includes('admin')) return
  const admins = await tx.db.selectFrom('memberships').select(['account_id', 'roles']).where('ended_at', 'is', null).forUpdate().execute()
  const left = admins.some((member) => member.account_id !== except && member.roles.includes('admin'))
  refuseIf(!left, 'last_administrator', 'This is the last administrator. Make somebody else one first.')
}
