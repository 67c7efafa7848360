import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import type { Vouching as Shape } from './parsed-mail.ts'

/** Whether the domain of the sender's address stands behind a mail, and how that was found. */
export type Vouching = z.output<typeof Shape>

/** How the DNS is asked, as `dns.promises.resolve` is. Tests bring one of their own. */
export type Resolver = (name: string, type: string) => Promise<string[][] | string[]>

export interface Delivery {
  /** The server that handed the mail over, where we received it ourselves: SPF is about it. */
  readonly ip?: string
  readonly helo?: string
  readonly envelopeFrom?: string
}

/** The server whose verdict is believed (its authserv-id, RFC 8601), and how the DNS is asked otherwise. */
export interface Judging { readonly trusted?: string | undefined; readonly resolver?: Resolver | undefined }

const patienceMs = 10_000
/** Each is a question to the DNS and a hash of the whole mail: more than these are asked by nobody who means well. */
const mostSignatures = 10

/** Asks the DNS for the sender's keys and policy. What cannot be found out is `unknown`; it never throws, and refuses no mail. */
export async function vouchingFor(raw: Buffer, sender: string, delivery: Delivery, { trusted, resolver }: Judging): Promise<Vouching> {
  const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase()
  const told = trusted === undefined ? undefined : trustedResults(raw, trusted)
  if (told) return { domain, ...told, verdict: verdictOf(told) }
  const over = new AbortController()
  const unknown: Results = { dkim: 'unknown', spf: null, dmarc: 'unknown' }
  const late = pause(patienceMs, unknown, { signal: over.signal, ref: false }).catch(() => unknown)
  const results = signatures(raw) > mostSignatures ? unknown : await Promise.race([asked(raw, delivery, resolver).catch(() => unknown), late])
  over.abort()
  return { domain, ...results, verdict: verdictOf(results) }
}

const headOf = (raw: Buffer): string => raw.toString('latin1', 0, Math.min(raw.length, 1024 * 1024)).split(/\r?\n\r?\n/, 1)[0]!

const signatures = (raw: Buffer): number => headOf(raw).match(/^DKIM-Signature[ \t]*:/gim)?.length ?? 0

type Results = Pick<Vouching, 'dkim' | 'spf' | 'dmarc'>

async function asked(raw: Buffer, { ip, helo = '', envelopeFrom = '' }: Delivery, resolver: Resolver | undefined): Promise<Results> {
  const { authenticate } = await import('mailauth')
  const { dkim, spf, dmarc } = await authenticate(raw, {
    ...ip === undefined ? {} : { ip, helo, sender: envelopeFrom }, ...resolver && { resolver }, mta: 'avow', disableArc: true, disableBimi: true,
  })
  const signatures = dkim.results.map(({ status }) => status.result as string)
  const best = ['pass', 'temperror', 'fail', 'permerror', 'neutral', 'policy'].find((result) => signatures.includes(result))
  return { dkim: best ?? 'none', spf: ip !== undefined && spf ? spf.status.result : null, dmarc: dmarc ? dmarc.status.result : 'none' }
}

/** DMARC asks both, and whether the domains agree. Where a domain has no policy, nobody denies: a passed signature is not tied to the address. */
const verdictOf = ({ dmarc }: Results): Vouching['verdict'] => dmarc === 'pass' ? 'vouches' : dmarc === 'fail' ? 'does not' : 'unknown'

/** What our own server found stands above all that came along with the mail: the first header of the name counts, or none. */
function trustedResults(raw: Buffer, trusted: string): Results | undefined {
  const head = headOf(raw).replace(/\r?\n[ \t]+/g, ' ')
  const first = /^Authentication-Results:[ \t]*(.*)$/im.exec(head)?.[1] ?? ''
  if (first.split(/[;\s]/, 1)[0]!.toLowerCase() !== trusted.toLowerCase()) return undefined
  const result = (method: string) => new RegExp(`[;\\s]${method}\\s*=\\s*(\\w+)`, 'i').exec(first)?.[1]?.toLowerCase()
  return { dkim: result('dkim') ?? 'none', spf: result('spf') ?? null, dmarc: result('dmarc') ?? 'none' }
}
