import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import type { CheckpointRow } from './tables.ts'

/** Where an entry stands, and the hash of its leaf as the tree has it. */
export interface PlacedEntry { readonly entryId: string; readonly index: number; readonly kind: string; readonly leaf: Buffer }

/** Every entry that is about one of these subjects and has its place, by subject and in the order of the log. One statement. */
export async function entriesAbout(tx: Tx, subjectKind: string, subjectIds: readonly string[]): Promise<Map<string, PlacedEntry[]>> {
  const { rows } = await sql<PlacedEntry & { subject: string }>`
    select c.subject_id as subject, e.id as "entryId", l.index, e.kind, l.hash as leaf
    from cases c join entries e on e.cases ->> ${subjectKind} = c.pseudonym join leaves l on l.entry_id = e.id
    where c.subject_kind = ${subjectKind} and c.subject_id = any (${[...subjectIds]}) order by l.index`.execute(tx.db)
  const found = Map.groupBy(rows, ({ subject }) => subject)
  return new Map([...found].map(([subject, entries]) => [subject, entries.map(({ subject: _, ...entry }) => entry)]))
}

/** The first state of the log that the log signed with this entry in it. Undefined while the entry waits for its place. */
export const checkpointAfter = (tx: Tx, entryId: string): Promise<CheckpointRow | undefined> => tx.db.selectFrom('checkpoints').selectAll()
  .where('size', '>', (is) => is.selectFrom('leaves').select('index').where('entry_id', '=', entryId)).orderBy('size').limit(1).executeTakeFirst()
