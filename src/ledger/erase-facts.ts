import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { eraseSubject, type Erasure } from '../seal/erase-subject.ts'
import { append } from './append.ts'
import { defineKind } from './kinds.ts'

export const factsErased = defineKind({
  kind: 'facts.erased',
  about: 'The facts of so many entries were destroyed for good. Their places, times and kinds stay, and every proof stays valid.',
  stream: 'ledger',
  subjects: [],
  marks: z.object({}),
  facts: z.object({ entries: z.int(), reason: z.enum(['request', 'retention']) }),
  vouch: 'company',
  open: true,
})

/** Erases what one data key sealed, in the ledger and beside it, and says in the log that it was done, not whose it was. */
export async function eraseFacts(
  tx: Tx, keyId: string, reason: 'request' | 'retention', indexed: readonly { kind: string; id: string }[] = [],
): Promise<Erasure> {
  const { entries } = await tx.db.selectFrom('entries').select((row) => row.fn.countAll<number>().as('entries'))
    .where('key_id', '=', keyId).executeTakeFirstOrThrow()
  const erasure = await eraseSubject(tx, keyId, indexed)
  await append(tx, factsErased, { subjects: {}, marks: {}, facts: { entries, reason } })
  return erasure
}
