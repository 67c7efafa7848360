import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'

export interface LedgerFault { readonly organizationId: string; readonly reason: string }

/** From now on nothing is appended to this organisation's log, on any node. */
export async function recordFault(tx: Tx, reason: string): Promise<void> {
  await tx.db.insertInto('ledger_faults').values({ organization_id: tx.organizationId, reason, found_at: timestampOf(tx.now) })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ reason })).execute()
}

/** The log was verified again. */
export async function clearFault(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('ledger_faults').execute()
}

/** Logs that nobody may append to, for the health page. */
export async function listFaults(database: Database): Promise<LedgerFault[]> {
  const { rows } = await sql<{ organization_id: string; reason: string }>`select * from organizations_at_fault()`.execute(database.global)
  return rows.map(({ organization_id: organizationId, reason }) => ({ organizationId, reason }))
}
