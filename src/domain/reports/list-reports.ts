import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import type { Tx } from '../../db/tx.ts'
import { loadKeys, openText } from '../../seal/envelope.ts'
import { search } from '../../seal/search.ts'
import { query } from '../../verbs/verb.ts'
import { countByQueue, countOpen, listReports, reportsByIds, type ListedReport, type Report } from './find.ts'
import { queues, type Queue } from '../gates/index.ts'
import type { ReportState, Severity } from './report.ts'
import { unlessErased } from './read-report.ts'
import { titleContext } from './receive-report.ts'

const PAGE = 50

export interface ReportLine {
  id: string
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

/** The inbox: newest first, or what a search finds, best first. */
export const listReportsQuery = query({
  name: 'report.list',
  summary: 'List reports, newest first, or search them.',
  may: 'reports.read',
  input: z.object({
    state: z.enum(['open', 'done', 'all']).default('open').describe('Which ones'),
    queue: z.enum(queues).optional().describe('Only those of one class'),
    search: z.string().trim().max(500).default('').describe('Words, "a phrase", -not'),
    before: z.uuid().optional().describe('Id of the last report of the page before'),
  }),
  assistants: true,
  async run({ tx, actor }, { state, queue, search: words, before }) {
    const found = words
      ? await reportsByIds(tx, actor, await search(tx, 'report', words, { order: 'rank', limit: PAGE }))
      : await listReports(tx, actor, { state, queue, before, limit: PAGE + 1 })
    const page = found.slice(0, PAGE)
    return {
      reports: await linesOf(tx, page), next: found.length > PAGE ? page.at(-1)!.id : null,
      open: await countOpen(tx, actor), open_by_queue: await countByQueue(tx, actor),
    }
  },
})

/** The lines of those reports that the actor may read; nobody who may not read reports gets any. */
export const reportLines = async (tx: Tx, actor: Actor, ids: readonly string[]): Promise<ReportLine[]> =>
  may(actor, 'reports.read') ? linesOf(tx, await reportsByIds(tx, actor, ids)) : []

export async function linesOf(tx: Tx, reports: readonly ListedReport[]): Promise<ReportLine[]> {
  await loadKeys(tx, reports.map((report) => report.content_key_id))
  return Promise.all(reports.map(async (report) => ({
    id: report.id,
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
