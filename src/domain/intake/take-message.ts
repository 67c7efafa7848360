import { Readable } from 'node:stream'
import type { Database } from '../../db/database.ts'
import { Turns } from '../../lib/turns.ts'
import { defaultLimits, readAttachment, readStaged, stageAttachment, type Attachment } from '../../seal/attachments.ts'
import { runVerb } from '../../verbs/run.ts'
import { isSignature } from '../reports/index.ts'
import { vouchingFor, type Delivery, type Judging, type Vouching } from './authentication.ts'
import { filesOf, getMessage } from './message.ts'
import type { MailFile } from './mime/read-mail.ts'
import { defaultLimits as parsed } from './mime/structure.ts'
import { openMail } from './open-mail.ts'
import type { Apart } from './reading/thread.ts'
import { receiveMessage, type Arrival } from './receive-message.ts'
import { isLong } from './words.ts'

export interface Intake extends Judging {
  readonly database: Database
  /** The address that Avow reads; answers to letters come to it with a token. */
  readonly address?: string | undefined
  readonly onError?: ((error: Error) => void) | undefined
}

export interface Envelope extends Delivery {
  readonly recipients: readonly string[]
  /** When its first byte reached a server of ours, where that was not just now. */
  readonly arrivedAt?: Temporal.Instant | undefined
}

/** A source may be as large as a gigabyte: it is streamed, and taken apart only up to the parser's limit. */
const source = { ...defaultLimits, file: 1024 * 1024 * 1024 }

/** Up to here a mail stays in memory while it arrives. Larger ones are read again from where they are stored, one at a time. */
const smallBytes = 256 * 1024
const largeOnes = new Turns()

/**
 * Takes a mail in for good: when this returns, it is stored, with its source. What fails is thrown, and nothing is known of the mail then: whoever
 * handed it over keeps it and tries again.
 */
export async function takeMessage(intake: Intake, organizationId: string, content: AsyncIterable<Uint8Array>, envelope: Envelope) {
  const { kept, small } = await stageSource(intake.database, organizationId, content)
  const receiving = new Receiving(intake, organizationId, kept, envelope)
  return small ? receiving.take(small) : receiving.takeLarge(async () => (await readStaged(intake.database, organizationId, kept.id)).content)
}

/** Takes apart what somebody of the team brought in, by the way of a mail that arrives. What its head says of a judge of ours is not believed. */
export async function takeBrought(intake: Intake, organizationId: string, id: string): Promise<void> {
  const { database } = intake
  const message = await database.read(organizationId, (tx) => getMessage(tx, id))
  if (message?.became !== 'under-way') return
  const { content, ...kept } = await readAttachment(database, organizationId, filesOf(id), message.raw_id)
  await new Receiving({ ...intake, trusted: undefined }, organizationId, kept, { recipients: [] }, id).takeLarge(async () => content)
}

/** Sealed while it arrives. */
async function stageSource(database: Database, organizationId: string, content: AsyncIterable<Uint8Array>): Promise<{ kept: Attachment; small?: Buffer }> {
  const pieces: Uint8Array[] = []
  let size = 0
  async function* watched() {
    for await (const piece of content) {
      size += piece.length
      if (size <= smallBytes) pieces.push(piece)
      else pieces.length = 0
      yield piece
    }
  }
  const kept = await stageAttachment(database, organizationId, { name: 'message.eml', type: 'message/rfc822' }, watched(), source)
  return { kept, ...size <= smallBytes && { small: Buffer.concat(pieces) } }
}

class Receiving {
  constructor(
    readonly intake: Intake, readonly organizationId: string, readonly kept: Attachment, readonly envelope: Envelope, readonly brought: string | null = null,
  ) {}

  async takeLarge(read: () => Promise<AsyncIterable<Uint8Array>>) {
    if (this.kept.size > parsed.bytes) return this.receive({ unreadable: 'it is larger than what is taken apart' })
    return largeOnes.take(async () => this.take(Buffer.concat(await Array.fromAsync(await read()))))
  }

  async take(raw: Buffer) {
    const { intake, organizationId, envelope } = this
    const { read, opened } = await openMail(intake.database, organizationId, raw, { recipients: envelope.recipients, intake: intake.address ?? null })
    if ('unreadable' in read) return this.receive(read)
    const { files, ...mail } = read
    try {
      const vouching = await this.#vouching(raw, read.from?.address)
      const signatures = files.filter(({ name }) => isSignature(name)).length
      return await this.receive({ mail, files: await this.#stageFiles(files, mail.text), signatures, vouching, ...openedOf(opened) })
    } catch (error) {
      // A mail that we stumble over must not block those behind it. Where nothing can be stored at all, this fails too.
      intake.onError?.(error as Error)
      return this.receive({ unreadable: 'it could not be taken in' })
    }
  }

  receive(parts: Partial<Arrival>) {
    const { intake: { database, address }, organizationId, kept: { id: raw, size, sha256 }, envelope: { recipients, arrivedAt }, brought } = this
    return runVerb({ database }, receiveMessage, { kind: 'system', job: 'message.receive' }, organizationId, {
      mail: null, raw, size, sha256, brought, recipients: [...recipients], intake: address ?? null,
      ...arrivedAt && { arrived_at: arrivedAt.toString() }, ...parts,
    })
  }

  /** Of a mail that lay somewhere, a signature that fails says little: its domain may have other keys by now, and who handed it over is unknown. */
  async #vouching(raw: Buffer, sender: string | undefined): Promise<Vouching | null> {
    if (sender === undefined) return null
    const found = await vouchingFor(raw, sender, this.envelope, this.intake)
    return this.brought !== null && found.verdict === 'does not' ? { ...found, verdict: 'unknown' } : found
  }

  async #stageFiles(files: readonly MailFile[], text: string): Promise<string[]> {
    const whole: MailFile[] = isLong(text) ? [{ name: 'message.txt', type: 'text/plain', content: Buffer.from(text) }] : []
    const ids: string[] = []
    for (const { name, type, content } of [...whole, ...files]) {
      ids.push((await stageAttachment(this.intake.database, this.organizationId, { name, type }, Readable.from([content]), defaultLimits)).id)
    }
    return ids
  }
}

const openedOf = (opened: Apart['opened']) => opened
  ? { opened: { encryption: opened.encryption.state, signature: opened.signature.state }, keys: [...opened.keys] } : {}
