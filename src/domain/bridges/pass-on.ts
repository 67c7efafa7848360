import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueue } from '../../jobs/index.ts'
import { append } from '../../ledger/index.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { getReport, lockReport, ReportId, type Report } from '../reports/index.ts'
import { getBridge, hostOf, openBridge, sealContent, sealPlace, type Content, type Issue } from './find.ts'
import { passedOn } from './kinds.ts'
import { syncJobName } from './sync.ts'

const IssueId = z.uuid().describe('Id of what was passed on')

/** What is sent where nobody chooses more: reference and severity. The link to the case is the last line of every text. */
export const withoutContent = ({ reference, severity }: Pick<Report, 'reference' | 'severity'>): Content => ({
  title: reference,
  text: `A weakness was reported to us${severity ? `; its severity is ${severity}` : ''}. What was reported is read in Avow.`,
})

export const hashOf = ({ title, text }: Content): string => hash('sha256', `${title}\n${text}`, 'hex')

/** A person's deed: no program decides that a report leaves the house. */
export const passOn = verb({
  name: 'report.pass-on',
  summary: 'Pass a report on to an issue tracker, with the title and text that you choose; by default nothing of what was reported.',
  may: 'reports.triage', entries: ['report.passed-on'],
  input: z.object({
    report: ReportId,
    bridge: z.uuid().describe('Which tracker, by its bridge’s id'),
    title: z.string().trim().max(200, 'Write at most 200 characters.').default('').describe('Title of the issue; the reference alone unless told'),
    text: z.string().trim().max(60_000, 'Write at most 60,000 characters.').default('').describe('Text of the issue; no content unless told'),
  }),
  output: z.object({ issue: z.uuid() }),
  async run({ tx, actor }, { report: id, bridge: to, ...chosen }) {
    const accountId = personOf(actor)
    const report = await lockReport(tx, actor, id)
    const bridge = await getBridge(tx, to)
    await refuseTwice(tx, report, bridge.id)
    const box = await openBridge(tx, bridge)
    const place = { host: hostOf(box), project: box.project }
    const plain = withoutContent(report)
    const content = { title: chosen.title || plain.title, text: chosen.text || plain.text }
    const issue = tx.newId()
    await tx.db.insertInto('bridge_issues').values({
      organization_id: tx.organizationId, id: issue, bridge_id: bridge.id, report_id: report.id, passed_by: accountId, passed_at: timestampOf(tx.now),
      content: await sealContent(tx, report.content_key_id, issue, content), ...await sealPlace(tx, issue, place), told: report.state,
      next_at: timestampOf(tx.now),
    }).execute()
    await append(tx, passedOn, {
      subjects: { report: report.id, bridge: bridge.id },
      marks: { tracker: bridge.kind, content: hashOf(content) === hashOf(plain) ? 'none' : 'chosen' },
      facts: { ...place, sha256: hashOf(content) }, keyId: report.content_key_id,
    })
    await enqueue(tx, syncJobName, { issue }, { key: issue })
    return { issue }
  },
})

function personOf(actor: Actor): string {
  if (actor.kind !== 'member') {
    refuseIf(true, 'takes_a_person', 'A report is passed on by somebody who is signed in, never by a program.')
    throw new NotFound()
  }
  return actor.accountId
}

async function refuseTwice(tx: Tx, report: Report, bridgeId: string): Promise<void> {
  const there = await tx.db.selectFrom('bridge_issues').select('id').where('report_id', '=', report.id).where('bridge_id', '=', bridgeId)
    .where('state', 'in', ['waiting', 'sent']).executeTakeFirst()
  refuseIf(there, 'already_passed_on', `${report.reference} has been passed on there already.`)
}

/** Through the report, and so through the actor. */
async function getIssue(tx: Tx, actor: Actor, id: string): Promise<Issue> {
  const issue = await tx.db.selectFrom('bridge_issues').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!issue) throw new NotFound()
  await getReport(tx, actor, issue.report_id)
  return issue
}

export const declineClosing = verb({
  name: 'report.decline-closing', summary: 'Say that a fix is not live although the issue elsewhere was closed.', may: 'reports.triage', entries: [],
  input: z.object({ issue: IssueId }),
  output: z.object({ report: z.uuid() }),
  async run({ tx, actor }, { issue: id }) {
    const issue = await getIssue(tx, actor, id)
    await tx.db.updateTable('bridge_issues').set({ declined_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    return { report: issue.report_id }
  },
})

export const confirmCopyGone = verb({
  name: 'report.confirm-copy-gone', summary: 'Say that the copy of an erased report was deleted from an issue tracker.', may: 'reports.triage', entries: [],
  input: z.object({ issue: IssueId }),
  output: z.object({ report: z.uuid() }),
  async run({ tx, actor }, { issue: id }) {
    const issue = await getIssue(tx, actor, id)
    refuseIf(!issue.erased_at, 'report_not_erased', 'The report is not erased: its copy may stay.')
    await tx.db.updateTable('bridge_issues').set({ copy_gone_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    return { report: issue.report_id }
  },
})
