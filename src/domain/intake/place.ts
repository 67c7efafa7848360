import type { Tx } from '../../db/tx.ts'
import { lookupHash } from '../../seal/lookup.ts'
import { findByReplyToken, findByReturnToken, findSentMessage, tagOf } from '../../mail/index.ts'
import type { Vouching } from './authentication.ts'
import { getReport, identityOf, unlessErased } from '../reports/index.ts'
import type { ParsedMail } from './parsed-mail.ts'
import type { Became } from './tables.ts'

/** Where a mail belongs. */
export interface Place {
  readonly became: Became
  /** The case that it is about. */
  readonly report: string | null
  /** The mail of ours that it brings news of. */
  readonly mail: string | null
  readonly why: string | null
}

interface Arrived {
  readonly mail: ParsedMail | null
  readonly unreadable: string
  readonly recipients: readonly string[]
  readonly intake: string | null
  readonly vouching: Vouching | null
  /** The message that somebody of the team brought in. */
  readonly brought?: string | null
  readonly opened?: { readonly signature: string } | null
}

/**
 * Decides by what only we could have given out (the token of a case, the id of a letter of ours), and only then by what the sender says. Whoever
 * follows a case from another address, or from a domain that denies it, is somebody else, whatever they know.
 */
export async function placeOf(tx: Tx, arrived: Arrived): Promise<Place> {
  const { mail, unreadable, recipients, intake } = arrived
  if (!mail) return quarantined(unreadable)
  const tags = intake === null ? [] : [...recipients, ...mail.to].map((address) => tagOf(address, intake)).filter((tag) => tag !== undefined)
  const returned = tags.find(({ is }) => is === 'bounce')
  if (mail.nature.kind === 'bounce') return bounceOf(tx, mail.nature.about, returned?.token)
  if (await isOurs(tx, mail, intake)) return quarantined('it says that we sent it ourselves')
  const thread = await threadOf(tx, mail, tags.filter(({ is }) => is === 'case').map(({ token }) => token))
  if (mail.nature.kind === 'automatic') {
    if (!thread) return quarantined(`it answers automatically, and no letter of ours: ${mail.nature.why}`)
    return { became: 'automatic', report: thread, mail: null, why: mail.nature.why }
  }
  if (!thread) return { became: 'report', report: null, mail: null, why: null }
  const itself = mayBeItsSender(arrived) && await isReporter(tx, thread, mail)
  return { became: itself ? 'answer' : 'someone-else', report: thread, mail: null, why: null }
}

/** A file that somebody hands over can have been written by anybody: it speaks for the reporter only where the mail itself proves it. */
const mayBeItsSender = ({ vouching, brought, opened }: Arrived): boolean =>
  brought ? vouching?.verdict === 'vouches' || opened?.signature === 'known' : vouching?.verdict !== 'does not'

const quarantined = (why: string): Place => ({ became: 'quarantined', report: null, mail: null, why })

async function bounceOf(tx: Tx, about: readonly string[], token: string | undefined): Promise<Place> {
  const byToken = token === undefined ? undefined : await findByReturnToken(tx, token)
  const sent = byToken ?? await firstOf(about, (id) => findSentMessage(tx, id))
  return sent ? { became: 'bounce', report: sent.thread, mail: sent.mail, why: null } : quarantined('it tells of a delivery, and of no letter of ours')
}

/** Our own letter, come back; or somebody who borrows our address. Neither is ever answered. */
async function isOurs(tx: Tx, { from, messageId }: ParsedMail, intake: string | null): Promise<boolean> {
  return (intake !== null && from?.address === intake.toLowerCase()) || (messageId !== null && await findSentMessage(tx, messageId) !== undefined)
}

async function threadOf(tx: Tx, { follows }: ParsedMail, tokens: readonly string[]): Promise<string | undefined> {
  const written = await firstOf(tokens, (token) => findByReplyToken(tx, token))
  const thread = written?.thread ?? await firstOf(follows.toReversed(), async (id) => (await findSentMessage(tx, id))?.thread ?? caseOfMessage(tx, id))
  if (thread === undefined) return undefined
  const { erased_at: erased } = await getReport(tx, { kind: 'system', job: 'message.receive' }, thread)
  return erased ? undefined : thread
}

/** The case of a mail that came earlier: people follow their own mails too. */
async function caseOfMessage(tx: Tx, messageId: string): Promise<string | undefined> {
  const found = await tx.db.selectFrom('messages').select('report_id').where('message_id_hash', '=', await lookupHash(tx, 'message-id', messageId))
    .where('report_id', 'is not', null).limit(1).executeTakeFirst()
  return found?.report_id ?? undefined
}

async function isReporter(tx: Tx, reportId: string, { from }: ParsedMail): Promise<boolean> {
  const report = await getReport(tx, { kind: 'system', job: 'message.receive' }, reportId)
  const identity = await unlessErased(identityOf(tx, report))
  return from !== null && identity !== null && identity.email !== '' && identity.email.toLowerCase() === from.address
}

async function firstOf<T, R>(all: readonly T[], find: (one: T) => Promise<R | undefined>): Promise<R | undefined> {
  for (const one of all) {
    const found = await find(one)
    if (found !== undefined) return found
  }
  return undefined
}
