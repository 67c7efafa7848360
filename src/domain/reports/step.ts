import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append, type Kind } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import type { Tx } from '../../db/tx.ts'
import type { Work } from '../../verbs/verb.ts'
import { lockReport, type Report } from './find.ts'
import { tellReporter } from './letters.ts'
import { byWhom, insertMessage } from './message.ts'
import { may, type ReportState, type Step } from './report.ts'
import type { Updateable } from 'kysely'
import { reportAccepted, reportAcknowledged, reportClosed, reportFixed, reportResolved, reportVerified } from './kinds.ts'
import type { ReportRow } from './tables.ts'

export const ReportId = z.uuid().describe('The report’s id')
export const MessageText = z.string().trim().min(1, 'Write a message.').max(20_000, 'Write at most 20,000 characters.')

const instead: Partial<Record<ReportState, string>> = {
  received: 'Verify it first.',
  acknowledged: 'Verify it first.',
  verified: 'Accept it first.',
  accepted: 'Say that the fix is live first.',
  fixed: 'It only remains to resolve it.',
}

/** Finds the report through the actor, locks it, and refuses a step that its state does not allow. */
export async function takeStep({ tx, actor }: Work, reportId: string, step: Step): Promise<Report> {
  const report = await lockReport(tx, actor, reportId)
  const advice = step === 'acknowledge' ? '' : (instead[report.state] ?? '')
  refuseIf(!may(step, report.state), 'report_state_forbids', `The report is “${report.state}”, so this cannot be done to it now. ${advice}`.trim())
  return report
}

export const updateReport = (tx: Tx, report: Report, change: Omit<Updateable<ReportRow>, 'organization_id' | 'id'>) =>
  tx.db.updateTable('reports').set(change).where('id', '=', report.id).execute()

/** The entry that says that a report came to be in a state. */
const entryOf: Record<Move['to'], Kind<'report'>> = {
  acknowledged: reportAcknowledged,
  verified: reportVerified,
  accepted: reportAccepted,
  fixed: reportFixed,
  resolved: reportResolved,
  closed: reportClosed,
}

interface Move {
  to: Exclude<ReportState, 'received'>
  /** Marks beside `by`, which every step carries. */
  marks?: Record<string, string>
  facts?: Record<string, unknown>
  /** What the reporter reads; kept with the report and sealed in the entry. */
  message?: string
  change?: Pick<Updateable<ReportRow>, 'severity' | 'cvss' | 'closed_because'>
  /** For the mail: “R-7KQ2-MX4D: it was read”. */
  happened: string
}

/** What every step does once it is allowed: new state with its time, the words to the reporter, the entry, the mail. */
export async function moveReport({ tx, actor }: Work, report: Report, move: Move): Promise<{ report: string; state: ReportState }> {
  const ended = move.to === 'resolved' || move.to === 'closed'
  await updateReport(tx, report, { ...move.change, state: move.to, [`${move.to}_at`]: timestampOf(tx.now), ...(ended && { waiting_for_reporter: false }) })
  if (move.message) await insertMessage(tx, report, actor, 'team', move.message)
  await append(tx, entryOf[move.to], {
    subjects: { report: report.id },
    marks: { by: byWhom(actor), ...move.marks },
    facts: { ...move.facts, ...(move.message && { message: move.message }) },
    keyId: report.content_key_id,
  })
  await tellReporter(tx, report, move.happened)
  return { report: report.id, state: move.to }
}
