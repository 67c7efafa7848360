import { ImapFlow } from 'imapflow'
import { onlyOrganization } from '../../../access/organizations.ts'
import { rest, whileLeading } from '../../../ledger/index.ts'
import { organizationAt } from '../organization-at.ts'
import { takeMessage, type Intake } from '../take-message.ts'
import { note, readWay } from './way.ts'

export interface MailboxSettings {
  /** `imaps://user:password@host`, or `imap://…` with STARTTLS. */
  readonly url: string
  readonly folder: string
  /** Where a message goes that was taken; without one it stays and is marked as read. */
  readonly moveTo?: string | undefined
  /** How long to wait where the server offers no IDLE, and how often to look in spite of it. */
  readonly pollMs?: number
}

export interface Reader { stop(): Promise<void> }

/** Reads the mailbox on one node at a time, for ever: whatever breaks is begun again, after a pause that grows. It never deletes. */
export function startMailbox(intake: Intake, settings: MailboxSettings, onError: (error: Error) => void = () => {}): Reader {
  const stop = new AbortController()
  const ended = whileLeading(intake.database.url, stop.signal, (leading) => readAgain(intake, settings, leading, onError), onError, 'mailbox')
  return { async stop() { stop.abort(); await ended } }
}

const longestPauseMs = 5 * 60_000
const overlapMs = 2 * 86_400_000

async function readAgain(intake: Intake, settings: MailboxSettings, leading: AbortSignal, onError: (error: Error) => void): Promise<void> {
  for (let pauseMs = 1000; !leading.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const mailbox = new Mailbox(intake, settings)
    try { await mailbox.read(leading) } catch (error) {
      if (leading.aborted) return
      if (mailbox.opened) pauseMs = 1000
      const told = failure(error as Failure)
      onError(new Error(told))
      await note(intake.database, 'imap', { error: told, error_at: new Date() }).catch(onError)
    }
    await rest(pauseMs, leading)
  }
}

type Failure = Error & { code?: string; authenticationFailed?: boolean; tlsFailed?: boolean }

/** In our words: what a server answers may repeat what was sent to it. */
function failure({ code, authenticationFailed, tlsFailed, message }: Failure): string {
  if (authenticationFailed) return 'The mail server refuses the sign-in.'
  if (tlsFailed || /certificate|self.signed|altname|STARTTLS/i.test(`${code} ${message}`)) return 'The connection to the mail server cannot be secured.'
  return code ? `The mail server cannot be read (${code}).` : 'The connection to the mail server broke.'
}

class Mailbox {
  opened = false
  readonly #client: ImapFlow
  readonly #intake: Intake
  readonly #settings: MailboxSettings

  constructor(intake: Intake, settings: MailboxSettings) {
    this.#intake = intake
    this.#settings = settings
    const { protocol, hostname, port, username, password } = new URL(settings.url)
    const secure = protocol === 'imaps:'
    const local = isLoopback(hostname)
    this.#client = new ImapFlow({
      host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 993 : 143), secure, logger: false, disableAutoIdle: true, maxIdleTime: 5 * 60_000,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      // Without TLS it talks to this machine alone.
      ...!secure && !local && { doSTARTTLS: true }, tls: { minVersion: 'TLSv1.2', ...local && { rejectUnauthorized: false } },
    })
  }

  /** Ends when `leading` aborts, or throws. */
  async read(leading: AbortSignal): Promise<void> {
    const client = this.#client
    let broken: Error | undefined
    const wake = new Waking(leading)
    client.on('error', (error: Error) => { broken = error; wake.now() })
    client.on('close', () => { broken ??= new Error('closed'); wake.now() })
    client.on('exists', () => wake.now())
    try {
      await client.connect()
      await client.mailboxOpen(this.#settings.folder)
      this.opened = true
      await note(this.#intake.database, 'imap', { connected_at: new Date(), error: null, error_at: null })
      while (!leading.aborted && !broken) {
        await this.#drain(leading)
        const idles = client.capabilities.has('IDLE')
        if (idles) client.idle().catch(() => {})
        await wake.wait(this.#settings.pollMs ?? (idles ? 5 * 60_000 : 60_000))
      }
      if (broken && !leading.aborted) throw broken
    } finally {
      await client.logout().catch(() => client.close())
    }
  }

  /** Each message that was not taken yet, in order. How far it came is noted after each: what is handed over twice is known by its bytes. */
  async #drain(leading: AbortSignal): Promise<void> {
    const { database } = this.#intake
    for (const uid of await this.#waiting()) {
      if (leading.aborted) return
      const taken = await this.#take(uid)
      if (taken) await this.#mark(uid)
      await note(database, 'imap', {
        uid_validity: this.#validity, last_uid: uid,
        ...taken ? { last_message_at: new Date() }
          : { error: `A mail in the mailbox is addressed to nobody here, and was left there (UID ${uid}).`, error_at: new Date() },
      })
    }
  }

  /**
   * UIDs after the last one that was taken. Of a mailbox that is new to us, those that nobody has read: what came before Avow did is not reported
   * anew. Where its UIDs began anew, those of the last days too.
   */
  async #waiting(): Promise<number[]> {
    const row = await readWay(this.#intake.database, 'imap')
    const known = row !== undefined && row.uid_validity === this.#validity
    const last = known ? row.last_uid : 0
    const since = row?.last_message_at && new Date(row.last_message_at.getTime() - overlapMs)
    const anew = since ? { or: [{ seen: false }, { since }] } : { seen: false }
    const found = await this.#client.search(known ? { uid: `${last + 1}:*` } : anew, { uid: true })
    return (Array.isArray(found) ? found : []).filter((uid) => uid > last).toSorted((a, b) => a - b)
  }

  async #take(uid: number): Promise<boolean> {
    const message = await this.#message(uid)
    if (!message) return true // somebody removed it meanwhile
    const { recipients, arrivedAt } = message
    const organization = await this.#organizationOf(recipients)
    if (organization === undefined) return false
    const { content } = await this.#client.download(String(uid), undefined, { uid: true })
    if (content) await takeMessage(this.#intake, organization, content, { recipients, arrivedAt })
    return true
  }

  /** Whoever is named in the head, above all by the server that delivered it, and when that was. */
  async #message(uid: number): Promise<{ recipients: string[]; arrivedAt?: Temporal.Instant } | undefined> {
    const names = ['x-original-to', 'delivered-to', 'envelope-to', 'to', 'cc']
    const message = await this.#client.fetchOne(String(uid), { uid: true, headers: names, internalDate: true }, { uid: true })
    if (!message) return undefined
    const found = message.headers?.toString('latin1').slice(0, 200_000).match(/[^\s<>",;:()]{1,64}@[^\s<>",;:()]{1,255}/g) ?? []
    const date = new Date(message.internalDate ?? NaN).getTime()
    return {
      recipients: [...new Set(found.map((address) => address.toLowerCase()))].slice(0, 100),
      ...Number.isFinite(date) && { arrivedAt: Temporal.Instant.fromEpochMilliseconds(date) },
    }
  }

  async #organizationOf(recipients: readonly string[]): Promise<string | undefined> {
    const { database, address } = this.#intake
    for (const recipient of recipients) {
      const organization = await organizationAt(database, recipient, address)
      if (organization) return organization
    }
    return (await onlyOrganization(database))?.id
  }

  async #mark(uid: number): Promise<void> {
    const { moveTo } = this.#settings
    await this.#client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    if (moveTo !== undefined) await this.#client.messageMove(String(uid), moveTo, { uid: true })
  }

  get #validity(): number { return this.#client.mailbox ? Number(this.#client.mailbox.uidValidity) : 0 }
}

/** A rest that ends early when something happens; what happens before it is not missed. */
class Waking {
  #happened = false
  #wake = () => {}

  constructor(readonly stop: AbortSignal) {}

  now(): void { this.#happened = true; this.#wake() }

  async wait(ms: number): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    if (!this.#happened) await rest(ms, AbortSignal.any([this.stop, woken.signal]))
    this.#happened = false
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
