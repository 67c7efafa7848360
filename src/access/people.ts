import { sql, type ColumnType } from 'kysely'
import type { Later } from '../db/column.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { lookupHash } from '../seal/lookup.ts'
import { findAccount, identityOf } from './accounts.ts'
import type { Actor } from './actor.ts'
import { demandMember } from './may.ts'

type Day = ColumnType<string | null, string | null | undefined, string | null>

declare module '../db/tables.ts' {
  interface Tables { people: PersonRow }
}

/** Somebody of the team, with or without an account. Days are `2026-01-31`, where the organisation is. */
export interface PersonRow {
  organization_id: string
  /** The person's in the ledger. */
  id: string
  account_id: Later<string>
  key_id: Later<string>
  identity_box: Later<Buffer>
  address_hash: Later<Buffer>
  title: Later<string>
  department: Later<string>
  country: Later<string>
  manager_id: Later<string>
  starts_on: Day
  ends_on: Day
  source: 'hand' | 'csv' | 'provider' | 'account'
  external_id: Later<string>
  roles: ColumnType<string[], string[] | undefined, string[]>
  joined_at: Later<Date>
  left_at: Later<Date>
  /** Has something to accept before anything else is open to them. */
  held_since: Later<Date>
}

/** The day that it is where the organisation is. */
export const today = (tx: Tx) => sql<string>`(select (${tx.now}::timestamptz at time zone zone)::date from organizations where id = ${tx.organizationId})`

/** Who the ledger's entries about this account's person name: their row in the team, else the account itself. */
export async function personIdOf(tx: Tx, accountId: string): Promise<string> {
  const row = await tx.db.selectFrom('people').select('id').where('account_id', '=', accountId).executeTakeFirst()
  return row?.id ?? accountId
}

/** The person who acts, as the ledger knows them: what is their own to do no key does for them. */
export const ownPerson = (tx: Tx, actor: Actor): Promise<string> => personIdOf(tx, demandMember(actor).accountId)

/** The person of the team who is known by this address, with an account or without; undefined where nobody is. */
export async function personByAddress(tx: Tx, address: string): Promise<string | undefined> {
  const account = await findAccount(tx.db, tx.keyring, address)
  const hash = await personAddressHash(tx, address)
  const row = await tx.db.selectFrom('people').select('id').where('left_at', 'is', null)
    .where((is) => is.or([is('account_id', '=', account?.id ?? null), is('address_hash', '=', hash)])).executeTakeFirst()
  return row?.id
}

/** The way back; null where the person has no account and so can do nothing here. */
export async function accountOf(tx: Tx, personId: string): Promise<string | null> {
  const row = await tx.db.selectFrom('people').select('account_id').where('id', '=', personId).executeTakeFirst()
  return row ? row.account_id : personId
}

/** The accounts of many. Who has none is left out. */
export async function accountsOf(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return []
  const rows = await tx.db.selectFrom('people').select('account_id').where('id', 'in', [...new Set(personIds)]).where('account_id', 'is not', null).execute()
  return rows.map(({ account_id }) => account_id!)
}

/** An address by which somebody without an account is found when they get one: compared without regard to case. */
export const personAddressHash = (tx: Tx, address: string): Promise<Buffer> =>
  lookupHash(tx, 'person-address', address.trim().normalize('NFKC').toLowerCase())

/** How it is known whom of the list an account is for: their invitation names them, or whoever vouches for the address is a directory, not its owner. */
export interface Listed { readonly as?: string | null; readonly vouchedAddress?: boolean }

/** Whoever is listed under this address and has no account. */
export async function listedUnder(tx: Tx, address: string) {
  return tx.db.selectFrom('people').select(['id', 'joined_at', 'left_at']).where('account_id', 'is', null)
    .where('address_hash', '=', await personAddressHash(tx, address)).forUpdate().executeTakeFirst()
}

/**
 * The account's person is of the team from now on: the row that was theirs, else the one that was listed for them, else a new one. An address that
 * somebody typed when they made their account makes them nobody: else whoever is invited could become whomever the list names.
 * `isNew`: they were not here before, so the caller appends `person.joined`.
 */
export async function enlist(tx: Tx, accountId: string, listed: Listed = {}): Promise<{ personId: string; isNew: boolean }> {
  const [joined_at, known] = [timestampOf(tx.now), await rowFor(tx, accountId, listed)]
  if (!known) {
    await tx.db.insertInto('people').values({ organization_id: tx.organizationId, id: accountId, account_id: accountId, source: 'account', joined_at,
      held_since: heldAtFirst(tx) })
      .execute()
    return { personId: accountId, isNew: true }
  }
  const isNew = known.joined_at === null || known.left_at !== null
  await tx.db.updateTable('people').where('id', '=', known.id)
    .set({
      account_id: accountId, key_id: null, identity_box: null, address_hash: null, left_at: null, ...isNew && { joined_at },
      ...known.left_at && { ends_on: null }, held_since: heldAtFirst(tx),
    }).execute()
  return { personId: known.id, isNew }
}

/** Where everybody accepts the policies before anything else is open, whoever gets an account is held back until it is known that they owe nothing. */
const heldAtFirst = (tx: Tx) => sql<Date | null>`(select ${tx.now}::timestamptz from acceptance_first)`

async function rowFor(tx: Tx, accountId: string, { as, vouchedAddress }: Listed) {
  const rows = tx.db.selectFrom('people').select(['id', 'joined_at', 'left_at']).forUpdate()
  const own = await rows.where('account_id', '=', accountId).executeTakeFirst()
  if (own) return own
  if (as) return rows.where('id', '=', as).where('account_id', 'is', null).executeTakeFirst()
  if (!vouchedAddress) return undefined
  const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).where('wrapped_key', 'is not', null).executeTakeFirst()
  return account && listedUnder(tx, (await identityOf(tx.keyring, account)).address)
}

/** The person is no longer of the team: their last day is today at the latest. `isNews`: they were until now, so the caller appends `person.left`. */
export async function noteLeft(tx: Tx, personId: string): Promise<{ isNews: boolean }> {
  const row = await tx.db.updateTable('people').where('id', '=', personId).where('left_at', 'is', null)
    .set({ left_at: timestampOf(tx.now), ends_on: sql<string>`least(ends_on, (${today(tx)})::date)` }).returning('joined_at').executeTakeFirst()
  return { isNews: row?.joined_at !== null && row !== undefined }
}
