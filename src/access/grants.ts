import type { Tx } from '../db/tx.ts'
import { Invalid, refuseIf } from '../lib/errors.ts'
import type { Actor } from './actor.ts'
import { may } from './may.ts'
import './role-tables.ts'
import { isPermission, memberRoles, permissionsOf, type Permission } from './roles.ts'

const given: readonly string[] = memberRoles

/** What these roles carry, built in or made here. Throws `Invalid` at the field `roles` for a name that no role for people has. */
export async function permissionsOfRoles(tx: Tx, names: readonly string[]): Promise<Permission[]> {
  const made = await tx.db.selectFrom('custom_roles').select(['name', 'permissions']).where('name', 'in', [...names, '']).execute()
  const unknown = names.find((name) => !given.includes(name) && !made.some((role) => role.name === name))
  if (unknown !== undefined) throw new Invalid({ roles: `There is no role “${unknown}”. Make it first.` })
  return [...new Set([...permissionsOf(names), ...made.flatMap((role) => role.permissions).filter(isPermission)])]
}

/**
 * Nobody gives or takes what is not theirs: every permission has to be the actor's own, and not only lent to them. Whoever is here for a time gives
 * nothing, since it would outlast them. Throws `Refused`.
 */
export function demandOwn(actor: Actor, permissions: readonly Permission[]): void {
  refuseIf(actor.kind === 'member' && actor.until, 'access_ends', 'Your own access ends by itself, so you cannot give any to others.')
  const own: Actor = actor.kind === 'member' ? { ...actor, lent: [] } : actor
  const lacking = permissions.filter((permission) => !may(own, permission))
  refuseIf(lacking.length > 0, 'more_than_yours', `This takes permissions that are not yours to pass on: ${lacking.join(', ')}.`)
}

/** The same for whole roles. */
export const demandOwnRoles = async (tx: Tx, actor: Actor, names: readonly string[]): Promise<void> =>
  demandOwn(actor, await permissionsOfRoles(tx, names))
