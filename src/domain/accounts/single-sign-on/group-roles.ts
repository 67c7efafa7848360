import { memberRoles, type Role } from '../../../access/roles.ts'
import type { Tx } from '../../../db/tx.ts'
import '../../../access/sign-in-tables.ts'

/** The group that everybody is in whom the provider or the directory names. */
export const everybody = ''

/** What somebody in these groups may do; none: they are not let in. The provider's and the directory's names are compared without regard to case. */
export async function rolesOfGroups(tx: Tx, groups: readonly string[]): Promise<Role[]> {
  const wanted = new Set([everybody, ...groups.map(plain)])
  const rows = await tx.db.selectFrom('group_roles').selectAll().execute()
  const roles = new Set(rows.filter((row) => wanted.has(row.group_name)).flatMap((row) => row.roles))
  return memberRoles.filter((role) => roles.has(role))
}

export const plain = (group: string): string => group.trim().normalize('NFKC').toLowerCase()
