import type { Tx } from '../../db/tx.ts'
import { post, type Letter } from '../../mail/index.ts'
import type { Encryption } from '../contact/index.ts'
import { identityOf, type Reach, type Report } from '../reports/index.ts'
import { newestFrom } from './received-mails.ts'
import { newReportLink } from './report-links.ts'

/** How the reporter of this report comes to read what was written. Who came by mail has no phrase, and may answer by mail. */
export async function reachOf(tx: Tx, report: Report): Promise<Reach> {
  const answers = await newestFrom(tx, report.id)
  const open = report.channel === 'mail'
    ? `Read it, and answer, on this page. The link opens it once, within a day; after that the page mails you a new one:\n\n{link:${
      await newReportLink(tx, report.id)}}\n\nOr answer this mail. If you send us your OpenPGP key, our answers come to you whole, encrypted to it.`
    : 'Read it, and answer, with your tracking phrase:\n\n{link:/track}'
  return { open, enclosing: 'report.words', ...answers && { answers } }
}

/** To whoever encrypted so that it does not open. */
const closed: Partial<Record<Encryption, string>> = {
  'wrong-key': 'it is encrypted to a key that is not ours', 'password': 'it is encrypted with a password',
  'damaged': 'it is damaged, or was changed on the way', 'unauthenticated': 'the program that encrypted it protects nothing against changes',
  'too-large': 'it unfolds to more than we take', 'unsupported': 'it is encrypted in a way that we do not know',
  's-mime': 'it is closed by S/MIME, which we do not open',
}

/** At once, and by a machine: it says that the mail arrived, and is no acknowledgement by a person. */
export async function postArrival(tx: Tx, report: Report, encryption: Encryption): Promise<void> {
  const whyNot = closed[encryption]
  const [subject, arrived] = whyNot === undefined
    ? ['your report arrived', 'A person will read it.']
    : ['your report arrived, and we cannot read it', [
      `It is kept as it came, but we cannot read it: ${whyNot}.`,
      'Please send it once more, as an answer to this mail, encrypted to our key:\n\n{link:/openpgp-key.asc}',
    ].join(' ')]
  await postToReporter(tx, report, subject, `Your mail arrived and is report ${report.reference}. ${arrived}

The attached file is its receipt: it proves, without us, that we have your report, and since when. Keep it. Anybody can check it:

{link:/verify}

Follow your report on this page. The link opens it once, within a day; after that the page mails you a new one:

{link:${await newReportLink(tx, report.id)}}

Or answer this mail. If you send us your OpenPGP key, our answers come to you whole, encrypted to it. This answer was written by a machine.`,
  'report.arrival')
}

/** To the address that reported, and to no other. */
export async function postNewLink(tx: Tx, report: Report): Promise<void> {
  await postToReporter(tx, report, 'the link that you asked for', `This link opens your report ${report.reference} once, within a day:

{link:${await newReportLink(tx, report.id)}}

If you did not ask for it, do nothing.`)
}

/** To the address that was in force: whoever did not do it themselves learns of it there. */
export const postChanged = (tx: Tx, report: Report, happened: string): Promise<void> => postToReporter(tx, report, happened,
  `Of your report ${report.reference}: ${happened}, on the page that follows it. If it was not you, tell us by an answer to this mail.

This mail carries nothing of what you reported.`)

/** To a new address, whose holder may know nothing of it: no word of a report, not even its reference. */
export const postConfirmation = (tx: Tx, to: { address: string; keyId: string }, path: string): Promise<void> => post(tx, {
  to, subject: 'confirm this address', text: `Somebody who follows a report here asked for our mails at this address. If it was you, confirm it within a day:

{link:${path}}

If it was not you, do nothing. Nothing more is sent here.`,
})

async function postToReporter(tx: Tx, report: Report, subject: string, text: string, enclosing?: string): Promise<void> {
  const identity = await identityOf(tx, report)
  if (!identity?.email) return
  const parent = await newestFrom(tx, report.id)
  const answers: Pick<Letter, 'answers'> = parent ? { answers: { ...parent, automatically: true } } : {}
  await post(tx, {
    to: { address: identity.email, keyId: report.identity_key_id! }, subject: `${report.reference}: ${subject}`, text,
    thread: { id: report.id, with: 'reporter' }, ...answers, ...enclosing !== undefined && { enclosing },
  })
}
