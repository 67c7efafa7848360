import { sql } from 'kysely'
import type { Tx } from '../../../db/tx.ts'

/** Pages of the desk that stand open fetch themselves again, once this is committed. For what leaves no entry. */
export const tellDesk = (tx: Tx): Promise<unknown> => sql`select pg_notify('avow_desk', ${tx.organizationId})`.execute(tx.db)
