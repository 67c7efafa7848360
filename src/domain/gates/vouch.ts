import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { refuseIf, Unauthenticated } from '../../lib/errors.ts'
import { query, verb, type Work } from '../../verbs/verb.ts'
import { newToken } from '../../access/tokens.ts'
import { reporterVouched } from './kinds.ts'
import { voucherHash } from './senders.ts'

/** How many codes of one reporter hold at once. */
const MOST = 5

/** Whoever had a report accepted may speak for others, or for their own next reports: nobody has to say who they are for that. */
export const vouch = verb({
  name: 'reporter.vouch',
  summary: 'Make a code that speaks for somebody whom you know. It is told once.',
  may: 'reports.follow', input: z.object({ report: z.uuid() }), output: z.object({ code: z.string() }), entries: ['reporter.vouched'],
  async run(work) {
    const { tx } = work
    const { may, living } = await vouching(work)
    refuseIf(!may, 'not_known_yet', 'You can vouch for others once a report of yours was accepted.')
    refuseIf(living >= MOST, 'too_many_vouchers', `${MOST} codes of yours hold already. Take one back by writing to the team.`)
    const code = newToken().replace(/[^A-Za-z0-9]/g, '').toLowerCase().slice(0, 20).replaceAll(/(.{5})(?=.)/g, '$1-')
    const row = { organization_id: tx.organizationId, hash: await voucherHash(tx, code), report_id: ownReport(work), made_at: timestampOf(tx.now) }
    await tx.db.insertInto('vouchers').values(row).execute()
    await append(tx, reporterVouched, { subjects: { report: ownReport(work) }, marks: {}, facts: {} })
    return { code }
  },
})

export const readVouching = query({
  name: 'reporter.vouching', summary: 'Whether you may vouch for others, and how many codes of yours hold.', may: 'reports.follow',
    input: z.object({ report: z.uuid() }),
  run: vouching,
})

/** Known is whoever had this very report accepted, whether it was fixed since or not. */
async function vouching(work: Work): Promise<{ may: boolean; living: number }> {
  const { tx } = work
  const reportId = ownReport(work)
  const [report, vouchers] = await Promise.all([
    tx.db.selectFrom('reports').select('accepted_at').where('id', '=', reportId).executeTakeFirst(),
    tx.db.selectFrom('vouchers').select('made_at').where('report_id', '=', reportId).where('ended_at', 'is', null).execute(),
  ])
  return { may: !!report?.accepted_at, living: vouchers.length }
}

function ownReport({ actor }: Work): string {
  if (actor.kind !== 'reporter') throw new Unauthenticated('Enter your tracking phrase first.')
  return actor.reportId
}
