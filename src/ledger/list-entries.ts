import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import { NotFound } from '../lib/errors.ts'
import { sequenced } from './entry.ts'
import { factsOf } from './facts.ts'
import { findKind } from './kinds.ts'
import type { EntryRow } from './tables.ts'

/** An entry as people look it up: what the record says of it, without its sealed facts. */
export interface EntryLine extends Pick<EntryRow, 'kind' | 'stream' | 'cases' | 'marks' | 'actor'> {
  readonly index: number
  /** Milliseconds since 1970 UTC: the time that decides. */
  readonly at: number
}

export interface EntryFilter {
  /** Entry kinds; none: all. */
  readonly kinds: readonly string[]
  /** Pseudonyms, of which an entry has to be about one. */
  readonly about?: ReadonlySet<string> | undefined
  /** The last place of the page before. */
  readonly before?: number | undefined
  readonly limit: number
}

const columns = ['leaves.index', 'leaves.at_ms as at', 'entries.kind', 'entries.stream', 'entries.cases', 'entries.marks', 'entries.actor'] as const

/** Newest first. */
export function listEntries(tx: Tx, { kinds, about, before, limit }: EntryFilter): Promise<EntryLine[]> {
  let found = sequenced(tx).select(columns).orderBy('leaves.index', 'desc').limit(limit)
  if (kinds.length > 0) found = found.where('entries.kind', 'in', kinds)
  if (before !== undefined) found = found.where('leaves.index', '<', before)
  if (about) found = found.where(sql<boolean>`exists (select from jsonb_each_text(entries.cases) as named where named.value = any (${[...about]}))`)
  return found.execute()
}

/** One entry by its place, with its facts where they are published. */
export async function getEntry(tx: Tx, index: number): Promise<EntryLine & { readonly facts: unknown }> {
  const entry = await sequenced(tx).select([...columns, 'entries.id']).where('leaves.index', '=', index).executeTakeFirst()
  if (!entry) throw new NotFound()
  const { id, ...line } = entry
  return { ...line, facts: findKind(line.kind)?.open ? await factsOf(tx, id) : null }
}

/** Every pseudonym of whatever bears this id. */
export async function pseudonymsOfId(tx: Tx, id: string): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('cases').select('pseudonym').where('subject_id', '=', id).execute()
  return new Set(rows.map(({ pseudonym }) => pseudonym))
}
