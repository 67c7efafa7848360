import { sql } from 'kysely'
import { living, underway } from '../../../access/memberships.ts'
import { grantable, permissionsOf, type Permission } from '../../../access/roles.ts'
import type { Tx } from '../../../db/tx.ts'

export interface Cover {
  /** Permissions that nobody holds. */
  readonly nobody: readonly Permission[]
  /** Permissions that one person alone holds, so that what takes them waits while that person is not there. */
  readonly alone: readonly Permission[]
  /** Permissions of which everybody who holds them is away today, with nobody to stand in. */
  readonly away: readonly Permission[]
  /** How many auditors have no last day. */
  readonly endlessAuditors: number
}

/** How well each permission is covered: what waits, now or as soon as somebody is not there. */
export async function coverOf(tx: Tx): Promise<Cover> {
  const made = await tx.db.selectFrom('custom_roles').select(['name', 'permissions']).execute()
  const away = sql<boolean>`exists (select from absences where absences.account_id = memberships.account_id and delegate_id is null and ${underway(tx)})`
  const members = await tx.db.selectFrom('memberships').select(['roles', 'ends_at', away.as('away')]).where(living(tx)).execute()
  const carried = members.map(({ roles, away }) => ({
    away, permissions: new Set<string>([...permissionsOf(roles), ...made.filter(({ name }) => roles.includes(name)).flatMap((role) => role.permissions)]),
  }))
  const holders = (permission: Permission) => carried.filter(({ permissions }) => permissions.has(permission))
  return {
    nobody: grantable.filter((one) => holders(one).length === 0),
    alone: grantable.filter((one) => holders(one).length === 1),
    away: grantable.filter((one) => holders(one).length > 0 && holders(one).every((holder) => holder.away)),
    endlessAuditors: members.filter(({ roles, ends_at }) => roles.includes('auditor') && !ends_at).length,
  }
}
