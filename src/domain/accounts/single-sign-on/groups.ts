import '../../../access/sign-in-tables.ts'
import type { Tx } from '../../../db/tx.ts'

/** The group that everybody is in whom the provider or the directory names. */
export const everybody = ''

/** Names of groups are compared without regard to case: providers do not agree with their own directories about it. */
export const plain = (group: string): string => group.trim().normalize('NFKC').toLowerCase()

/** What somebody in these groups may do; no roles: they are not let in. */
export async function rolesOfGroups(tx: Tx, groups: readonly string[]): Promise<string[]> {
  const names = [everybody, ...groups.map(plain)]
  const rows = await tx.db.selectFrom('group_roles').select('roles').where('group_name', 'in', names).execute()
  return [...new Set(rows.flatMap((row) => row.roles))].sort()
}
