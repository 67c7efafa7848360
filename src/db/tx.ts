import type { Transaction } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Keyring } from '../seal/keyring.ts'
import type { Tables } from './tables.ts'
import type { Send } from './transaction.ts'

/**
 * One transaction of one organisation: the only thing that can write. The database session is bound to the
 * organisation (row-level security), so a query needs no `organization_id` in its conditions; an insert names
 * `organization_id: tx.organizationId`.
 */
export interface Tx {
  readonly db: Transaction<Tables>
  /** For a write whose answer nobody needs: it keeps its place in the order and saves waiting for it. */
  readonly send: Send
  readonly organizationId: string
  /** Taken once when the transaction starts. For display and bookkeeping; the ledger's own `at` decides. */
  readonly now: Temporal.Instant
  newId(): string
  readonly keyring: Keyring
  /** Who is doing it; none in the application's own housekeeping. */
  readonly actor?: Actor
  /** Entry kinds that the verb at work has declared; it may append no other. None outside of a verb. */
  readonly entries?: readonly string[]
}
