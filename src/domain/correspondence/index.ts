import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import type { Encryption } from '../contact/index.ts'
import { getReport, reachReporters, whenErased } from '../reports/index.ts'
import './deliveries.ts'
import './enclosures.ts'
import { postArrival, reachOf } from './letters.ts'
import { listReportMails, resendReportMail } from './list-mails.ts'
import { mailReportLink, openReportLink } from './open-link.ts'
import { resendPages } from './pages/resend.ts'
import { addressPages } from './pages/new-address.tsx'
import { linkPages } from './pages/link.tsx'
import { mailedReporter } from './pages/session.ts'
import { reachPages } from './pages/reach.tsx'
import { changeAddress, confirmAddress } from './change-address.ts'
import { changeKey, readReach, removeAddress } from './reach.ts'
import { keptDays } from './report-links.ts'
import './tables.ts'

/**
 * What passes by mail between the team and a reporter. What may never happen: a word of a report goes out that is not encrypted to its reader;
 * a key that somebody else sent takes the place of the reporter's; a link opens a report twice, by being opened, or from another mailbox; an
 * answer is lost on its way and nobody is told; an address is written to about a report before its holder has said so.
 */
export const correspondence: Module = {
  name: 'correspondence',
  verbs: [openReportLink, mailReportLink, resendReportMail, changeKey, changeAddress, confirmAddress, removeAddress],
  queries: [listReportMails, readReach],
  recognise: mailedReporter,
  pages(web) {
    linkPages(web)
    resendPages(web)
    reachPages(web)
    addressPages(web)
  },
}

reachReporters(reachOf)

/** Links go with who the reporter is, at once. Keys and what mails quote are sealed, and go with their data keys. */
whenErased(async (tx, report, what) => {
  if (what === 'content') return
  for (const table of ['report_links', 'address_changes'] as const) await tx.db.deleteFrom(table).where('report_id', '=', report).execute()
})

/** The automatic answer to a report by mail, with its receipt, and what to do where it does not open. For whoever has found that the mail may be answered. */
export async function answerArrival(tx: Tx, reportId: string, encryption: Encryption = 'none'): Promise<void> {
  await postArrival(tx, await getReport(tx, { kind: 'system', job: 'answer-arrival' }, reportId), encryption)
}

export const correspondenceJobs = [job({
  name: 'report-links.sweep', payload: z.object({}), every: '25 * * * *',
  async run({ database, organizationId }) {
    await database.write(organizationId, async (tx) => {
      await tx.db.deleteFrom('report_links').where('created_at', '<', timestampOf(tx.now.subtract({ hours: 24 * keptDays }))).execute()
      await tx.db.deleteFrom('address_changes').where('created_at', '<', timestampOf(tx.now.subtract({ hours: 24 }))).execute()
    })
  },
})]

export { bounceArrived } from './deliveries.ts'
export { deliveryFailed } from './kinds.ts'
export { listReportMails, type CaseMail } from './list-mails.ts'
export { mailArrived, type Arrived } from './received-mails.ts'
export { keyArrived, knownKeysOf, type KeyCame } from './reporter-key.ts'
