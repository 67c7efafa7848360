import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Conflict, NotFound, Refused } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'
import { parse } from '../../../verbs/parse.ts'
import { patched, PatchOperation, type Attributes } from './patch.ts'
import { groupFrom } from './scim-json.ts'
import { membershipEntries } from './settle-membership.ts'
import { settleUser } from './settle-user.ts'
import type { DirectoryGroupRow } from './tables.ts'

/** What is kept of a Group of SCIM (RFC 7643, section 4.2). */
export const Group = z.object({
  displayName: z.string().trim().min(1, 'A group has a displayName.').max(200),
  externalId: z.string().trim().max(320).optional(),
  members: z.array(z.object({ value: z.uuid('There is no such user.') })).max(20_000).default([]),
})
export type Group = z.output<typeof Group>

export interface ListedGroup extends Group { readonly id: string; readonly created: string; readonly lastModified: string }

const attributes: Attributes = { displayName: 'one', externalId: 'one', members: 'many' }
const entries = [...membershipEntries]

export const createGroup = verb({
  name: 'directory-group.create', summary: 'The directory names a group (SCIM).', may: 'people.provision', entries, input: Group,
  run: ({ tx }, group) => keepGroup(tx, tx.newId(), group),
})

export const replaceGroup = verb({
  name: 'directory-group.replace', summary: 'The directory says anew who is in a group (SCIM PUT).', may: 'people.provision', entries,
  input: Group.extend({ id: z.uuid() }),
  async run({ tx }, { id, ...group }) {
    await lockGroup(tx, id)
    return keepGroup(tx, id, group)
  },
})

export const patchGroup = verb({
  name: 'directory-group.patch', summary: 'The directory changes who is in a group (SCIM PATCH).', may: 'people.provision', entries,
  input: z.object({ id: z.uuid(), operations: z.array(PatchOperation).min(1).max(100) }),
  async run({ tx }, { id, operations }) {
    const [before] = await listedGroups(tx, [await lockGroup(tx, id)])
    const { displayName, externalId, members } = before!
    return keepGroup(tx, id, parse(Group, groupFrom(patched({ displayName, externalId, members }, operations, attributes))))
  },
})

export const removeGroup = verb({
  name: 'directory-group.remove', summary: 'The directory has a group no longer (SCIM DELETE).', may: 'people.provision', entries,
  input: z.object({ id: z.uuid() }),
  async run({ tx }, { id }) {
    await lockGroup(tx, id)
    const members = await membersOf(tx, [id])
    await tx.db.deleteFrom('directory_groups').where('id', '=', id).execute()
    await settleAll(tx, members.map(({ user_id }) => user_id))
  },
})

async function lockGroup(tx: Tx, id: string): Promise<DirectoryGroupRow> {
  const row = await tx.db.selectFrom('directory_groups').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

/** Writes the group, and settles everybody who was in it or is now. */
async function keepGroup(tx: Tx, id: string, { displayName, externalId, members }: Group): Promise<ListedGroup> {
  const now = timestampOf(tx.now)
  const said = { name: displayName, external_id: externalId ?? null, changed_at: now }
  const taken = await tx.db.selectFrom('directory_groups').select('id').where((is) => is(is.fn('lower', ['name']), '=', displayName.toLowerCase()))
    .where('id', '<>', id).executeTakeFirst()
  if (taken) throw new Conflict('uniqueness', 'There is a group with this displayName already.')
  await tx.db.insertInto('directory_groups').values({ organization_id: tx.organizationId, id, created_at: now, ...said })
    .onConflict((conflict) => conflict.columns(['organization_id', 'id']).doUpdateSet(said)).execute()
  const before = (await membersOf(tx, [id])).map(({ user_id }) => user_id)
  const after = await demandUsers(tx, [...new Set(members.map(({ value }) => value))])
  await tx.db.deleteFrom('directory_group_members').where('group_id', '=', id).execute()
  if (after.length > 0) {
    await tx.db.insertInto('directory_group_members').values(after.map((user_id) => ({ organization_id: tx.organizationId, group_id: id, user_id }))).execute()
  }
  await settleAll(tx, [...new Set([...before, ...after])])
  return (await listedGroups(tx, [await lockGroup(tx, id)]))[0]!
}

async function demandUsers(tx: Tx, ids: string[]): Promise<string[]> {
  const found = ids.length === 0 ? [] : await tx.db.selectFrom('directory_users').select('id').where('id', 'in', ids).execute()
  if (found.length < ids.length) throw new Refused('invalidValue', 'A member of the group is no user here.')
  return ids
}

async function settleAll(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  // In one order, so that two changes at once wait for each other instead of for ever.
  const users = await tx.db.selectFrom('directory_users').select(['id', 'account_id', 'active']).where('id', 'in', ids).orderBy('id').execute()
  for (const user of users) await settleUser(tx, user)
}

async function membersOf(tx: Tx, groups: readonly string[]) {
  if (groups.length === 0) return []
  return tx.db.selectFrom('directory_group_members').select(['group_id', 'user_id']).where('group_id', 'in', groups).orderBy('user_id').execute()
}

export async function listedGroups(tx: Tx, rows: readonly DirectoryGroupRow[]): Promise<ListedGroup[]> {
  const members = await membersOf(tx, rows.map(({ id }) => id))
  return rows.map(({ id, name, external_id, created_at, changed_at }) => ({
    id, displayName: name, ...external_id !== null && { externalId: external_id }, created: created_at.toISOString(), lastModified: changed_at.toISOString(),
    members: members.filter(({ group_id }) => group_id === id).map(({ user_id }) => ({ value: user_id })),
  }))
}
