import type { Selectable } from 'kysely'
import { addMember } from '../../../access/memberships.ts'
import { personIdOf } from '../../../access/people.ts'
import type { MembershipRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { personJoined, rolesChanged } from '../kinds.ts'
import { endMembership } from '../roles/end-membership.ts'
import { demandAnotherAdmin } from '../roles/last-administrator.ts'

/** What `settleMembership` may append; a verb that calls it declares them. */
export const membershipEntries = ['person.joined', 'person.left', 'person.roles-changed', 'person.moved', 'key.revoked'] as const

export interface Wanted {
  /** Who says so: the identity provider when somebody signs in, or its directory (SCIM). */
  readonly by: 'provider' | 'directory'
  readonly active: boolean
  readonly roles: readonly string[]
}

/**
 * Makes somebody's membership what the provider or the directory says. Roles that were given at the desk stay as they are: then
 * only whether the person is active is decided here. Whoever ends, ends at once: sessions and keys go in the same transaction.
 */
export async function settleMembership(tx: Tx, accountId: string, { by, active, roles }: Wanted): Promise<void> {
  const row = await tx.db.selectFrom('memberships').selectAll().where('account_id', '=', accountId).forUpdate().executeTakeFirst()
  const living = row && !row.ended_at ? row : null
  if (!active || (roles.length === 0 && living?.managed_by !== 'desk')) return living ? end(tx, accountId) : undefined
  if (!living) return begin(tx, accountId, by, roles)
  if (living.managed_by !== 'desk') await changeRoles(tx, living, by, roles)
}

async function begin(tx: Tx, accountId: string, managedBy: Wanted['by'], roles: readonly string[]): Promise<void> {
  const { personId, isNew } = await addMember(tx, accountId, roles, { managedBy })
  if (isNew) await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts: { roles: [...roles], invited_by: null } })
}

async function changeRoles(tx: Tx, row: Selectable<MembershipRow>, managed_by: Wanted['by'], roles: readonly string[]): Promise<void> {
  const { account_id, roles: from } = row
  const same = from.length === roles.length && roles.every((role) => from.includes(role))
  if (!same) await demandAnotherAdmin(tx, account_id, roles)
  await tx.db.updateTable('memberships').set({ roles: [...roles], managed_by }).where('account_id', '=', account_id).execute()
  if (same) return
  await append(tx, rolesChanged, { subjects: { person: await personIdOf(tx, account_id) }, marks: {}, facts: { from: [...from], to: [...roles] } })
}

/** Throws `Refused` for the last administrator. */
async function end(tx: Tx, accountId: string): Promise<void> {
  await demandAnotherAdmin(tx, accountId)
  await endMembership(tx, accountId)
}
