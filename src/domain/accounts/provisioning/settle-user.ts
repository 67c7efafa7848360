import type { Tx } from '../../../db/tx.ts'
import { rolesOfGroups } from '../single-sign-on/groups.ts'
import { learnOfPerson } from '../learn-of-person.ts'
import { settleMembership } from './settle-membership.ts'
import type { DirectoryUserRow } from './tables.ts'
import { countryIn, enterprise, type User } from './users.ts'

/** Makes somebody's membership what the directory says of them: active or not, and in which groups. */
export async function settleUser(tx: Tx, { id, account_id, active }: Pick<DirectoryUserRow, 'id' | 'account_id' | 'active'>): Promise<void> {
  const groups = await tx.db.selectFrom('directory_group_members').innerJoin('directory_groups', 'directory_groups.id', 'group_id')
    .select(['name', 'external_id']).where('user_id', '=', id).execute()
  const names = groups.flatMap(({ name, external_id }) => external_id === null ? [name] : [name, external_id])
  await settleMembership(tx, account_id, { by: 'directory', active, roles: await rolesOfGroups(tx, names) })
}

/** What the directory says of somebody beside their roles; what it is silent about stays. A manager whom it names later is learnt then. */
export async function settleKnown(tx: Tx, accountId: string, user: User): Promise<void> {
  const personId = await knownPerson(tx, accountId)
  if (!personId) return
  const [{ department, manager } = {}, country] = [user[enterprise], countryIn(user)]
  const boss = manager && /^[0-9a-f-]{36}$/i.test(manager.value)
    ? await tx.db.selectFrom('directory_users').select('account_id').where('id', '=', manager.value).executeTakeFirst() : undefined
  const manager_id = boss && await knownPerson(tx, boss.account_id)
  await learnOfPerson(tx, personId, {
    source: 'provider', ...user.title && { title: user.title.slice(0, 200) }, ...department && { department: department.slice(0, 200) }, ...country
      && { country },
    ...manager_id && manager_id !== personId && { manager_id },
  })
}

const knownPerson = async (tx: Tx, accountId: string): Promise<string | null> =>
  (await tx.db.selectFrom('people').select('id').where('account_id', '=', accountId).executeTakeFirst())?.id ?? null

/** After the groups' roles have changed. */
export async function settleEverybody(tx: Tx): Promise<void> {
  for (const user of await tx.db.selectFrom('directory_users').select(['id', 'account_id', 'active']).execute()) await settleUser(tx, user)
}
