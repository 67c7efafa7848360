import { attemptKey } from '../../access/attempts.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { lookupHash } from '../../seal/lookup.ts'

/**
 * What a report's sender can be known by. An account, a mail that its domain vouches for and a voucher are proven: nobody else could have used
 * them. A key and an address that were only typed are not: they count towards a quota and never speak for anybody.
 */
export type SenderKind = 'account' | 'mail' | 'voucher' | 'key' | 'address' | 'network'

const proven: readonly SenderKind[] = ['account', 'mail', 'voucher']
export const isProven = (kind: SenderKind): boolean => proven.includes(kind)

export interface Sender { readonly kind: SenderKind; readonly hash: Buffer }

/** What somebody said of themselves, and what the way by which it came says of them. */
export interface Said {
  readonly email: string
  readonly claimKey: string
  readonly voucher: string
  /** The mail's own domain vouches for its sender (DMARC). */
  readonly mailProven?: boolean
}

/** Neither case nor spaces nor dashes count in a code that is read aloud. */
const codeOf = (voucher: string) => voucher.toLowerCase().replace(/[^a-z0-9]/g, '')

export const voucherHash = (tx: Tx, code: string): Promise<Buffer> => lookupHash(tx, 'sender/voucher', codeOf(code))

/** The network's place is short and changes daily, so that nobody can tell later who it was. Through Tor there is none: everybody shares it. */
export async function sendersOf(tx: Tx, actor: Actor, said: Said): Promise<Sender[]> {
  const accountId = actor.kind === 'person' || actor.kind === 'member' ? actor.accountId : ''
  const email = said.email.trim().normalize('NFKC').toLowerCase()
  const values: readonly (readonly [SenderKind, string])[] = [
    ['account', accountId], ['voucher', codeOf(said.voucher)], [said.mailProven ? 'mail' : 'address', email],
      ['key', said.claimKey.replaceAll(/\s+/g, ' ').trim()],
  ]
  const named = values.filter(([, value]) => value !== '')
  const senders = await Promise.all(named.map(async ([kind, value]) => ({ kind, hash: await lookupHash(tx, `sender/${kind}`, value) })))
  if (!actor.from || actor.from.tor) return senders
  return [...senders, { kind: 'network', hash: attemptKey(tx.keyring, `reports ${tx.organizationId}`, actor.from.network) }]
}
