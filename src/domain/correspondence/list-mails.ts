import { z } from 'zod'
import { query, verb } from '../../verbs/verb.ts'
import { encryptionWords, signatureWords, whyNotEncrypted, type Encryption, type Signature, type Unusable } from '../contact/index.ts'
import { getReport, ReportId } from '../reports/index.ts'
import { resend } from './deliveries.ts'
import { statusInWords } from './status-words.ts'

export interface CaseMail {
  readonly id: string
  readonly from: 'us' | 'reporter'
  readonly at: string
  readonly subject: string | null
  readonly protection: string
  readonly arrival: string
  readonly failed: boolean
}

/** What went to the reporter by mail and what came from them; what was said is in the messages. */
export const listReportMails = query({
  name: 'report.list-mails', summary: 'Lists the mails of a report: when, whether encrypted, whether they arrived.', may: 'reports.read',
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }): Promise<{ mails: CaseMail[] }> {
    const report = await getReport(tx, actor, id)
    const sent = await tx.db.selectFrom('mails')
      .select(['id', 'subject', 'state', 'error', 'created_at', 'protection', 'enclosing', 'outcome', 'outcome_status'])
      .where('thread_id', '=', report.id).where('thread_with', '=', 'reporter').execute()
    const received = await tx.db.selectFrom('received_mails').select(['id', 'encryption', 'signature', 'received_at'])
      .where('report_id', '=', report.id).execute()
    const mails = [
      ...sent.map((mail): CaseMail => ({
        id: mail.id, from: 'us', at: mail.created_at.toISOString(), subject: mail.subject, ...arrivalOf(mail),
        protection: protectionOf(mail.protection, mail.state === 'waiting' || mail.state === 'held'),
      })),
      ...received.map((mail): CaseMail => ({
        id: mail.id, from: 'reporter', at: mail.received_at.toISOString(), subject: null, arrival: 'Arrived', failed: false,
        protection: `${encryptionWords[mail.encryption as Encryption]} ${signatureWords[mail.signature as Signature]}`,
      })),
    ]
    return { mails: mails.toSorted((a, b) => a.at.localeCompare(b.at)) }
  },
})

export const resendReportMail = verb({
  name: 'report.resend-mail', summary: 'Sends a mail to the reporter again that did not arrive.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, mail: z.uuid().describe('The mail that did not arrive') }),
  async run({ tx, actor }, { report: id, mail }) {
    const report = await getReport(tx, actor, id)
    await resend(tx, report.id, mail)
    return { report: report.id }
  },
})

function protectionOf(protection: string | null, unsent: boolean): string {
  if (protection === 'encrypted') return 'Encrypted to their key, and signed by ours'
  const why = protection === null ? undefined : whyNotEncrypted[protection as Unusable]
  return why === undefined ? unsent ? 'Decided when it is sent' : 'A notification without content' : `A notification without content: ${why}`
}

interface Sent { state: string; error: string | null; outcome: string | null; outcome_status: string | null }

function arrivalOf({ state, error, outcome, outcome_status: status }: Sent): Pick<CaseMail, 'arrival' | 'failed'> {
  const failed = state === 'undeliverable' || outcome === 'failed'
  if (failed) return { failed, arrival: `Did not arrive: ${error === 'erased' ? 'the address was erased' : statusInWords(status)}` }
  if (outcome === 'delayed') return { failed, arrival: `Delayed: ${statusInWords(status)}. Their server keeps trying.` }
  if (outcome === 'delivered') return { failed, arrival: 'Delivered, says their mail server' }
  return { failed, arrival: state === 'sent' ? 'Sent' : state === 'held' ? 'Not sent: no mail server is set' : 'Waiting to be sent' }
}
