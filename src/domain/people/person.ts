import { sql, type Selectable } from 'kysely'
import { identityOf, sealedIdentity, type Identity } from '../../access/accounts.ts'
import { living } from '../../access/memberships.ts'
import { type PersonRow } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { loadKeys, openJson } from '../../seal/envelope.ts'

/** Somebody of the team. Days are `2026-01-31`, where the organisation is. */
export interface Person extends Omit<Selectable<PersonRow>, 'organization_id' | 'address_hash' | 'roles' | 'held_since'> {
  /** By their membership; where there is none, what they are to be once they have an account. */
  readonly roles: readonly string[]
  /** Whether they can do anything in Avow. */
  readonly member: boolean
}

interface Which {
  readonly ids?: readonly string[]
  /** Only those who are of the team today. */
  readonly here?: boolean
  /** Only those who can act in Avow. */
  readonly member?: boolean
  readonly managerId?: string
}

/** In the order in which they came. One statement, whatever the size of the team; names are opened apart (`identitiesOf`). */
export async function listPeople(tx: Tx, { ids, here, member, managerId }: Which = {}): Promise<Person[]> {
  let query = tx.db.selectFrom('people as p').leftJoin('memberships as m', (join) => join.onRef('m.account_id', '=', 'p.account_id').on(living(tx, 'm')))
    .select([
      'p.id', 'p.account_id', 'p.key_id', 'p.identity_box', 'title', 'department', 'country', 'manager_id', 'source', 'external_id', 'p.joined_at', 'left_at',
      sql<string | null>`starts_on::text`.as('starts_on'), sql<string | null>`p.ends_on::text`.as('ends_on'),
      sql<string[]>`coalesce(m.roles, p.roles)`.as('roles'), sql<boolean>`m.account_id is not null`.as('member'),
    ])
  if (ids) query = query.where(sql<boolean>`p.id = any (${[...ids]}::uuid[])`)
  if (here) query = query.where('p.joined_at', 'is not', null).where('left_at', 'is', null)
  if (member) query = query.where('m.account_id', 'is not', null)
  if (managerId) query = query.where('manager_id', '=', managerId)
  return query.orderBy(sql`p.joined_at nulls last`).orderBy('p.id').execute()
}

export const findPerson = async (tx: Tx, id: string): Promise<Person | undefined> => (await listPeople(tx, { ids: [id] }))[0]

export async function getPerson(tx: Tx, id: string): Promise<Person> {
  const person = await findPerson(tx, id)
  if (!person) throw new NotFound()
  return person
}

/** Of the team today: they have come and have not left. */
export const isHere = ({ joined_at, left_at }: Pick<Person, 'joined_at' | 'left_at'>): boolean => joined_at !== null && left_at === null

/** ISO 3166-1 alpha-2; null where nobody has said it. */
export const countryOf = async (tx: Tx, personId: string): Promise<string | null> => (await findPerson(tx, personId))?.country ?? null

/** Names and addresses. With an account the account says; who was erased has neither. */
export async function identitiesOf(tx: Tx, people: readonly Person[]): Promise<(personId: string) => Identity> {
  const accounts = people.flatMap(({ account_id }) => account_id ?? [])
  const rows = accounts.length === 0 ? []
    : await tx.db.selectFrom('accounts').select(sealedIdentity).where(sql<boolean>`id = any (${accounts}::uuid[])`).execute()
  const byAccount = new Map(rows.map((row) => [row.id, row]))
  await loadKeys(tx, people.flatMap(({ key_id }) => key_id ?? []))
  const known = new Map(await Promise.all(people.map(async ({ id, account_id, key_id, identity_box: box }) => {
    const account = byAccount.get(account_id ?? '')
    if (account) return [id, await identityOf(tx.keyring, account)] as const
    return [id, key_id && box ? await openJson<Identity>(tx, key_id, identityPlace(id), box) : unknown] as const
  })))
  return (personId) => known.get(personId) ?? unknown
}

/** Names by the person's id, for lists of a few. */
export async function namesOfPeople(tx: Tx, ids: readonly string[]): Promise<(personId: string) => string> {
  const identity = await identitiesOf(tx, ids.length === 0 ? [] : await listPeople(tx, { ids }))
  return (personId) => identity(personId).name
}

export const identityPlace = (personId: string) => `people/identity/${personId}`

const unknown: Identity = { name: 'Somebody who is not known', address: '' }
