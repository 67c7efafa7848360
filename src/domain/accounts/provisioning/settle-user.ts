import type { Tx } from '../../../db/tx.ts'
import { rolesOfGroups } from '../single-sign-on/groups.ts'
import { settleMembership } from './settle-membership.ts'
import type { DirectoryUserRow } from './tables.ts'

/** Makes somebody's membership what the directory says of them: active or not, and in which groups. */
export async function settleUser(tx: Tx, { id, account_id, active }: Pick<DirectoryUserRow, 'id' | 'account_id' | 'active'>): Promise<void> {
  const groups = await tx.db.selectFrom('directory_group_members').innerJoin('directory_groups', 'directory_groups.id', 'group_id')
    .select(['name', 'external_id']).where('user_id', '=', id).execute()
  const names = groups.flatMap(({ name, external_id }) => external_id === null ? [name] : [name, external_id])
  await settleMembership(tx, account_id, { by: 'directory', active, roles: await rolesOfGroups(tx, names) })
}

/** After the groups' roles have changed. */
export async function settleEverybody(tx: Tx): Promise<void> {
  for (const user of await tx.db.selectFrom('directory_users').select(['id', 'account_id', 'active']).execute()) await settleUser(tx, user)
}
