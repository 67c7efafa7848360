import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer'
import { messageIdOf } from './addresses.ts'
import type { Enclosed, Enclosure } from './enclosure.ts'
import { encryptedMail, entityOf } from './pgp-mime.ts'

export interface OutgoingMail {
  readonly id: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where one post ends letters of this kind (RFC 8058). */
  readonly unsubscribe?: string
  /** Where an answer goes, and where a bounce comes back to; the sender's address unless told. */
  readonly replyTo?: string
  readonly returnTo?: string
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  /** It answers a mail at once, and no person had a part in it (RFC 3834). */
  readonly automatically?: boolean
  readonly files?: readonly (Enclosed & { readonly cid?: string })[]
  /** Of a mail of an exercise against phishing its id: the company's own mail gateway lets such a mail through by it. */
  readonly exercise?: string
  /** What goes instead of `text` and `html`, and nobody on the way can read. */
  readonly sealed?: Enclosure['sealed']
}

/** The mail server or the way to it failed. `code` is a word without personal data; a permanent failure is not tried again. */
export class DeliveryFailed extends Error {
  /** `status` is what the server said in the code of RFC 3463: `5.1.1`. */
  constructor(readonly code: string, readonly permanent: boolean, readonly status?: string) { super(code) }
}

export interface MailServer {
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

/** `smtp://user:password@host:587` or `smtps://…:465`. Without TLS it talks to this machine alone. */
export function mailServer(url: string): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isLoopback(hostname),
    pool: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    tls: { minVersion: 'TLSv1.2', ...isLoopback(hostname) && { rejectUnauthorized: false } },
    ...username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { send: (mail) => send(transport, mail), close: () => transport.close() }
}

async function send(transport: Transporter, mail: OutgoingMail): Promise<void> {
  const { from, to, returnTo = from.address } = mail
  try {
    // The envelope is our own: what stands in the headers adds no recipient. As an object an address is one, whatever is in it.
    const envelope = { from: returnTo, to: [{ name: '', address: to }] }
    await transport.sendMail({ ...await composed(mail), envelope: envelope as unknown as NonNullable<SendMailOptions['envelope']> })
  } catch (error) {
    throw failure(error as MailError)
  }
}

async function composed(mail: OutgoingMail): Promise<SendMailOptions> {
  const { id, from, to, subject, text, html, replyTo, inReplyTo, references, files, sealed } = mail
  const fields = {
    from, to: { name: '', address: to }, subject, messageId: messageIdOf(id, from.address), headers: machineHeaders(mail),
    ...replyTo !== undefined && { replyTo: { name: from.name, address: replyTo } },
    ...inReplyTo !== undefined && { inReplyTo }, ...references && { references: [...references] },
  }
  if (!sealed) return { ...fields, text, html, attachments: (files ?? []).map(({ type, ...file }) => ({ ...file, contentType: type })) }
  const armored = await sealed.encrypt(await entityOf(sealed.text, sealed.files))
  const { headers, messageId, replyTo: answerTo, inReplyTo: parent, ...named } = fields
  return { raw: await encryptedMail({ ...named, 'message-id': messageId, 'reply-to': answerTo, 'in-reply-to': parent, ...headers }, armored) }
}

/** Whoever answers mails by machine leaves ours alone. */
function machineHeaders({ automatically, unsubscribe, exercise }: OutgoingMail): Record<string, string> {
  return {
    'Auto-Submitted': automatically ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All',
    ...exercise !== undefined && { 'X-Avow-Exercise': exercise },
    ...unsubscribe !== undefined && { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

interface MailError { code?: string; responseCode?: number; response?: string }

function failure({ code, responseCode, response }: MailError): DeliveryFailed {
  if (code === 'EAUTH') return new DeliveryFailed('sign_in_refused', false)
  if (code === 'ETLS') return new DeliveryFailed('tls_failed', false)
  if (responseCode) {
    return new DeliveryFailed(`refused_${responseCode}`, responseCode >= 500, /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '')?.[0])
  }
  if (code === 'EENVELOPE') return new DeliveryFailed('address_not_valid', true)
  return new DeliveryFailed('connection_failed', false)
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
