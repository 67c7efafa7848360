import type { Server, Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { countAttempt, type Allowance } from '../../../access/attempts.ts'
import { TooMany } from '../../../lib/errors.ts'
import { networkOfAddress } from '../../../web/network.ts'
import { organizationAt } from '../organization-at.ts'
import { takeMessage, type Intake } from '../take-message.ts'
import { followCertificate, readCertificate, type Certificate, type CertificateFiles } from './certificate.ts'
import { note } from './way.ts'

export interface ReceiverSettings {
  /** `25`, or with the address to listen on: `0.0.0.0:25`, `[::]:25`. */
  readonly listen: string
  /** With them it offers STARTTLS, and follows their renewal. */
  readonly certificate?: CertificateFiles | undefined
  /** How often the certificate's files are looked at. */
  readonly lookMs?: number
  readonly mostBytes: number
  /** How often one network may name a recipient. */
  readonly allowance?: Allowance
  /** How long one connection may last, and how many one network may hold at once. */
  readonly connection?: { readonly mostMs: number; readonly perNetwork: number }
}

export interface Receiver { readonly port: number; stop(): Promise<void> }

const perConnection = { mostMs: 15 * 60_000, perNetwork: 20 }
const mostRecipients = 100
const perNetwork: Allowance = { name: 'smtp', count: 300, perSeconds: 3600 }

/** A refusal in the words of the protocol: 4xx is tried again, 5xx is not. */
class Reply extends Error { constructor(readonly responseCode: number, message: string) { super(message) } }

/**
 * Receives mail for the intake's addresses, and for no other: it relays nothing. A message is answered with 250 only when it is stored; what
 * cannot be stored now is asked for again.
 */
export async function startReceiver(intake: Intake, settings: ReceiverSettings, onError: (error: Error) => void = () => {}): Promise<Receiver> {
  const receiving = new Receiving(intake, settings, onError)
  const shown = settings.certificate && await readCertificate(settings.certificate)
  const server = new SMTPServer({
    ...shown ? { ...shown, minVersion: 'TLSv1.2' } : { hideSTARTTLS: true },
    disabledCommands: shown ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true, disableReverseLookup: true, logger: false, size: settings.mostBytes, maxClients: 200, socketTimeout: 120_000, closeTimeout: 5000,
    onRcptTo: ({ address }, session, done) => void answer(receiving.recipient(address, session), done, onError),
    onData: (stream, session, done) => void answer(receiving.data(stream, session), done, onError),
  })
  server.on('error', onError)
  boundConnections(server.server, settings.connection ?? perConnection)
  const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d+)$/.exec(settings.listen)!
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(Number(port), host.replace(/^\[|\]$/g, ''), resolve)
  })
  const renew = (renewed: Certificate) => server.updateSecureContext(renewed)
  const following = shown && followCertificate(settings.certificate!, shown, { onChange: renew, onError, everyMs: settings.lookMs })
  return {
    port: (server.server.address() as { port: number }).port,
    stop: () => new Promise((resolve) => { following?.(); server.close(resolve) }),
  }
}

/**
 * Whoever holds connections open, or sends a byte a minute, leaves room for the others. Sockets are asked whether they are closed: the library takes
 * every listener off one that is secured.
 */
function boundConnections(server: Server, { mostMs, perNetwork: most }: typeof perConnection): void {
  const held = new Map<Socket, { readonly network: string; readonly until: number }>()
  const sweep = setInterval(() => {
    for (const [socket, { until }] of held) {
      if (until < performance.now()) socket.destroy()
      if (socket.destroyed) held.delete(socket)
    }
  }, Math.min(mostMs, 1000))
  server.once('close', () => clearInterval(sweep))
  server.on('connection', (socket: Socket) => {
    const network = networkOfAddress(socket.remoteAddress ?? '')
    const others = [...held].filter(([other, of]) => of.network === network && !other.destroyed)
    if (others.length >= most) return void socket.destroy()
    held.set(socket, { network, until: performance.now() + mostMs })
  })
}

/** What we did not refuse on purpose is our trouble, and passes: the sender keeps the mail. */
async function answer(work: Promise<void>, done: (error?: Error | null) => void, onError: (error: Error) => void): Promise<void> {
  const failure = await work.then(() => null, (error: Error) => error)
  if (failure && !(failure instanceof Reply)) onError(failure)
  done(failure === null || failure instanceof Reply ? failure : new Reply(451, 'This cannot be stored now. Try again later.'))
}

class Receiving {
  /** Whose mail each session's recipients are. */
  readonly #organizations = new WeakMap<object, string>()

  constructor(readonly intake: Intake, readonly settings: ReceiverSettings, readonly onError: (error: Error) => void) {}

  async recipient(address: string, session: SMTPServerSession): Promise<void> {
    const { intake: { database, address: intake }, settings } = this
    await countAttempt(database, settings.allowance ?? perNetwork, networkOfAddress(session.remoteAddress)).catch((error: Error) => {
      throw error instanceof TooMany ? new Reply(450, 'Too much mail from your network. Try again later.') : error
    })
    const organization = await organizationAt(database, address, intake)
    if (!organization) throw new Reply(550, 'There is no such address here.')
    const envelope = session.envelope
    if (envelope.rcptTo.length >= mostRecipients) throw new Reply(452, 'Too many recipients at once.')
    const before = envelope.rcptTo.length > 0 ? this.#organizations.get(envelope) : undefined
    // Each organisation keeps a message of its own. Whoever sends it comes again for the others (RFC 5321, section 4.5.3.1.10).
    if (before !== undefined && before !== organization) throw new Reply(452, 'One at a time. Send it to this address once more.')
    this.#organizations.set(envelope, organization)
  }

  async data(stream: SMTPServerDataStream, { envelope, remoteAddress, hostNameAppearsAs: helo }: SMTPServerSession): Promise<void> {
    const { intake } = this
    const organization = this.#organizations.get(envelope)
    if (organization === undefined) throw new Reply(503, 'Name a recipient first.')
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
    const recipients = envelope.rcptTo.map(({ address }) => address)
    try {
      await takeMessage(intake, organization, within(stream, `Return-Path: <${from.replace(/[\r\n<>]/g, '')}>\r\n`),
        { recipients, arrivedAt: Temporal.Now.instant(), ip: remoteAddress.replace(/^::ffff:/i, ''), helo: helo || '', envelopeFrom: from })
    } catch (error) {
      stream.resume()
      await note(intake.database, 'smtp', { error: (error as Error).message.slice(0, 200), error_at: new Date() }).catch(this.onError)
      throw error
    }
    await note(intake.database, 'smtp', { last_message_at: new Date(), error: null, error_at: null })
  }
}

/** The mail with the envelope's sender above it. One that is too large, or was cut off, is thrown away before it is known as a message. */
async function* within(stream: SMTPServerDataStream, before: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(before)
  for await (const piece of stream) yield piece as Uint8Array
  if (stream.sizeExceeded) throw new Reply(552, 'The message is too large.')
}
