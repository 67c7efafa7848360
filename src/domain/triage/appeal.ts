import { z } from 'zod'
import { holdersOf } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { liftBlocks } from '../gates/index.ts'
import { byWhom, lockReport, MessageText, receiveDeposit, reopenReport, ReportId, say, tellTeam, updateReport,
  type Report } from '../reports/index.ts'
import { appealDecided, reportAppealed, senderUnblocked } from './kinds.ts'
import type { Ground } from './tables.ts'

/** What of a report its reporter can object to. That of a blocked sender was closed in the moment in which it was deposited. */
export function groundOf(report: Pick<Report, 'state' | 'closed_because' | 'closed_at' | 'deposited_at' | 'queue'>): Ground | null {
  const { state, closed_because: reason, closed_at: closed, deposited_at: deposited, queue } = report
  if (state === 'closed' && reason === 'spam') return deposited && closed?.getTime() === deposited.getTime() ? 'block' : 'spam'
  const waits = state === 'received' || state === 'acknowledged'
  return waits && queue === 'suspect' ? 'queue' : null
}

export const openAppeal = (tx: Tx, report: string) =>
  tx.db.selectFrom('report_appeals').select(['id', 'against', 'made_at']).where('report_id', '=', report).where('decided_at', 'is', null).executeTakeFirst()

export const appeal = verb({
  name: 'report.appeal', summary: 'Object that your report was closed as spam, that you are blocked, or that your report is read last.',
  may: 'reports.follow', entries: ['report.appealed'],
  input: z.object({ report: ReportId, message: MessageText.describe('Why') }),
  async run({ tx, actor }, input) {
    const report = await lockReport(tx, actor, input.report)
    const against = groundOf(report)
    refuseIf(!against, 'nothing_to_appeal', 'There is nothing here to object to. Write to the team below instead.')
    refuseIf(await openAppeal(tx, report.id), 'appealed_already', 'You have objected already, and nobody has decided yet.')
    const row = { organization_id: tx.organizationId, id: tx.newId(), report_id: report.id, against: against!, made_at: timestampOf(tx.now) }
    await tx.db.insertInto('report_appeals').values(row).execute()
    await say(tx, report, actor, reportAppealed, { voice: 'reporter', text: input.message, marks: { against: against! } })
    await tellTeam(tx, report, 'its reporter appeals')
    return { report: report.id }
  },
})

/** Upheld, nothing changes but that a second person looked; else the report is opened again, the block lifted, or the report read among the others. */
export const decideAppeal = verb({
  name: 'report.decide-appeal', summary: 'Decide about a reporter’s objection, with reasons that they read.',
  may: 'reports.triage', entries: ['report.appeal-decided', 'report.received', 'sender.unblocked', ...reopenReport.entries],
  input: z.object({
    report: ReportId,
    outcome: z.enum(['upheld', 'reopened']).describe('Whether what was decided stays'),
    message: MessageText.describe('What the reporter will read'),
  }),
  async run(work, { report: id, outcome, message }) {
    const { tx, actor } = work
    const report = await lockReport(tx, actor, id)
    const made = await openAppeal(tx, id)
    if (!made) throw new NotFound()
    await refuseOwn(work, report, made.against)
    await tx.db.updateTable('report_appeals').where('id', '=', made.id)
      .set({ decided_at: timestampOf(tx.now), decided_by: actor.kind === 'member' ? actor.accountId : null, outcome }).execute()
    const marks = { by: byWhom(actor), against: made.against, outcome }
    // Where it is opened again, that is what tells the reporter.
    if (outcome === 'reopened' && made.against === 'spam') {
      await append(tx, appealDecided, { subjects: { report: id }, marks, facts: { message }, keyId: report.content_key_id })
    } else await say(tx, report, actor, appealDecided, { voice: 'team', text: message, marks })
    if (outcome === 'reopened') await grant(work, report, made.against, message)
    return { report: id }
  },
})

async function grant(work: Work, report: Report, against: Ground, message: string): Promise<void> {
  const { tx, actor } = work
  if (against === 'spam') return void await reopenReport.run(work, { report: report.id, reason: 'appeal', message })
  if (against === 'block') {
    await liftBlocks(tx, report.id)
    await append(tx, senderUnblocked, { subjects: { report: report.id }, marks: { by: byWhom(actor) }, facts: {} })
    await receiveDeposit(tx, report)
  }
  await updateReport(tx, report, { queue: 'plausible', queue_reasons: ['by-hand'], queue_by: byWhom(actor) })
}

/** Nobody judges their own decision where somebody else could. */
async function refuseOwn({ tx, actor }: Work, report: Report, against: Ground): Promise<void> {
  const decider = against === 'spam' ? await tx.db.selectFrom('spam_closures').select('closed_by as who').where('report_id', '=', report.id).executeTakeFirst()
    : against === 'block' ? await blockerOf(tx, report.id) : undefined
  if (actor.kind !== 'member' || decider?.who !== actor.accountId) return
  const others = (await holdersOf(tx, 'reports.triage')).filter((account) => account !== actor.accountId)
  refuseIf(others.length > 0, 'own_decision', 'You decided this yourself: somebody else of the team has to look at it.')
}

const blockerOf = (tx: Tx, report: string) =>
  tx.db.selectFrom('sender_blocks').innerJoin('report_senders', 'report_senders.hash', 'sender_blocks.hash').select('made_by as who')
    .where('report_senders.report_id', '=', report).where('lifted_at', 'is', null).executeTakeFirst()
