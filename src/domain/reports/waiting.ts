import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import type { Report } from './find.ts'
import { waitingEnded } from './kinds.ts'

/*
 * While the team waits for the reporter, clocks stand still where the policy says so. Waiting has one beginning, the question, and one end,
 * `report.waiting-ended`, whatever ended it: a rule that names this end cannot be stopped for ever by a question that nobody answers.
 */

/** A question asked anew gives the reporter the whole time anew. */
export const beginWaiting = (tx: Tx, report: Pick<Report, 'id'>) =>
  tx.db.updateTable('reports')
    .set({ waiting_for_reporter: true, waiting_since: timestampOf(tx.now), waiting_warned_at: null, unanswered_at: null })
    .where('id', '=', report.id).execute()

/** Ends the waiting, where there is any. The verb at work must declare `report.waiting-ended`. */
export async function endWaiting(
  tx: Tx, report: Pick<Report, 'id' | 'content_key_id' | 'waiting_for_reporter'>, because: 'answered' | 'unanswered' | 'moved-on',
): Promise<void> {
  if (!report.waiting_for_reporter) return
  await tx.db.updateTable('reports').where('id', '=', report.id).set({
    waiting_for_reporter: false, waiting_since: null, waiting_warned_at: null, unanswered_at: because === 'unanswered' ? timestampOf(tx.now) : null,
  }).execute()
  await append(tx, waitingEnded, { subjects: { report: report.id }, marks: { because }, facts: {}, keyId: report.content_key_id })
}
