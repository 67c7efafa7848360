import { z } from 'zod'
import { identityOf } from '../../access/accounts.ts'
import { demandOwnRoles } from '../../access/grants.ts'
import { living } from '../../access/memberships.ts'
import { personIdOf } from '../../access/people.ts'
import { endSessionsOf } from '../../access/sessions.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { query, verb } from '../../verbs/verb.ts'
import { rolesChanged } from './kinds.ts'
import { endingEntries, endMembership } from './roles/end-membership.ts'
import { endKeysBeyond } from './roles/keys-beyond.ts'
import { demandAnotherAdmin } from './roles/last-administrator.ts'
import { endOf, LastDay, lastDayOf } from './roles/last-day.ts'
import { Roles } from './roles/role-names.ts'

const Member = z.object({
  id: z.uuid(), name: z.string(), address: z.string(), roles: z.array(z.string()), joined_at: z.iso.datetime(),
  until: z.iso.date().nullable().describe('The last day of an access that ends by itself'),
})

/** Their sessions end with it, so that what they do from then on, they do as what they are now. */
export const changeRoles = verb({
  name: 'member.change-roles', summary: 'Gives a member other roles, for good or until a day.', may: 'access.manage', stepUp: true,
  entries: ['person.roles-changed', 'key.revoked'],
  input: z.object({ member: z.uuid(), roles: Roles, until: LastDay }),
  async run({ tx, actor }, { member, roles, until }) {
    const { roles: from } = await lockMember(tx, member)
    await demandOwnRoles(tx, actor, [...from, ...roles])
    const ends_at = await endOf(tx, until, roles)
    if (from.includes('admin')) await demandAnotherAdmin(tx, member, ends_at ? [] : roles)
    await tx.db.updateTable('memberships').set({ roles, ends_at, managed_by: 'desk' }).where('account_id', '=', member).execute()
    await append(tx, rolesChanged, { subjects: { person: await personIdOf(tx, member) }, marks: {}, facts: { from: [...from], to: roles,
      until: until ?? null } })
    await endKeysBeyond(tx, member, roles)
    await endSessionsOf(tx.db, member, actor.kind === 'member' && actor.sessionId ? { except: actor.sessionId } : {})
  },
})

export const removeMember = verb({
  name: 'member.remove', summary: 'Ends a membership. Every session of it, and every key that they made, ends at once.', may: 'access.manage', stepUp: true,
  entries: endingEntries,
  input: z.object({ member: z.uuid() }),
  async run({ tx, actor }, { member }) {
    const { roles } = await lockMember(tx, member)
    await demandOwnRoles(tx, actor, roles)
    if (roles.includes('admin')) await demandAnotherAdmin(tx, member)
    await endMembership(tx, member)
  },
})

export const listMembers = query({
  name: 'member.list', summary: 'Lists the team.', may: 'access.manage', input: z.object({}),
  output: z.object({ members: z.array(Member) }),
  async run({ tx }) {
    const zone = await zoneOf(tx)
    const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id')
      .selectAll('accounts').select(['roles', 'joined_at', 'ends_at']).where(living(tx)).orderBy('joined_at').execute()
    const members = rows.map(async (row) => ({
      id: row.id, ...await identityOf(tx.keyring, row), roles: row.roles, joined_at: row.joined_at.toISOString(),
      until: row.ends_at && lastDayOf(row.ends_at, zone),
    }))
    return { members: await Promise.all(members) }
  },
})

async function lockMember(tx: Tx, accountId: string) {
  const row = await tx.db.selectFrom('memberships').selectAll().where('account_id', '=', accountId).where(living(tx)).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}
