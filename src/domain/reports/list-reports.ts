import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import type { Tx } from '../../db/tx.ts'
import { loadKeys, openText } from '../../seal/envelope.ts'
import { search } from '../../seal/search.ts'
import { query } from '../../verbs/verb.ts'
import type { Queue } from '../gates/index.ts'
import { filterFields } from './desk/filter.ts'
import { countInbox, inboxByIds, inboxLines, listInbox } from './desk/inbox.ts'
import { casePrefix } from './desk/short-id.ts'
import { findReportNamed, reportsByIds, type ListedReport, type Report } from './find.ts'
import type { ReportState, Severity } from './report.ts'
import { unlessErased } from './read-report.ts'
import { titleContext } from './receive-report.ts'

/** Two lines each: about as many as somebody reads before they look up. */
const PAGE = 30
/** What a search finds has no second page: whoever needs more asks more exactly. */
const FOUND = 50

export interface ReportLine {
  id: string
  /** ACME-142: what people say and write. The reference is what nobody guesses. */
  short_id: string
  reference: string
  /** Null once the report's content was erased. */
  title: string | null
  state: ReportState
  severity: Severity | null
  waiting: boolean
  /** Seen by those alone who were added to it. */
  restricted: boolean
  received_at: string
  queue: Queue
}

/** The inbox: what breaks next first, or what a search finds, best first. */
export const listReportsQuery = query({
  name: 'report.list',
  summary: 'List reports, what breaks next first, or search them.',
  may: 'reports.read',
  input: z.object({
    ...filterFields,
    search: z.string().trim().max(500).default('').describe('Words, "a phrase", -not, or a number: ACME-142'),
    before: z.uuid().optional().describe('Id of the last report of the page before'),
  }),
  assistants: true,
  async run({ tx, actor }, { search: words, before, ...filter }) {
    const found = words ? await inboxByIds(tx, actor, await idsFor(tx, actor, words)) : await listInbox(tx, actor, filter, { after: before, limit: PAGE + 1 })
    const page = words ? found : found.slice(0, PAGE)
    // The keys are asked for first: titles are opened while the database counts.
    const [reports, { open, byQueue, mine, late }] = await Promise.all([inboxLines(tx, page), countInbox(tx, actor)])
    return { reports, next: found.length > page.length ? page.at(-1)!.id : null, open, open_by_queue: byQueue, mine, late }
  },
})

/** A number or a reference is that one report; anything else is looked for in what was written. */
async function idsFor(tx: Tx, actor: Actor, words: string): Promise<string[]> {
  const named = await findReportNamed(tx, actor, words)
  return named ? [named] : search(tx, 'report', words, { order: 'rank', limit: FOUND })
}

/** The lines of those reports that the actor may read; nobody who may not read reports gets any. */
export const reportLines = async (tx: Tx, actor: Actor, ids: readonly string[]): Promise<ReportLine[]> =>
  may(actor, 'reports.read') ? linesOf(tx, await reportsByIds(tx, actor, ids)) : []

export async function linesOf(tx: Tx, reports: readonly ListedReport[]): Promise<ReportLine[]> {
  const [prefix] = await Promise.all([casePrefix(tx), loadKeys(tx, reports.map((report) => report.content_key_id))])
  return Promise.all(reports.map(async (report) => ({
    id: report.id,
    short_id: `${prefix}-${report.number}`,
    reference: report.reference,
    title: await titleOf(tx, report),
    state: report.state,
    severity: report.severity,
    waiting: report.waiting_for_reporter,
    restricted: report.restricted_at !== null,
    received_at: report.received_at.toISOString(),
    queue: report.queue,
  })))
}

export const titleOf = (tx: Tx, report: Pick<Report, 'id' | 'content_key_id' | 'title'>): Promise<string | null> =>
  unlessErased(openText(tx, report.content_key_id, titleContext(report.id), report.title))
