import type { Tx } from '../db/tx.ts'
import { NotFound } from '../lib/errors.ts'
import { openBytes } from '../seal/envelope.ts'
import { factsContext, parseFactsBox, type FactsBox } from './entry.ts'

/** An entry's facts with the salt of their seal. Throws `Erased` when their subject's key was destroyed, `NotFound` when there is no such entry. */
export async function factsBoxOf(tx: Tx, entryId: string): Promise<FactsBox> {
  const entry = await tx.db.selectFrom('entries').select(['facts', 'key_id']).where('id', '=', entryId).executeTakeFirst()
  if (!entry) throw new NotFound()
  return parseFactsBox(entry.key_id ? await openBytes(tx, entry.key_id, factsContext(entryId), entry.facts) : entry.facts)
}

/** What happened, in full, as its kind declares it. */
export const factsOf = async <F>(tx: Tx, entryId: string): Promise<F> => (await factsBoxOf(tx, entryId)).facts as F
