import { z } from 'zod'
import { namesOf } from '../../access/accounts.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { query } from '../../verbs/verb.ts'
import { getReport, hiddenFrom } from '../reports/index.ts'
import { getMessage, listBrought, listQuarantined, messagesAbout, openMessages, type OpenMessage } from './message.ts'

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

export const listBroughtMessages = query({
  name: 'message.list-brought',
  summary: 'Lists the mails that the team brought in as files, the newest first, and what became of them.',
  may: 'reports.triage',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
  async run({ tx, actor }, { limit }) {
    const all = await openMessages(tx, await listBrought(tx, limit))
    const hidden = await hiddenFrom(tx, actor, all.flatMap(({ report }) => report ?? []))
    const seen = all.filter(({ report }) => report === null || !hidden.has(report))
    const broughtBy = await bringersOf(tx, seen)
    return { messages: seen.map((one) => ({ ...shown(one), report: one.report, brought_by: broughtBy(one) })) }
  },
})

/** Names of those who brought them in; a key whose maker is not known has none. */
async function bringersOf(tx: Tx, messages: readonly OpenMessage[]): Promise<(message: OpenMessage) => string | null> {
  const isAccount = (who: string | null): who is string => who !== null && !who.includes(':')
  const nameOf = await namesOf(tx, messages.map(({ broughtBy }) => broughtBy).filter(isAccount))
  return ({ broughtBy }) => broughtBy === null ? null : isAccount(broughtBy) ? nameOf(broughtBy) : 'A program'
}

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
    const broughtBy = await bringersOf(tx, [opened])
    return { ...shown(opened), raw: message.raw_id, settled_as: message.settled_as, report: message.report_id, brought_by: broughtBy(opened) }
  },
})
