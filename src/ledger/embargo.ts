import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { pseudonymsOf } from './subjects.ts'

/** From now on the openings of this subject's entries show their kind and hold their marks back. */
export async function holdMarks(tx: Tx, subjectKind: string, subjectId: string): Promise<void> {
  for (const pseudonym of await pseudonymsOf(tx, subjectKind, subjectId)) {
    await tx.db.insertInto('held_cases').values({ organization_id: tx.organizationId, pseudonym, held_at: timestampOf(tx.now), released_at: null })
      .onConflict((conflict) => conflict.columns(['organization_id', 'pseudonym']).doUpdateSet({ released_at: null })).execute()
  }
}

/** The embargo is over: marks open with their leaves, also those of the time under embargo. */
export async function releaseMarks(tx: Tx, subjectKind: string, subjectId: string): Promise<void> {
  const pseudonyms = [...await pseudonymsOf(tx, subjectKind, subjectId)]
  if (pseudonyms.length > 0) await tx.db.updateTable('held_cases').set({ released_at: timestampOf(tx.now) }).where('pseudonym', 'in', pseudonyms).execute()
}

/** Streams in which a case is whose marks stay back. */
export async function heldStreams(tx: Tx): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('held_cases').innerJoin('cases', (join) =>
    join.onRef('cases.organization_id', '=', 'held_cases.organization_id').onRef('cases.pseudonym', '=', 'held_cases.pseudonym'))
    .select('scope').distinct().where('released_at', 'is', null).execute()
  return new Set(rows.map(({ scope }) => scope))
}
