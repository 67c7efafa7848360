import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import type { Stream } from './kinds.ts'

/** Pseudonym → the subject that it stands for, as far as it is still linked. The way back exists only inside, never in the log. */
export async function subjectsOf(tx: Tx, pseudonyms: readonly string[]): Promise<Map<string, string>> {
  if (pseudonyms.length === 0) return new Map()
  const rows = await tx.db.selectFrom('cases').select(['pseudonym', 'subject_id']).where(sql<boolean>`pseudonym = any(${[...new Set(pseudonyms)]})`).execute()
  return new Map(rows.map(({ pseudonym, subject_id }) => [pseudonym, subject_id]))
}

/** Every pseudonym of one subject, over all streams. */
export async function pseudonymsOf(tx: Tx, subjectKind: string, subjectId: string): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('cases').select('pseudonym').where('subject_kind', '=', subjectKind).where('subject_id', '=', subjectId).execute()
  return new Set(rows.map(({ pseudonym }) => pseudonym))
}

/** Every pseudonym of any of these subjects. */
export async function pseudonymsOfAll(tx: Tx, subjectKind: string, subjectIds: readonly string[]): Promise<Set<string>> {
  if (subjectIds.length === 0) return new Set()
  const rows = await tx.db.selectFrom('cases').select('pseudonym').where('subject_kind', '=', subjectKind)
    .where(sql<boolean>`subject_id = any(${subjectIds})`).execute()
  return new Set(rows.map(({ pseudonym }) => pseudonym))
}

/** The one under which entries of this stream are about it; undefined where none is. */
export async function pseudonymIn(tx: Tx, stream: Stream, subjectKind: string, subjectId: string): Promise<string | undefined> {
  const row = await tx.db.selectFrom('cases').select('pseudonym').where('scope', 'in', ['', stream])
    .where('subject_kind', '=', subjectKind).where('subject_id', '=', subjectId).executeTakeFirst()
  return row?.pseudonym
}

/** The subjects of one kind that entries were about, by name. For kinds whose ids are names, such as vendors. */
export async function listSubjects(tx: Tx, subjectKind: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('cases').select('subject_id').distinct().where('subject_kind', '=', subjectKind).orderBy('subject_id')
    .limit(200).execute()
  return rows.map(({ subject_id }) => subject_id)
}
