import { namesOf } from '../../access/accounts.ts'
import { holdersOf } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'

/** Those of the team who read duties, by name. */
export async function colleagues(tx: Tx): Promise<{ id: string; name: string }[]> {
  const ids = await holdersOf(tx, 'duties.read')
  const nameOf = await namesOf(tx, ids)
  return ids.map((id) => ({ id, name: nameOf(id) })).toSorted((a, b) => a.name.localeCompare(b.name))
}
