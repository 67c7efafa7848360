import { createHmac, hkdfSync } from 'node:crypto'
import { sql } from 'kysely'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { Recent } from '../lib/recent.ts'
import { dataKey, findKey, organizationKey } from './envelope.ts'
import { blindQuery } from './search-query.ts'
import { wordsOf, type Language, type Word } from './words.ts'

declare module '../db/tables.ts' {
  interface Tables { search_index: SearchIndexRow }
}

export interface SearchIndexRow {
  organization_id: string
  subject_kind: string
  subject_id: string
  created_at: Date
  lexemes: string
}

/** A text to be found again. A word in the title counts for more. */
export interface Text { title: string; body: string }

/** PostgreSQL counts positions up to here and keeps at most 1 MB of lexemes. */
const LAST_POSITION = 16_383
const MOST_WORDS = 40_000
/** 66 bits of the hash: two words of a tenant's vocabulary meet by chance once in 10^8 vocabularies of a million words. */
const LEXEME_CHARACTERS = 11

/** What it takes to index texts about one kind of subject. */
export interface Index { readonly subjectKind: string; readonly language: Language; readonly blind: (stem: string) => string }

export async function openIndex(tx: Tx, subjectKind: string): Promise<Index> {
  const [language, keyId] = await Promise.all([languageOf(tx), organizationKey(tx)])
  return { subjectKind, language, blind: await blinder(tx, keyId, subjectKind) }
}

/** Makes the text findable, or replaces what was. No word of it is stored, only keyed hashes of stems. */
export function indexText(tx: Tx, { subjectKind, language, blind }: Index, subjectId: string, text: Text, createdAt: Temporal.Instant): void {
  const lexemes = lexemesOf(text, language, blind)
  tx.send(tx.db.insertInto('search_index')
    .values({
      organization_id: tx.organizationId,
      subject_kind: subjectKind,
      subject_id: subjectId,
      created_at: timestampOf(createdAt),
      lexemes: sql`${lexemes}::tsvector`,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'subject_kind', 'subject_id']).doUpdateSet({ lexemes: sql`excluded.lexemes` }))
    .execute())
}

/**
 * Ids of the subjects that match: words, "phrases", -not, or. By date the newest first; by rank the best first, where of
 * more than 500 hits only the newest 500 are ranked.
 */
export async function search(tx: Tx, subjectKind: string, query: string, { order, limit }: { order: 'rank' | 'date'; limit: number }): Promise<string[]> {
  const [keyId, language] = await Promise.all([findKey(tx, 'organization', tx.organizationId), languageOf(tx)])
  if (!keyId) return []
  const wanted = blindQuery(query, language, await blinder(tx, keyId, subjectKind))
  if (!wanted) return []
  const { rows } = await sql<{ id: string }>`select id from search(${subjectKind}, ${wanted}::tsquery, ${order === 'rank'}, ${limit}) as id`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Part of erasing a subject: its hashes would still tell which words it had to somebody who holds the key. */
export async function unindex(tx: Tx, subjectKind: string, subjectId: string): Promise<void> {
  await tx.db.deleteFrom('search_index').where('subject_kind', '=', subjectKind).where('subject_id', '=', subjectId).execute()
}

/** The text as a literal of PostgreSQL's `tsvector`: each lexeme with its positions, A in the title and B in the body. */
export function lexemesOf({ title, body }: Text, language: Language, blind: (stem: string) => string): string {
  const [heading, content] = [wordsOf(title, language), wordsOf(body, language)]
  // A gap between the two, so that no phrase runs from one into the other.
  const offset = (heading.at(-1)?.position ?? 0) + 10
  const places = new Map<string, string[]>()
  const put = (words: Word[], from: number, weight: string) => {
    for (const { stem, position } of words.slice(0, MOST_WORDS)) {
      const place = `${Math.min(position + from, LAST_POSITION)}${weight}`
      const known = places.get(stem)
      if (known) known.push(place)
      else places.set(stem, [place])
    }
  }
  put(heading, 0, 'A')
  put(content, offset, 'B')
  return Array.from(places, ([stem, at]) => `'${blind(stem)}':${at.join(',')}`).join(' ')
}

/** The keyed hash of a stem: one key for each organisation and kind of subject, so that equal words in two places look different. */
export function blindWith(key: Buffer, subjectKind: string): (stem: string) => string {
  const derived = Buffer.from(hkdfSync('sha256', key, '', `avow/blind-index/${subjectKind}/v1`, 32))
  return (stem) => createHmac('sha256', derived).update(stem).digest('base64url').slice(0, LEXEME_CHARACTERS)
}

/** Most words come again. What is kept are hashes, never a key: whoever asks for one has opened the data key just now. */
const KEPT_HASHES = 50_000
const keptHashes = new Recent<Recent<string>>(2)

async function blinder(tx: Tx, keyId: string, subjectKind: string): Promise<(stem: string) => string> {
  const blind = blindWith(await dataKey(tx, keyId), subjectKind)
  const known = keptHashes.get(`${keyId}/${subjectKind}`, () => new Recent<string>(KEPT_HASHES))
  return (stem) => known.get(stem, blind)
}

const languageOf = async (tx: Tx): Promise<Language> =>
  (await sql<{ language: Language }>`select language from organizations where id = ${tx.organizationId}`.execute(tx.db)).rows[0]!.language
