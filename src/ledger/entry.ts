import type { Facts } from 'avow-verify'

/** What is sealed in `entries.facts`: facts and the salt of their seal end together. */
export interface FactsBox { readonly facts: Facts; readonly salt2: string }

/** Binds a box to its row: moved to another entry it does not open. */
export const factsContext = (entryId: string) => `entry/${entryId}`
