import { z } from 'zod'
import { NotFound } from '../../lib/errors.ts'
import { query } from '../../verbs/verb.ts'
import { getReport } from '../reports/index.ts'
import { getMessage, listQuarantined, messagesAbout, openMessages, type OpenMessage } from './message.ts'

const shown = ({ id, at, became, kept, settled }: OpenMessage) => ({
  message: id, at: at.toString(), became, settled, from: kept.from, subject: kept.subject, text: kept.text, why: kept.why, vouching: kept.vouching,
})

export const listWaitingMessages = query({
  name: 'message.list-waiting',
  summary: 'Lists the mails that wait for a person, the oldest first.',
  may: 'reports.triage',
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  run: async ({ tx }, { limit }) => ({ messages: (await openMessages(tx, await listQuarantined(tx, limit))).map(shown) }),
})

export const listReportMessages = query({
  name: 'message.list',
  summary: 'Lists the mails of a report: who vouches for them, and what somebody else wrote.',
  may: 'reports.read',
  input: z.object({ report: z.uuid() }),
  async run({ tx, actor }, { report }) {
    await getReport(tx, actor, report)
    return { messages: (await openMessages(tx, await messagesAbout(tx, report))).map(shown) }
  },
})

export const readMessage = query({
  name: 'message.read',
  summary: 'Reads what is known of one mail beside its source.',
  may: 'reports.triage',
  input: z.object({ message: z.uuid() }),
  async run({ tx, actor }, { message: id }) {
    const message = await getMessage(tx, id)
    if (message?.report_id) await getReport(tx, actor, message.report_id)
    const [opened] = message ? await openMessages(tx, [message]) : []
    if (!message || !opened) throw new NotFound()
    return { ...shown(opened), raw: message.raw_id, settled_as: message.settled_as, report: message.report_id }
  },
})
