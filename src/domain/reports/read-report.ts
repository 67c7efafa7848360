import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import type { Actor } from '../../access/actor.ts'
import { factsOf } from '../../ledger/index.ts'
import { listAttachments } from '../../seal/attachments.ts'
import { Erased } from '../../seal/envelope.ts'
import { query } from '../../verbs/verb.ts'
import { getReport, type Report } from './find.ts'
import type { ReportedFacts } from './kinds.ts'
import { identityOf } from './letters.ts'
import { readMessages, type Message } from './message.ts'
import { isOpen, stateInWords, type ReportState, type Severity } from './report.ts'
import { ReportId } from './step.ts'

export interface Milestone { what: ReportState; at: string }

export interface ReportView {
  id: string
  reference: string
  state: ReportState
  in_words: string
  open: boolean
  severity: Severity | null
  cvss: string | null
  closed_because: string | null
  waiting_for_reporter: boolean
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

async function viewOf(tx: Tx, actor: Actor, report: Report): Promise<ReportView> {
  return {
    id: report.id,
    reference: report.reference,
    state: report.state,
    in_words: stateInWords[report.state],
    open: isOpen(report.state),
    severity: report.severity,
    cvss: report.cvss,
    closed_because: report.closed_because,
    waiting_for_reporter: report.waiting_for_reporter,
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
  const times: [ReportState, Date | null][] = [
    ['received', report.received_at], ['acknowledged', report.acknowledged_at], ['verified', report.verified_at],
    ['accepted', report.accepted_at], ['fixed', report.fixed_at], ['resolved', report.resolved_at], ['closed', report.closed_at],
  ]
  return times.flatMap(([what, at]) => (at ? [{ what, at: at.toISOString() }] : []))
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
