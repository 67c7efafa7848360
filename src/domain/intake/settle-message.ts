import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { arrivals, getReport, receiveReport } from '../reports/index.ts'
import { messageSettled } from './kinds.ts'
import { getMessage, openMessages, type Message } from './message.ts'
import { longest, reportOf } from './words.ts'

const MessageId = z.uuid().describe('The message’s id')

/** What a machine could not read, a person has: its report begins now, and its source stays with it. */
export const makeReport = verb({
  name: 'message.make-report',
  summary: 'Make a report of a mail that waits for a person.',
  may: 'reports.triage',
  input: z.object({
    message: MessageId,
    title: z.string().trim().min(1, 'Give the report a title of a few words.').max(200, 'Write at most 200 characters.').describe('What it is, in a few words'),
    description: z.string().trim().min(1, 'Copy what the mail says.').max(longest.description).describe('What the mail says'),
    email: z.union([z.email('This is not an e-mail address.'), z.literal('')]).default('').describe('Where its sender can be written to'),
  }),
  output: z.object({ message: z.uuid(), report: z.uuid() }),
  entries: [...arrivals, 'message.settled'],
  async run(work, { message: id, title, description, email }) {
    const { tx, actor } = work
    const message = await lockWaiting(tx, id)
    if (message.report_id) await getReport(tx, actor, message.report_id)
    const [opened] = await openMessages(tx, [message])
    const from = { name: opened?.kept.from?.name ?? '', address: email }
    const given = reportOf({ from, subject: title, text: description, to: [], date: null, messageId: null, follows: [], nature: { kind: 'person' } })
    const { report } = await receiveReport(work, given, { channel: 'mail', ...message.brought_by !== null && { brought: true } })
    await settle(tx, message, 'report', report)
    return { message: id, report }
  },
})

export const discardMessage = verb({
  name: 'message.discard',
  summary: 'Discard a mail that waits for a person. It is kept for 90 days.',
  may: 'reports.triage',
  input: z.object({ message: MessageId }),
  entries: ['message.settled'],
  async run({ tx, actor }, { message: id }) {
    const message = await lockWaiting(tx, id)
    if (message.report_id) await getReport(tx, actor, message.report_id)
    await settle(tx, message, 'discarded', message.report_id)
    return { message: id }
  },
})

async function lockWaiting(tx: Tx, id: string): Promise<Message> {
  const message = await getMessage(tx, id)
  if (!message || !message.box || (message.became !== 'quarantined' && message.became !== 'someone-else')) throw new NotFound()
  refuseIf(message.settled_at, 'message_settled', 'Somebody has looked at this mail already.')
  return message
}

async function settle(tx: Tx, { id, became }: Message, as: 'report' | 'discarded', report: string | null): Promise<void> {
  const { numUpdatedRows } = await tx.db.updateTable('messages').set({ settled_as: as, settled_at: timestampOf(tx.now), report_id: report })
    .where('id', '=', id).where('settled_at', 'is', null).executeTakeFirst()
  refuseIf(numUpdatedRows === 0n, 'message_settled', 'Somebody has looked at this mail already.')
  if (became === 'quarantined') await append(tx, messageSettled, { subjects: { message: id }, marks: { as }, facts: {} })
}
