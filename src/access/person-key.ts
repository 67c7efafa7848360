import type { Tx } from '../db/tx.ts'
import { findKey, newSubjectKey } from '../seal/envelope.ts'
import { Conflict } from '../lib/errors.ts'

/** The key that seals what this organisation keeps about one person, so that erasing them erases it. Made when it is first asked for. */
export async function personKey(tx: Tx, accountId: string): Promise<string> {
  const found = await findKey(tx, 'person', accountId)
  if (found) return found
  try { return await newSubjectKey(tx, 'person', accountId) } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return (await findKey(tx, 'person', accountId))!
  }
}
