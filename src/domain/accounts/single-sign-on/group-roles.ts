import { z } from 'zod'
import { demandOwnRoles } from '../../../access/grants.ts'
import { Invalid } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { membershipEntries } from '../provisioning/settle-membership.ts'
import { settleEverybody } from '../provisioning/settle-user.ts'
import { everybody, plain } from './groups.ts'
import { groupRolesSet } from './kinds.ts'

export const setGroupRoles = verb({
  name: 'group-roles.set', summary: 'Decides what the people of a group of the identity provider may do. Without roles: nothing by this group.',
  may: 'sign-in.manage', stepUp: true, entries: ['group-roles.set', ...membershipEntries],
  input: z.object({
    group: z.string().max(200).transform(plain).default(everybody)
      .describe('The group’s name or id, as the provider writes it; empty: everybody whom it names'),
    roles: z.array(z.string().min(1).max(100)).max(20).default([]),
  }),
  /** Nobody gives away what they lack, also not by way of a group; nor takes it. */
  async run({ tx, actor }, { group, roles }) {
    if (roles.includes('auditor')) throw new Invalid({ roles: 'An auditor’s access ends on a day, so no group gives it. Invite auditors at the desk.' })
    const before = await tx.db.selectFrom('group_roles').select('roles').where('group_name', '=', group).forUpdate().executeTakeFirst()
    const unchanged = before?.roles.filter((role) => roles.includes(role)) ?? []
    await demandOwnRoles(tx, actor, [...roles, ...before?.roles ?? []].filter((role) => !unchanged.includes(role)))
    if (roles.length === 0) await tx.db.deleteFrom('group_roles').where('group_name', '=', group).execute()
    else {
      await tx.db.insertInto('group_roles').values({ organization_id: tx.organizationId, group_name: group, roles })
        .onConflict((conflict) => conflict.columns(['organization_id', 'group_name']).doUpdateSet({ roles })).execute()
    }
    await append(tx, groupRolesSet, { subjects: {}, marks: {}, facts: { group, roles } })
    await settleEverybody(tx)
  },
})
