import { sql } from 'kysely'
import { z } from 'zod'
import { demandOwn, permissionsOfRoles } from '../../../access/grants.ts'
import { living } from '../../../access/memberships.ts'
import { personBehind } from '../../../access/person-behind.ts'
import { grantable, isRole, memberRoles, permissionsOf } from '../../../access/roles.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { roleDefined, roleRemoved } from './kinds.ts'
import { RoleName } from './role-names.ts'

/** Names that mean something else in the table of permissions. */
const taken = new Set<string>(['anyone', 'person', 'reporter'])

/** Both what it carried and what it will carry have to be the actor's own: a role is never a way around what one lacks. */
export const defineRole = verb({
  name: 'role.define', summary: 'Makes a role of your own, or says anew what it carries. Whoever holds it, holds just that from now on.',
  may: 'access.manage', stepUp: true, entries: ['role.defined'],
  input: z.object({ name: RoleName, permissions: z.array(z.enum(grantable)).min(1, 'Choose at least one permission.') }),
  async run({ tx, actor }, { name, permissions }) {
    if (isRole(name) || taken.has(name)) throw new Invalid({ name: 'This role comes with Avow. Choose another name.' })
    const before = await tx.db.selectFrom('custom_roles').select('name').where('name', '=', name).forUpdate().executeTakeFirst()
    demandOwn(actor, [...permissions, ...before ? await permissionsOfRoles(tx, [name]) : []])
    const row = { permissions, made_by: await personBehind(tx, actor), made_at: timestampOf(tx.now) }
    await tx.db.insertInto('custom_roles').values({ organization_id: tx.organizationId, name, ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doUpdateSet(row)).execute()
    await append(tx, roleDefined, { subjects: { role: name }, marks: {}, facts: { permissions } })
  },
})

export const removeRole = verb({
  name: 'role.remove', summary: 'Removes a role of your own making that nobody holds any more.', may: 'access.manage', stepUp: true, entries: ['role.removed'],
  input: z.object({ name: RoleName }),
  async run({ tx, actor }, { name }) {
    const role = await tx.db.selectFrom('custom_roles').select('name').where('name', '=', name).forUpdate().executeTakeFirst()
    if (!role) throw new NotFound()
    demandOwn(actor, await permissionsOfRoles(tx, [name]))
    refuseIf(await isHeld(tx, name), 'role_held', 'Somebody holds this role, or was invited to it, or a group gives it. Take it from them first.')
    await tx.db.deleteFrom('custom_roles').where('name', '=', name).execute()
    await append(tx, roleRemoved, { subjects: { role: name }, marks: {}, facts: {} })
  },
})

async function isHeld(tx: Tx, name: string): Promise<boolean> {
  const { rows: [row] } = await sql<{ held: boolean }>`select exists(select from memberships where ${living(tx)} and ${name} = any(roles))
    or exists(select from invitations where accepted_at is null and revoked_at is null and expires_at > ${tx.now} and ${name} = any(roles))
    or exists(select from group_roles where ${name} = any(roles)) as held`.execute(tx.db)
  return row!.held
}

const Role = z.object({ name: z.string(), own: z.boolean().describe('Made here'), permissions: z.array(z.string()), holders: z.number() })

export const listRoles = query({
  name: 'role.list', summary: 'Lists the roles, and what each carries.', may: 'access.manage', input: z.object({}),
  output: z.object({ roles: z.array(Role) }),
  async run({ tx }) {
    const made = await tx.db.selectFrom('custom_roles').select(['name', 'permissions']).orderBy('name').execute()
    const members = await tx.db.selectFrom('memberships').select('roles').where(living(tx)).execute()
    const holders = (name: string) => members.filter(({ roles }) => roles.includes(name)).length
    const own = made.map(({ name, permissions }) => ({ name, own: true, permissions, holders: holders(name) }))
    return { roles: [...memberRoles.map((name) => ({ name, own: false, permissions: permissionsOf([name]) as string[], holders: holders(name) })), ...own] }
  },
})
