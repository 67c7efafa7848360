import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import type { Report } from './find.ts'

/*
 * A researcher may keep reports together in an account. It opens them as their phrase does, to this account alone: the team is not told,
 * and nothing of it stands in the ledger, so that an account gives nobody away.
 */

/** What an account keeps, newest first; the reports that its holder sent, or knows the phrase of. */
export const keptBy = (tx: Tx, accountId: string): Promise<Report[]> =>
  tx.db.selectFrom('reports').innerJoin('kept_reports', 'kept_reports.report_id', 'reports.id').selectAll('reports')
    .where('account_id', '=', accountId).orderBy('received_at', 'desc').execute()

export async function keepFor(tx: Tx, accountId: string, reportId: string): Promise<void> {
  const kept = { organization_id: tx.organizationId, account_id: accountId, report_id: reportId, kept_at: timestampOf(tx.now) }
  await tx.db.insertInto('kept_reports').values(kept)
    .onConflict((conflict) => conflict.doNothing()).execute()
}

/** Whose it was is erased with who reported it. */
export async function forgetKeepers(tx: Tx, reportId: string): Promise<void> {
  await tx.db.deleteFrom('kept_reports').where('report_id', '=', reportId).execute()
}
