import { append } from '../../ledger/index.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, Refused } from '../../lib/errors.ts'
import { onOutcome, recordOutcome, sendAgain } from '../../mail/index.ts'
import { getReport, tellTeam } from '../reports/index.ts'
import { deliveryFailed } from './kinds.ts'

const system = { kind: 'system', job: 'mail.send' } as const

/** A mail to a reporter did not arrive: that stands in the record, and the team is told, for the reporter waits without knowing it. */
onOutcome(async (tx, { mail, thread, outcome }) => {
  if (outcome !== 'failed' || !thread?.with) return
  const report = await getReport(tx, system, thread.id)
  const { outcome_status: status } = await tx.db.selectFrom('mails').select('outcome_status').where('id', '=', mail).executeTakeFirstOrThrow()
  await append(tx, deliveryFailed, { subjects: { report: report.id }, marks: {}, facts: { status }, keyId: report.content_key_id })
  await tellTeam(tx, report, 'our mail to the reporter did not arrive')
})

interface Bounce { readonly action: 'failed' | 'delayed' | 'delivered'; readonly status: string | null }

/** A delivery report came back by mail (RFC 3464). The verb at work declares `report.delivery-failed`. */
export async function bounceArrived(tx: Tx, mail: string, { action, status }: Bounce): Promise<boolean> {
  return recordOutcome(tx, mail, action, status && /^[245]\.\d{1,3}\.\d{1,3}$/.test(status) ? status : null)
}

/** Sends a mail of this report once more, as it was. */
export async function resend(tx: Tx, reportId: string, mail: string): Promise<void> {
  const row = await tx.db.selectFrom('mails').select(['id', 'state', 'outcome', 'recipient']).where('id', '=', mail)
    .where('thread_id', '=', reportId).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  if (row.recipient === null) throw new Refused('mail_forgotten', 'Mails are kept for 30 days, and this one is older. Write to the reporter again.')
  if (row.state !== 'undeliverable' && row.outcome !== 'failed') throw new Refused('mail_not_failed', 'This mail did not fail.')
  await sendAgain(tx, mail)
}
