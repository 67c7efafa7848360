import type { Tx } from '../db/tx.ts'
import { NotFound } from '../lib/errors.ts'
import { Erased, openBytes } from '../seal/envelope.ts'
import { factsContext, parseFactsBox, type FactsBox } from './entry.ts'
import type { EntryRow } from './tables.ts'

/** An entry's facts with the salt of their seal. Throws `Erased` when their subject's key was destroyed, `NotFound` when there is no such entry. */
export async function factsBoxOf(tx: Tx, entryId: string): Promise<FactsBox> {
  const entry = await tx.db.selectFrom('entries').select(['id', 'facts', 'key_id']).where('id', '=', entryId).executeTakeFirst()
  if (!entry) throw new NotFound()
  return parseFactsBox(await openFacts(tx, entry))
}

/** The bytes of the facts box as they were before sealing. */
export const openFacts = async (tx: Tx, { id, key_id: key, facts }: Pick<EntryRow, 'id' | 'key_id' | 'facts'>): Promise<Buffer> =>
  key ? openBytes(tx, key, factsContext(id), facts) : facts

/** What happened, in full, as its kind declares it. */
export const factsOf = async <F>(tx: Tx, entryId: string): Promise<F> => (await factsBoxOf(tx, entryId)).facts as F

/** The same; null where their subject's key was destroyed. */
export async function factsIfKept(tx: Tx, entryId: string): Promise<Record<string, unknown> | null> {
  try { return await factsOf(tx, entryId) } catch (error) {
    if (error instanceof Erased) return null
    throw error
  }
}
