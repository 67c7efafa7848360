import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import { claimAttachments, defaultLimits } from '../../seal/attachments.ts'
import { newSubjectKey, sealJson } from '../../seal/envelope.ts'
import { lookupHash } from '../../seal/lookup.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { bounceArrived, deliveryFailed } from '../correspondence/index.ts'
import { answerTeam, arrivals, getReport, receiveReport, type Way } from '../reports/index.ts'
import { followUp } from './follow-up.ts'
import { messageQuarantined } from './kinds.ts'
import { tellOfQuarantine, tellOfSomeoneElse } from './letters.ts'
import { filesOf, messageContext, type Kept } from './message.ts'
import { ParsedMail, Vouching } from './parsed-mail.ts'
import { placeOf, type Place } from './place.ts'
import { answerText, reportOf } from './words.ts'

export const Arrival = z.object({
  raw: AttachmentId.describe('The source, as a staged file'),
  size: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).describe('Of the source'),
  recipients: z.array(z.string()).default([]).describe('Whom the envelope names'),
  mail: ParsedMail.nullable().describe('The mail, taken apart; null where that was not possible'),
  unreadable: z.string().default('').describe('Why it was not'),
  files: z.array(AttachmentId).default([]).describe('Its parts, as staged files'),
  signatures: z.int().default(0).describe('How many of them only sign the others, or cannot be opened: they show no weakness'),
  vouching: Vouching.nullable().default(null),
  opened: z.object({ encryption: z.string(), signature: z.string() }).nullable().default(null).describe('What OpenPGP says of it'),
  keys: z.array(z.object({ armored: z.string(), by: z.enum(['attached', 'autocrypt']) })).default([]).describe('Public keys that came along'),
  intake: z.string().nullable().default(null).describe('The address that Avow reads'),
  brought: z.uuid().nullable().default(null).describe('The message that somebody of the team brought in, where it did not come by itself'),
  arrived_at: z.string().nullable().default(null).describe('When its first byte reached a server of ours'),
})
export type Arrival = z.output<typeof Arrival>

/**
 * A mail arrived, by whatever way. It becomes a report, an answer to one, news of a mail of ours, or waits for a person; its source is kept
 * whatever it becomes. The same bytes twice are one message.
 */
export const receiveMessage = verb({
  name: 'message.receive',
  summary: 'Take in a mail that arrived.',
  may: 'intake.receive',
  input: Arrival,
  output: z.object({ message: z.uuid(), became: z.string(), report: z.uuid().nullable(), again: z.boolean() }),
  entries: [...new Set([...arrivals, ...answerTeam.entries, deliveryFailed.kind, 'message.quarantined'])],
  async run(work, arrival) {
    const { tx } = work
    const source = await lookupHash(tx, 'message-source', arrival.sha256)
    const known = await tx.db.selectFrom('messages').select(['id', 'key_id', 'became', 'report_id'])
      .where('source_hash', '=', source).forUpdate().executeTakeFirst()
    const waiting = known?.became === 'under-way' && known.id === arrival.brought ? known : undefined
    if (known && !waiting) return { message: known.id, became: known.became, report: known.report_id, again: true }
    const id = waiting?.id ?? tx.newId()
    const place = await placeOf(tx, arrival)
    const key = waiting?.key_id ?? await newSubjectKey(tx, 'message', id)
    const { report, left } = await become(work, { id, key }, place, arrival)
    const ofCase = report !== null && (place.became === 'report' || place.became === 'answer')
    const answered = ofCase && await followUp(tx, report, arrival, place.became === 'report')
    const read = {
      became: place.became, report_id: report, answered, box: await sealJson(tx, key, messageContext(id), keptOf(place, arrival)),
      message_id_hash: await hashed(tx, 'message-id', arrival.mail?.messageId),
      sender_hash: await hashed(tx, 'message-sender', arrival.mail?.from?.address),
    }
    const row = { organization_id: tx.organizationId, id, key_id: key, source_hash: source, raw_id: arrival.raw, received_at: timestampOf(tx.now) }
    await (waiting ? tx.db.updateTable('messages').set(read).where('id', '=', id) : tx.db.insertInto('messages').values({ ...row, ...read })).execute()
    await claimAttachments(tx, waiting ? left : [arrival.raw, ...left], key, filesOf(id), { ...defaultLimits, filesPerOwner: 1000, perOwner: Infinity })
    return { message: id, became: place.became, report, again: false }
  },
})

const hashed = async (tx: Tx, place: string, value: string | null | undefined) => value ? lookupHash(tx, place, value) : null

interface Settled { report: string | null; left: readonly string[] }

/** What it becomes, in the case that it belongs to, and which of its files stay with the message. */
async function become(work: Work, message: { id: string; key: string }, place: Place, arrival: Arrival): Promise<Settled> {
  const { tx } = work
  if (place.became === 'report') return newReport(work, arrival)
  if (place.became === 'answer') return answer(work, place.report!, arrival)
  if (place.became === 'someone-else') await tellOfSomeoneElse(tx, place.report!)
  if (place.mail !== null && arrival.mail?.nature.kind === 'bounce') await bounceArrived(tx, place.mail, arrival.mail.nature)
  if (place.became === 'quarantined') {
    const facts = { why: place.why ?? '', size: arrival.size, sha256: arrival.sha256 }
    await append(tx, messageQuarantined, { subjects: { message: message.id }, marks: {}, facts, keyId: message.key })
    await tellOfQuarantine(tx)
  }
  return { report: place.report, left: arrival.files }
}

async function newReport(work: Work, arrival: Arrival): Promise<Settled> {
  const { mail, files, signatures, vouching } = arrival
  const own = files.slice(0, defaultLimits.filesPerOwner)
  const history = arrival.brought ? broughtOf(work.tx, mail!) : historyOf(work.tx, arrival)
  const way = { channel: 'mail', mailProven: vouching?.verdict === 'vouches', signatures, ...history } as const
  const { report } = await receiveReport(work, { ...reportOf(mail!), attachments: own }, way)
  return { report, left: files.slice(own.length) }
}

/** Shorter than this is the time that storing takes. */
const shortly = { seconds: 60 }

/** Whether it had been under way: in a mailbox that was not read, or in a slow transfer. */
function historyOf(tx: Tx, { arrived_at: arrived }: Arrival): Partial<Pick<Way, 'before'>> {
  const at = arrived === null ? undefined : Temporal.Instant.from(arrived)
  const earlier = at !== undefined && Temporal.Instant.compare(at.add(shortly), tx.now) < 0
  return earlier ? { before: { by: 'e-mail', at } } : {}
}

/** When it was written is what its head says, and nobody's word but that. */
function broughtOf(tx: Tx, { date }: ParsedMail): Pick<Way, 'brought' | 'before'> {
  const written = date === null ? NaN : Date.parse(date)
  const at = Number.isNaN(written) || written > tx.now.epochMilliseconds ? undefined : Temporal.Instant.fromEpochMilliseconds(written)
  return { brought: true, before: { by: 'e-mail, brought in by the team', ...at && { at } } }
}

/** By the verb of the reporter's own page. Files for which the case has no room stay with the message. */
async function answer({ tx, actor }: Work, report: string, { mail, files }: Arrival): Promise<Settled> {
  await answerTeam.run({ tx, actor: { kind: 'reporter', reportId: report } }, { report, message: answerText(mail!.text) })
  const { content_key_id: key } = await getReport(tx, actor, report)
  try {
    await claimAttachments(tx, files, key, { kind: 'report', id: report }, { ...defaultLimits, filesPerOwner: 200 })
    return { report, left: [] }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { report, left: files }
  }
}

function keptOf({ became, why }: Place, { mail, vouching }: Arrival): Kept {
  const elsewhere = became === 'report' || became === 'answer'
  return { from: mail?.from ?? null, subject: mail?.subject ?? '', date: mail?.date ?? null, text: elsewhere ? null : mail?.text ?? null, why, vouching }
}
