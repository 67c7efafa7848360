import type { ReportGiven } from '../reports/index.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** As long as a description and a message may be. */
export const longest = { description: 100_000, message: 20_000 }

const rest = '\n\n[…] The mail is longer. All of it is in the file message.txt.'

const shortened = (text: string, most: number): string => text.length <= most ? text : text.slice(0, most - rest.length).toWellFormed() + rest

/** Whether the text has to be kept as a file too. */
export const isLong = (text: string): boolean => text.length > longest.message

/** What a mail says, where the form has its fields. That somebody acted in good faith is not asked of a mail, and not claimed. */
export const reportOf = ({ from, subject, text }: ParsedMail): ReportGiven => ({
  title: titleOf(subject, text),
  description: shortened(text, longest.description) || '(The mail has no text.)',
  asset: '', weakness: '', steps: '', proof_of_concept: '', impact: '', tools: [], attachments: [], claim_key: '',
  skipped: 'It came by e-mail.',
  name: from?.name.slice(0, 300) ?? '',
  email: from?.address ?? '',
  good_faith: false,
})

export const answerText = (text: string): string => shortened(withoutQuote(text), longest.message) || '(The mail has no text.)'

const titleOf = (subject: string, text: string): string =>
  (subject || text.trim().split('\n', 1)[0]!.trim() || '(The mail has no subject.)').slice(0, 200).toWellFormed()

/** The whole thread that mail programs hang below an answer is not said anew; the source has it. Quotes between the lines stay. */
function withoutQuote(text: string): string {
  const lines = text.split('\n')
  let end = lines.length
  while (end > 0 && /^(>|\s*$)/.test(lines[end - 1]!)) end--
  const quoted = lines.slice(end).some((line) => line.startsWith('>'))
  if (quoted && /:\s*$/.test(lines[end - 1] ?? '')) end--
  return quoted && lines.slice(0, end).join('').trim() !== '' ? lines.slice(0, end).join('\n').trimEnd() : text
}
