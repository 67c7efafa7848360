import { hash } from 'node:crypto'
import type { Tx } from '../db/tx.ts'
import { lookupHash } from '../seal/lookup.ts'
import type { Mail } from './find-mail.ts'

/*
 * Two addresses that only we can make up: one that an answer goes to, the same for each case and correspondent, and one that a bounce
 * comes back to, another for each mail. Each is the address that Avow reads, with a token behind a plus (RFC 5233). A token is 80 bits of a
 * MAC by the organisation's key: it can be made again for the next letter, and only its hash is stored to find the case by.
 */
const bouncing = 'bounces-'

export interface Addresses { readonly replyTo: Tagged | null; readonly returnTo: Tagged }
interface Tagged { readonly address: string; readonly hash: Buffer }

/** Those of this mail. `intake` is the address that Avow reads. */
export async function addressesOf(tx: Tx, { id, thread }: Mail, intake: string): Promise<Addresses> {
  const returning = await tokenOf(tx, 'mail-return', id)
  const replying = thread?.with === undefined ? null : await tokenOf(tx, 'mail-reply', `${thread.id}\n${thread.with}`)
  return {
    replyTo: replying === null ? null : { address: tagged(intake, replying), hash: tokenHash(replying) },
    returnTo: { address: tagged(intake, bouncing + returning), hash: tokenHash(returning) },
  }
}

/** What an address that somebody wrote to says, where it is the intake's with a token. Case does not matter: some systems lose it. */
export function tagOf(address: string, intake: string): { is: 'case' | 'bounce'; token: string } | undefined {
  const [local, domain] = halves(intake.toLowerCase())
  const written = address.trim().toLowerCase()
  if (!written.startsWith(`${local}+`) || !written.endsWith(`@${domain}`)) return undefined
  const tag = written.slice(local.length + 1, -domain.length - 1)
  const token = tag.startsWith(bouncing) ? tag.slice(bouncing.length) : tag
  return /^[a-z2-7]{16}$/.test(token) ? { is: token === tag ? 'case' : 'bounce', token } : undefined
}

/** Whose mail it was, and what it was about. */
export interface SentMail { readonly mail: string; readonly thread: string | null; readonly with: string | null }

const columns = ['id as mail', 'thread_id as thread', 'thread_with as with'] as const

/** The case that an address to answer to belongs to, by its token. */
export async function findByReplyToken(tx: Tx, token: string): Promise<{ thread: string; with: string } | undefined> {
  const found = await tx.db.selectFrom('mails').select(columns).where('reply_hash', '=', tokenHash(token)).limit(1).executeTakeFirst()
  return found?.thread && found.with ? { thread: found.thread, with: found.with } : undefined
}

export const findByReturnToken = (tx: Tx, token: string): Promise<SentMail | undefined> =>
  tx.db.selectFrom('mails').select(columns).where('return_hash', '=', tokenHash(token)).executeTakeFirst()

/** By a Message-ID of ours, as answers and delivery reports quote it. It tells what was answered; it authorises nobody. */
export async function findSentMessage(tx: Tx, messageId: string): Promise<SentMail | undefined> {
  const id = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>?$/.exec(messageId.trim())?.[1]
  return id ? tx.db.selectFrom('mails').select(columns).where('id', '=', id).executeTakeFirst() : undefined
}

/** The id by which a mail is known everywhere. It is the mail's own: one that is sent again is seen to be the same. */
export const messageIdOf = (id: string, from: string): string => `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Base 32 (RFC 4648) in small letters: no address loses anything of it. */
async function tokenOf(tx: Tx, place: string, value: string): Promise<string> {
  const mac = await lookupHash(tx, place, value)
  const bits = BigInt(`0x${mac.subarray(0, 10).toString('hex')}`)
  return Array.from({ length: 16 }, (_, i) => alphabet[Number((bits >> BigInt(75 - i * 5)) & 31n)]).join('')
}

const tokenHash = (token: string): Buffer => hash('sha256', `avow mail token\n${token}`, 'buffer')
const halves = (address: string): [string, string] => [address.slice(0, address.lastIndexOf('@')), address.slice(address.lastIndexOf('@') + 1)]
const tagged = (intake: string, tag: string): string => { const [local, domain] = halves(intake); return `${local}+${tag}@${domain}` }
