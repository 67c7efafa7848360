import { createTransport, type Transporter } from 'nodemailer'

export interface OutgoingMail {
  readonly id: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where one post ends letters of this kind (RFC 8058). */
  readonly unsubscribe?: string
}

/** The mail server or the way to it failed. `code` is a word without personal data; a permanent failure is not tried again. */
export class DeliveryFailed extends Error {
  constructor(readonly code: string, readonly permanent: boolean) { super(code) }
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

async function send(transport: Transporter, { id, from, to, subject, text, html, unsubscribe }: OutgoingMail): Promise<void> {
  const oneClick = unsubscribe === undefined ? {} : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...oneClick }
  // The id is the mail's own: when a mail has to be sent again, its reader's program can tell that it is the same.
  const messageId = `<${id}@${from.address.split('@').at(-1)}>`
  try {
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId, headers })
  } catch (error) {
    throw failure(error as { code?: string; responseCode?: number })
  }
}

function failure({ code, responseCode }: { code?: string; responseCode?: number }): DeliveryFailed {
  if (code === 'EAUTH') return new DeliveryFailed('sign_in_refused', false)
  if (code === 'ETLS') return new DeliveryFailed('tls_failed', false)
  if (responseCode) return new DeliveryFailed(`refused_${responseCode}`, responseCode >= 500)
  if (code === 'EENVELOPE') return new DeliveryFailed('address_not_valid', true)
  return new DeliveryFailed('connection_failed', false)
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
