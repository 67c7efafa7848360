import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import { enqueue } from '../../../jobs/index.ts'
import { NotFound, Refused, refuseIf } from '../../../lib/errors.ts'
import { listAttachments } from '../../../seal/attachments.ts'
import { openJson, sealJson } from '../../../seal/envelope.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { getReport, lockReport, ReportId } from '../../reports/index.ts'
import type { ReplayResult } from '../tables.ts'
import { requestContext, outcomeContext, type Outcome, type Request } from './replay.ts'

const mostWaiting = 5

/** What the team's command is to run: a stranger's program. So a person calls for it, each time, and shows that it is they. */
export const replayReport = verb({
  name: 'report.replay', summary: 'Run a report’s reproducer by the command that the server’s operator has set up.', may: 'reports.triage', stepUp: true,
  entries: [],
  input: z.object({
    report: ReportId,
    file: z.union([z.uuid(), z.literal('')]).default('').describe('Id of the report’s file; empty runs the proof of concept that stands in the text'),
    expected: z.string().max(2000, 'Write at most 2,000 characters.').default('')
      .describe('Text that appears in the output when the weakness is there; empty: it ends with 0'),
    runs: z.coerce.number('Enter a number of runs.').int().min(1, 'Enter 1 to 20 runs.').max(20, 'Enter 1 to 20 runs.').default(1)
      .describe('How often: more than once where it does not always work'),
  }),
  output: z.object({ replay: z.uuid() }),
  async run({ tx, actor }, { report: id, file, expected, runs }) {
    if (actor.kind !== 'member') throw new Refused('person_needed', 'A person has to call for it, at the desk.')
    const report = await lockReport(tx, actor, id)
    if (file && !(await listAttachments(tx, { kind: 'report', id })).some((one) => one.id === file)) throw new NotFound()
    const waiting = await tx.db.selectFrom('report_replays').select('id').where('report_id', '=', id).where('ended_at', 'is', null).execute()
    refuseIf(waiting.length >= mostWaiting, 'replays_wait', 'Several runs of this report are waiting. Look at what comes of them first.')
    const replay = tx.newId()
    const request: Request = { file, expected, runs }
    await tx.db.insertInto('report_replays').values({
      organization_id: tx.organizationId, id: replay, report_id: id, account_id: actor.accountId, asked_at: timestampOf(tx.now),
      request: await sealJson(tx, report.content_key_id, requestContext(replay), request),
    }).execute()
    await enqueue(tx, 'report.replay', { replay }, { key: replay, last: true })
    return { replay }
  },
})

export interface ReplayView extends Request {
  readonly id: string
  readonly asked_at: string
  /** Null while it waits or runs. */
  readonly result: ReplayResult | null
  readonly outcome: Outcome | null
}

const mostShown = 20

export const listReplays = query({
  name: 'report.replays', summary: 'Read what came of running a report’s reproducer.', may: 'reports.read', input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }): Promise<{ replays: ReplayView[] }> {
    const report = await getReport(tx, actor, id)
    const rows = await tx.db.selectFrom('report_replays').select(['id', 'asked_at', 'result', 'request', 'outcome']).where('report_id', '=', id)
      .orderBy('asked_at', 'desc').limit(mostShown).execute()
    const open = <T>(context: string, box: Buffer) => openJson<T>(tx, report.content_key_id, context, box)
    return {
      replays: await Promise.all(rows.map(async (row) => ({
        id: row.id, asked_at: row.asked_at.toISOString(), result: row.result, ...await open<Request>(requestContext(row.id), row.request),
        outcome: row.outcome && await open<Outcome>(outcomeContext(row.id), row.outcome),
      }))),
    }
  },
})
