import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { insertMessage, lockReport, MessageText, ReportId, tellReporter, tellTeam } from '../reports/index.ts'
import { letIn } from './guest.ts'
import { mediationConcluded, mediationRequested, outcomes } from './kinds.ts'
import { mediatorsOf } from './mediators.ts'
import { guestBehind } from './talk.ts'

const input = z.object({
  report: ReportId,
  mediator: z.uuid('Choose one.').describe('Whom of those that the programme names'),
  message: MessageText.describe('What it is about; the other side and the mediator read it'),
})
const entries = ['mediation.requested', 'guest.invited']
/** A mediator sees a case so long at most. */
const days = 90

/** Either side may call in a mediator, who sees what was reported and what both sides wrote to each other; no notes of the team, not who reported. */
export const requestMediation = verb({
  name: 'mediation.request', summary: 'Call in a mediator, as the team.', may: 'reports.triage', input, entries,
  run: (work, given) => callIn(work, 'team', given),
})

export const askMediation = verb({
  name: 'mediation.ask', summary: 'Call in a mediator, as the reporter.', may: 'reports.follow', input, entries,
  run: (work, given) => callIn(work, 'reporter', given),
})

async function callIn({ tx, actor }: Work, side: 'reporter' | 'team', { report: id, mediator: chosen, message }: z.output<typeof input>): Promise<void> {
  const report = await lockReport(tx, actor, id)
  refuseIf(await underWay(tx, report.id), 'mediation_under_way', 'A mediator is called in already.')
  const mediator = (await mediatorsOf(tx)).find((one) => one.id === chosen)
  if (!mediator) throw new Invalid({ mediator: 'Choose one of the list.' })
  const until = tx.now.add({ hours: 24 * days })
  const guest = await letIn(tx, report, { ...mediator, role: 'mediator', sees: { report: true, files: true, messages: true }, until, invitedBy: side })
  await tx.db.insertInto('mediations').values({
    organization_id: tx.organizationId, report_id: report.id, guest_id: guest, requested_by: side, requested_at: timestampOf(tx.now),
    concluded_at: null, outcome: null,
  }).execute()
  await insertMessage(tx, report, actor, side, message)
  await append(tx, mediationRequested, { subjects: { report: report.id }, marks: { side }, facts: {}, keyId: report.content_key_id })
  await (side === 'team' ? tellReporter(tx, report, 'the team called in a mediator') : tellTeam(tx, report, 'the reporter called in a mediator'))
}

export const concludeMediation = verb({
  name: 'mediation.conclude',
  summary: 'Tell both sides how the mediation ended.',
  may: 'reports.assist',
  input: z.object({ outcome: z.enum(outcomes).describe('How it ended'), message: MessageText.describe('What both sides will read') }),
  entries: ['mediation.concluded'],
  async run({ tx, actor }, { outcome, message }) {
    const guest = guestBehind(actor)
    const report = await lockReport(tx, guest, guest.reportId)
    const { numUpdatedRows: concluded } = await tx.db.updateTable('mediations').set({ concluded_at: timestampOf(tx.now), outcome })
      .where('guest_id', '=', guest.guestId).where('concluded_at', 'is', null).executeTakeFirst()
    if (concluded === 0n) throw new NotFound('There is no mediation of yours that is still open.')
    await insertMessage(tx, report, guest, 'mediator', message, guest.guestId)
    await append(tx, mediationConcluded, { subjects: { report: report.id }, marks: { outcome }, facts: { message }, keyId: report.content_key_id })
    await tellTeam(tx, report, 'the mediation is concluded')
    await tellReporter(tx, report, 'the mediation is concluded')
  },
})

/** The mediation of a case that has not been concluded, while its mediator still sees the case. */
export const underWay = (tx: Tx, reportId: string) =>
  tx.db.selectFrom('mediations').innerJoin('report_guests', 'report_guests.id', 'mediations.guest_id').select(['requested_by', 'requested_at', 'guest_id'])
    .where('mediations.report_id', '=', reportId).where('concluded_at', 'is', null)
    .where('removed_at', 'is', null).where('ends_at', '>', timestampOf(tx.now)).executeTakeFirst()
