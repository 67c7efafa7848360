import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

const CHANNEL = 'avow_keyring'

/** Reads the keyring again whenever another process says that it changed it. For every process that runs for long. */
export const followKeyring = (database: Database, onError: (error: Error) => void): Promise<() => Promise<void>> =>
  database.listen(CHANNEL, () => { database.keyring.refresh().catch(onError) })

/** Tells the other processes, when the transaction commits. */
export const announceKeyring = (db: Kysely<Tables>): Promise<unknown> => sql`select pg_notify(${CHANNEL}, '')`.execute(db)
