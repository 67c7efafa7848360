import { canonicalBytes, hmacSha256, type Facts } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import type { EntryRow } from './tables.ts'

/** What is sealed in `entries.facts`: facts and the salt of their seal end together. */
export interface FactsBox { readonly facts: Facts; readonly salt2: string }

/** Binds a box to its row: moved to another entry it does not open. */
export const factsContext = (entryId: string) => `entry/${entryId}`

/** Entries that have their place in the log, each with its leaf. */
export const sequenced = (tx: Tx) => tx.db.selectFrom('leaves').innerJoin('entries', (join) =>
  join.onRef('entries.organization_id', '=', 'leaves.organization_id').onRef('entries.id', '=', 'leaves.entry_id'))

export const parseFactsBox = (plain: Buffer): FactsBox => JSON.parse(plain.toString('utf8')) as FactsBox

/** What a leaf commits to, beside its time. */
export type Committed = Omit<EntryRow, 'organization_id' | 'facts'>

export const committedColumns = ['entries.id', 'kind', 'stream', 'cases', 'marks', 'seed', 'seal', 'key_id', 'actor', 'created_at'] as const

/**
 * The salts derive from the random seed and from what the row says about itself, so that the leaf commits to actor, key and time of writing
 * too: change one of them and the label no longer fits. To publish a salt tells nothing about what it derives from.
 */
export function saltsOf({ id, seed, key_id: key, actor, created_at: created }: Omit<Committed, 'kind' | 'stream' | 'cases' | 'marks' | 'seal'>) {
  const row = { id, key, actor, created: created.toISOString() }
  return { salt1: hmacSha256(seed, canonicalBytes({ ...row, salt: 1 })), salt3: hmacSha256(seed, canonicalBytes({ ...row, salt: 3 })) }
}
