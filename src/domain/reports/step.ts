import type { Updateable } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, type Kind } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import type { Work } from '../../verbs/verb.ts'
import { lockReport, type Report } from './find.ts'
import {
  fixStarted, reportAccepted, reportAcknowledged, reportClosed, reportFixed, reportReopened, reportResolved, reportVerified, retestFailed, verificationStarted,
} from './kinds.ts'
import { tellReporter } from './letters.ts'
import { byWhom, say } from './message.ts'
import { after, may, type ReportState, type Standing, type Step } from './report.ts'
import type { ReportRow } from './tables.ts'
import { endWaiting } from './waiting.ts'

export const ReportId = z.uuid().describe('The report’s id')
export const MessageText = z.string().trim().min(1, 'Write a message.').max(20_000, 'Write at most 20,000 characters.')

const instead: Partial<Record<ReportState, string>> = {
  received: 'Verify it first.',
  acknowledged: 'Verify it first.',
  verifying: 'Verify it first.',
  verified: 'Accept it first.',
  accepted: 'Say that the fix is live first.',
  fixing: 'Say that the fix is live first.',
  fixed: 'It only remains to resolve it.',
}

export const standingOf = (report: Report): Standing => ({
  state: report.state, acknowledged: report.acknowledged_at !== null, refused: report.closed_because !== null, disclosed: report.disclosed_at !== null,
})

/** Finds the report through the actor, locks it, and refuses a step that its state does not allow. */
export async function takeStep({ tx, actor }: Work, reportId: string, step: Step): Promise<Report> {
  const report = await lockReport(tx, actor, reportId)
  const advice = step === 'acknowledge' || step === 'reopen' ? '' : (instead[report.state] ?? '')
  refuseIf(!may(step, standingOf(report)), 'report_state_forbids',
    `The report is “${report.state}”, so this cannot be done to it now. ${advice}`.trim())
  return report
}

export const updateReport = (tx: Tx, report: Report, change: Omit<Updateable<ReportRow>, 'organization_id' | 'id'>) =>
  tx.db.updateTable('reports').set(change).where('id', '=', report.id).execute()

interface Way {
  /** The entry that says that the step was taken. */
  entry: Kind<'report'>
  /** When it was taken last. */
  at: keyof ReportRow & `${string}_at`
  /** Whoever takes it waits for the reporter no longer. */
  endsWaiting?: true
}

/** What taking each step leaves. Publication has a verb of its own elsewhere: its entry alone moves the report (disclosed.ts). */
const ways: Record<Exclude<Step, 'disclose'>, Way> = {
  acknowledge: { entry: reportAcknowledged, at: 'acknowledged_at' },
  'start-verification': { entry: verificationStarted, at: 'verifying_at' },
  verify: { entry: reportVerified, at: 'verified_at', endsWaiting: true },
  accept: { entry: reportAccepted, at: 'accepted_at', endsWaiting: true },
  'start-fix': { entry: fixStarted, at: 'fixing_at', endsWaiting: true },
  fix: { entry: reportFixed, at: 'fixed_at', endsWaiting: true },
  'fail-retest': { entry: retestFailed, at: 'fixing_at', endsWaiting: true },
  resolve: { entry: reportResolved, at: 'resolved_at', endsWaiting: true },
  close: { entry: reportClosed, at: 'closed_at', endsWaiting: true },
  reopen: { entry: reportReopened, at: 'reopened_at' },
}

interface Move {
  step: keyof typeof ways
  /** Marks beside `by`, which every step carries. */
  marks?: Record<string, string>
  facts?: Record<string, unknown>
  /** What the reporter reads, in place of other facts: kept with the report and sealed in the entry. */
  message?: string
  /** Who says it, where it is not the team. */
  voice?: 'reporter'
  change?: Updateable<Pick<ReportRow, 'severity' | 'cvss' | 'closed_because' | 'retest_asked_at'>>
  /** For the mail: “R-7KQ2-MX4D: it was read”. */
  happened: string
}

/** What every step does once it is allowed: new state with its time, the words to the reporter, the entry, the mail. */
export async function moveReport({ tx, actor }: Work, report: Report, move: Move): Promise<{ report: string; state: ReportState }> {
  const { entry, at, endsWaiting } = ways[move.step]
  const { state } = after(move.step, standingOf(report))
  await updateReport(tx, report, { ...move.change, state, [at]: timestampOf(tx.now), ...(endsWaiting && { unanswered_at: null }) })
  if (endsWaiting) await endWaiting(tx, report, 'moved-on')
  const marks = { by: byWhom(actor), ...move.marks }
  if (move.message) await say(tx, report, actor, entry, { voice: move.voice ?? 'team', text: move.message, marks })
  else await append(tx, entry, { subjects: { report: report.id }, marks, facts: move.facts ?? {}, keyId: report.content_key_id })
  if (!move.voice) await tellReporter(tx, report, move.happened)
  return { report: report.id, state }
}
