import { z } from 'zod'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { query } from '../../../verbs/verb.ts'
import { demanded, matches, readFilter, type Filter } from './filter.ts'
import { listedGroups, type ListedGroup } from './groups.ts'
import { externalIdHash, listed, userNameHash, usersIn, type ListedUser } from './users.ts'
import './tables.ts'

/** Largest page of a list; a directory that asks for more gets as many. */
export const largestPage = 200

const Asked = z.object({
  filter: z.string().max(2000).optional(),
  /** The first has the number 1 (RFC 7644, section 3.4.2.4). */
  startIndex: z.int().default(1),
  count: z.int().default(largestPage),
})

interface Listed<T> { readonly total: number; readonly startIndex: number; readonly resources: readonly T[] }

export const listUsers = query({
  name: 'directory-user.list', summary: 'Lists whom the directory has named (SCIM).', may: 'people.provision', input: Asked,
  async run({ tx }, { filter: text, ...asked }): Promise<Listed<ListedUser>> {
    const filter = text ? readFilter(text) : null
    return paged(await listed(tx, await usersWhere(tx, filter)), filter, asked)
  },
})

export const readUser = query({
  name: 'directory-user.read', summary: 'Shows what the directory has said of somebody (SCIM).', may: 'people.provision', input: z.object({ id: z.uuid() }),
  async run({ tx }, { id }): Promise<ListedUser> {
    const [user] = await listed(tx, await usersIn(tx).where('directory_users.id', '=', id).execute())
    if (!user) throw new NotFound()
    return user
  },
})

export const listGroups = query({
  name: 'directory-group.list', summary: 'Lists the groups of the directory (SCIM).', may: 'people.provision', input: Asked,
  async run({ tx }, { filter: text, ...asked }): Promise<Listed<ListedGroup>> {
    const rows = await tx.db.selectFrom('directory_groups').selectAll().orderBy('created_at').orderBy('id').execute()
    return paged(await listedGroups(tx, rows), text ? readFilter(text) : null, asked)
  },
})

export const readGroup = query({
  name: 'directory-group.read', summary: 'Shows a group of the directory (SCIM).', may: 'people.provision', input: z.object({ id: z.uuid() }),
  async run({ tx }, { id }): Promise<ListedGroup> {
    const [group] = await listedGroups(tx, await tx.db.selectFrom('directory_groups').selectAll().where('id', '=', id).execute())
    if (!group) throw new NotFound()
    return group
  },
})

/** By the hash where the filter names one user, as every directory asks before it writes; else all, since what is sealed the database cannot compare. */
async function usersWhere(tx: Tx, filter: Filter | null) {
  const users = usersIn(tx).orderBy('directory_users.created_at').orderBy('directory_users.id')
  const userName = filter && demanded(filter, 'username')
  if (typeof userName === 'string') return users.where('user_name_hash', '=', await userNameHash(tx, userName)).execute()
  const externalId = filter && demanded(filter, 'externalid')
  if (typeof externalId === 'string') return users.where('external_id_hash', '=', await externalIdHash(tx, externalId)).execute()
  return users.execute()
}

function paged<T>(all: readonly T[], filter: Filter | null, { startIndex, count }: { startIndex: number; count: number }): Listed<T> {
  const found = filter ? all.filter((one) => matches(filter, one)) : all
  const start = Math.max(1, startIndex)
  return { total: found.length, startIndex: start, resources: found.slice(start - 1, start - 1 + Math.min(Math.max(0, count), largestPage)) }
}
