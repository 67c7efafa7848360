import { z } from 'zod'
import { append } from '../../ledger/index.ts'
import { Forbidden, NotFound, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { blockSenders, liftBlocks } from '../gates/index.ts'
import { byWhom, getReport, ReportId } from '../reports/index.ts'
import { senderBlocked, senderUnblocked } from './kinds.ts'

/** What they send from now on is deposited closed, with this reason, and they can appeal: it is not lost, and no clock begins. */
export const blockSender = verb({
  name: 'report.block-sender', summary: 'Block whoever sent this report, by all that they are known by, with a reason that they read.',
  may: 'reports.triage', entries: ['sender.blocked'],
  input: z.object({ report: ReportId, reason: z.string().trim().min(1, 'Say why.').max(1000, 'Write at most 1,000 characters.')
    .describe('Why, as they will read it') }),
  async run({ tx, actor }, { report: id, reason }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.triage')
    const report = await getReport(tx, actor, id)
    const ways = await blockSenders(tx, { report: id, reason, by: actor.accountId })
    refuseIf(ways === 0, 'nobody_to_block', 'It came without an account, a code, a key or an address: there is nobody to block. Close it as spam.')
    await append(tx, senderBlocked, { subjects: { report: id }, marks: { by: byWhom(actor) }, facts: { reason }, keyId: report.content_key_id })
    return { report: id }
  },
})

export const unblockSender = verb({
  name: 'report.unblock-sender', summary: 'Lift the block of whoever sent this report.', may: 'reports.triage', entries: ['sender.unblocked'],
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }) {
    await getReport(tx, actor, id)
    if (await liftBlocks(tx, id) === 0) throw new NotFound()
    await append(tx, senderUnblocked, { subjects: { report: id }, marks: { by: byWhom(actor) }, facts: {} })
    return { report: id }
  },
})
