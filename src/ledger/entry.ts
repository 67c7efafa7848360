import type { Facts } from 'avow-verify'
import type { Tx } from '../db/tx.ts'

/** What is sealed in `entries.facts`: facts and the salt of their seal end together. */
export interface FactsBox { readonly facts: Facts; readonly salt2: string }

/** Binds a box to its row: moved to another entry it does not open. */
export const factsContext = (entryId: string) => `entry/${entryId}`

/** Entries that have their place in the log, each with its leaf. */
export const sequenced = (tx: Tx) => tx.db.selectFrom('leaves').innerJoin('entries', (join) =>
  join.onRef('entries.organization_id', '=', 'leaves.organization_id').onRef('entries.id', '=', 'leaves.entry_id'))

export const parseFactsBox = (plain: Buffer): FactsBox => JSON.parse(plain.toString('utf8')) as FactsBox
