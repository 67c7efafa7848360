import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import type { Actor, Guest } from '../../access/actor.ts'
import { factsOf } from '../../ledger/index.ts'
import { listAttachments } from '../../seal/attachments.ts'
import { Erased } from '../../seal/envelope.ts'
import { query } from '../../verbs/verb.ts'
import { casePrefix } from './desk/short-id.ts'
import { getReport, type Report } from './find.ts'
import type { ReportedFacts } from './kinds.ts'
import { identityOf } from './letters.ts'
import { readMessages, type Message } from './message.ts'
import { isOpen, may, stateInWords, steps, type ReportState, type Severity, type Step } from './report.ts'
import { ReportId, standingOf } from './step.ts'

export interface Milestone { what: ReportState | 'reopened'; at: string }

export interface ReportView {
  id: string
  /** ACME-142. */
  short_id: string
  reference: string
  state: ReportState
  in_words: string
  open: boolean
  severity: Severity | null
  cvss: string | null
  closed_because: string | null
  waiting_for_reporter: boolean
  /** Of the question that was asked last. */
  waiting_since: string | null
  /** The reporter did not answer in time, and nobody has decided since. */
  unanswered: boolean
  /** The reporter was asked to try the fix. */
  retest_asked: boolean
  disclosed: boolean
  /** The steps that it may take now. */
  steps: Step[]
  received_at: string
  milestones: Milestone[]
  /** Null once erased. */
  reported: ReportedFacts | null
  attachments: { id: string; name: string; size: number; type: string }[]
  messages: Message[]
  entry: string
  /** Seen by those alone who were added to it. */
  restricted: boolean
}

/** The case as the team sees it: what was reported, by whom as far as they said, all that was said. */
export const readReport = query({
  name: 'report.read',
  summary: 'Read one report with its messages.',
  may: 'reports.read',
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, input) {
    const report = await getReport(tx, actor, input.report)
    return { ...(await viewOf(tx, actor, report)), reporter: await unlessErased(identityOf(tx, report)) }
  },
})

/** The report as its reporter sees it: no notes of the team, no names of its members. */
export const followReport = query({
  name: 'report.follow',
  summary: 'Read your own report and what the team wrote.',
  may: 'reports.follow',
  input: z.object({ report: ReportId }),
  run: async ({ tx, actor }, input) => viewOf(tx, actor, await getReport(tx, actor, input.report)),
})

export type GuestView = Pick<ReportView, 'reference' | 'in_words' | 'severity' | 'cvss' | 'reported' | 'attachments' | 'messages'>

/** The report as a guest of its case sees it: what they were let see, and their own channel. */
export async function readAsGuest(tx: Tx, guest: Guest): Promise<GuestView> {
  const view = await viewOf(tx, guest, await getReport(tx, guest, guest.reportId))
  const { reference, in_words: inWords, messages } = view
  const { report, files } = guest.sees
  const { severity, cvss, reported } = report ? view : { severity: null, cvss: null, reported: null }
  return {
    reference, messages, in_words: inWords, severity, cvss, attachments: files ? view.attachments : [],
    reported: reported && { ...reported, attachments: files ? reported.attachments : [] },
  }
}

async function viewOf(tx: Tx, actor: Actor, report: Report): Promise<ReportView> {
  return {
    id: report.id,
    short_id: `${await casePrefix(tx)}-${report.number}`,
    reference: report.reference,
    state: report.state,
    in_words: stateInWords[report.state],
    open: isOpen(report.state),
    severity: report.severity,
    cvss: report.cvss,
    closed_because: report.closed_because,
    waiting_for_reporter: report.waiting_for_reporter,
    waiting_since: report.waiting_since?.toISOString() ?? null,
    unanswered: report.unanswered_at !== null,
    retest_asked: report.retest_asked_at !== null,
    disclosed: report.disclosed_at !== null,
    steps: steps.filter((step) => may(step, standingOf(report))),
    received_at: report.received_at.toISOString(),
    milestones: milestonesOf(report),
    reported: await unlessErased(factsOf<ReportedFacts>(tx, report.received_entry_id)),
    attachments: await listAttachments(tx, { kind: 'report', id: report.id }),
    messages: (await unlessErased(readMessages(tx, actor, report))) ?? [],
    entry: report.received_entry_id,
    restricted: report.restricted_at !== null,
  }
}

function milestonesOf(report: Report): Milestone[] {
  const times: [Milestone['what'], Date | null][] = [
    ['received', report.received_at], ['acknowledged', report.acknowledged_at], ['verifying', report.verifying_at], ['verified', report.verified_at],
    ['accepted', report.accepted_at], ['fixing', report.fixing_at], ['fixed', report.fixed_at], ['resolved', report.resolved_at],
    ['closed', report.closed_at], ['reopened', report.reopened_at], ['disclosed', report.disclosed_at],
  ]
  const passed = times.flatMap(([what, at]) => (at ? [{ what, at: at.toISOString() }] : []))
  return passed.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Null where the content was erased; what else goes wrong stays an error. */
export async function unlessErased<T>(opening: Promise<T>): Promise<T | null> {
  try {
    return await opening
  } catch (error) {
    if (error instanceof Erased) return null
    throw error
  }
}
