import { z } from 'zod'
import { openPersonal, sealPersonal } from '../../../access/personal-box.ts'
import type { AccountRow } from '../../../access/tables.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { countryName } from '../../../lib/countries.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { lookupHash } from '../../../seal/lookup.ts'
import type { Attributes } from './patch.ts'
import type { DirectoryUserRow } from './tables.ts'

const Text = z.string().trim().max(320)

/** The enterprise extension (RFC 7643, section 4.3). */
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** What is kept of a User of SCIM (RFC 7643, section 4.1). */
export const User = z.object({
  userName: Text.min(1, 'A user has a userName.'),
  externalId: Text.optional(),
  displayName: Text.optional(),
  name: z.object({ formatted: Text.optional(), givenName: Text.optional(), familyName: Text.optional() }).optional(),
  emails: z.array(z.object({ value: Text, type: Text.optional(), primary: z.boolean().optional() })).max(20).default([]),
  active: z.boolean().default(true),
  title: Text.optional(),
  addresses: z.array(z.object({ type: Text.optional(), country: Text.optional(), primary: z.boolean().optional() })).max(20).optional(),
  [enterprise]: z.object({ department: Text.optional(), manager: z.object({ value: Text }).optional() }).optional(),
})
export type User = z.output<typeof User>

export const userAttributes: Attributes = {
  userName: 'one', externalId: 'one', displayName: 'one', active: 'one', emails: 'many', name: ['formatted', 'givenName', 'familyName'],
  title: 'one', addresses: 'many', [enterprise]: ['department', 'manager'],
}

/** A user as it is here, with the groups that it is in. */
export interface ListedUser extends User {
  readonly id: string
  readonly groups: readonly { readonly value: string; readonly display: string }[]
  readonly created: string
  readonly lastModified: string
}

type Owner = Pick<AccountRow, 'id' | 'key_epoch' | 'wrapped_key'>
type Joined = DirectoryUserRow & { key_epoch: number; wrapped_key: Buffer | null }

const place = (id: string) => `directory_users/box/${id}`
const plain = (name: string) => name.trim().normalize('NFKC').toLowerCase()

/** A user name is compared without regard to case, an external id with it (RFC 7643, sections 3.1 and 4.1). */
export const userNameHash = (tx: Tx, userName: string) => lookupHash(tx, 'directory-user-name', plain(userName))
export const externalIdHash = (tx: Tx, externalId: string) => lookupHash(tx, 'directory-external-id', externalId)

/** With the key of the person, who may have been erased: then nothing is left to be listed. */
export const usersIn = (tx: Tx) => tx.db.selectFrom('directory_users').innerJoin('accounts', 'accounts.id', 'account_id')
  .selectAll('directory_users').select(['key_epoch', 'wrapped_key']).where('wrapped_key', 'is not', null)

export async function lockUser(tx: Tx, id: string): Promise<Joined> {
  const row = await usersIn(tx).where('directory_users.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

export async function openUser(tx: Tx, row: Joined): Promise<User> {
  return openPersonal<User>(tx.keyring, ownerOf(row), place(row.id), row.box)
}

const ownerOf = ({ account_id, key_epoch, wrapped_key }: Joined): Owner => ({ id: account_id, key_epoch, wrapped_key })

/** Writes what the directory says of somebody. Throws `Conflict` where another user has the name or the account. */
export async function keepUser(tx: Tx, id: string, owner: Owner, user: User): Promise<void> {
  const said = {
    box: await sealPersonal(tx.keyring, owner, place(id), user), user_name_hash: await userNameHash(tx, user.userName),
    external_id_hash: user.externalId === undefined ? null : await externalIdHash(tx, user.externalId), active: user.active, changed_at: timestampOf(tx.now),
  }
  const taken = await tx.db.selectFrom('directory_users').select('id').where('id', '<>', id)
    .where((is) => is.or([is('user_name_hash', '=', said.user_name_hash), is('account_id', '=', owner.id)])).executeTakeFirst()
  if (taken) throw new Conflict('uniqueness', 'There is a user with this userName or this address already.')
  await tx.db.insertInto('directory_users').values({ organization_id: tx.organizationId, id, account_id: owner.id, created_at: timestampOf(tx.now), ...said })
    .onConflict((conflict) => conflict.columns(['organization_id', 'id']).doUpdateSet(said)).execute()
}

/** Opens rows with the groups of each. */
export async function listed(tx: Tx, rows: readonly Joined[]): Promise<ListedUser[]> {
  const ids = rows.map(({ id }) => id)
  const memberships = ids.length === 0 ? [] : await tx.db.selectFrom('directory_group_members').innerJoin('directory_groups', 'directory_groups.id', 'group_id')
    .select(['user_id', 'group_id', 'name']).where('user_id', 'in', ids).orderBy('name').execute()
  return Promise.all(rows.map(async (row) => ({
    ...await openUser(tx, row), id: row.id, created: row.created_at.toISOString(), lastModified: row.changed_at.toISOString(),
    groups: memberships.filter(({ user_id }) => user_id === row.id).map(({ group_id, name }) => ({ value: group_id, display: name })),
  })))
}

/** The address by which a person is known: the primary one, else the first, else a user name that is one. */
export function addressOf({ emails, userName }: User): string | null {
  const address = (emails.find(({ primary }) => primary) ?? emails[0])?.value ?? userName
  return z.email().max(320).safeParse(address).success ? address : null
}

/** Where they work: the country of the primary address, else of the one at work, else of the first; null where it is none of ISO 3166-1 alpha-2. */
export function countryIn({ addresses = [] }: User): string | null {
  const address = addresses.find(({ primary }) => primary) ?? addresses.find(({ type }) => type === 'work') ?? addresses[0]
  const code = address?.country?.toUpperCase() ?? ''
  return countryName(code) === undefined ? null : code
}

export const nameOf = ({ displayName, name, userName }: User): string =>
  (displayName || name?.formatted || [name?.givenName, name?.familyName].filter(Boolean).join(' ') || userName).replace(/\p{C}/gu, '').slice(0, 200)
