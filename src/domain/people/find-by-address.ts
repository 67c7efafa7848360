import { sql } from 'kysely'
import { accountsByAddress } from '../../access/accounts.ts'
import { personAddressHash } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'

/** Address → the person of the team whose it is, with an account or without. Addresses are compared without regard to case. */
export async function findByAddresses(tx: Tx, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (addresses.length === 0) return new Map()
  const accounts = await accountsByAddress(tx.db, tx.keyring, addresses)
  const hashes = new Map(await Promise.all(addresses.map(async (address) => [address, (await personAddressHash(tx, address)).toString('hex')] as const)))
  const rows = await tx.db.selectFrom('people').select(['id', 'account_id', 'address_hash']).execute()
  const byAccount = new Map(rows.map(({ id, account_id }) => [account_id, id]))
  const byHash = new Map(rows.map(({ id, address_hash }) => [address_hash?.toString('hex'), id]))
  return new Map(addresses.flatMap((address) => {
    const id = byAccount.get(accounts.get(address) ?? '') ?? byHash.get(hashes.get(address))
    return id ? [[address, id] as const] : []
  }))
}

/** People as somebody names them: by mail address, or by id. Throws `Invalid` at the field for who is not of the team. */
export async function namedPeople(tx: Tx, names: readonly string[], field: string): Promise<string[]> {
  const byAddress = await findByAddresses(tx, names.filter((name) => name.includes('@')))
  const ids = names.map((name) => byAddress.get(name) ?? name.toLowerCase())
  const rows = await tx.db.selectFrom('people').select('id').where('left_at', 'is', null).where(sql<boolean>`id::text = any (${ids})`).execute()
  const known = new Set(rows.map(({ id }) => id))
  const unknown = names.find((_, i) => !known.has(ids[i]!))
  if (unknown !== undefined) throw new Invalid({ [field]: `Nobody of the team has the address “${unknown}”.` })
  return [...new Set(ids)]
}
