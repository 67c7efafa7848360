import { Readable } from 'node:stream'
import type { Database } from '../../db/database.ts'
import { defaultLimits, stageAttachment } from '../../seal/attachments.ts'
import { runVerb } from '../../verbs/run.ts'
import { vouchingFor, type Delivery, type Judging } from './authentication.ts'
import type { Incoming } from '../contact/index.ts'
import type { MailFile } from './mime/read-mail.ts'
import { defaultLimits as parsed } from './mime/structure.ts'
import { openMail } from './open-mail.ts'
import { receiveMessage, type Arrival } from './receive-message.ts'
import { isLong } from './words.ts'

export interface Intake extends Judging {
  readonly database: Database
  /** The address that Avow reads; answers to letters come to it with a token. */
  readonly address?: string | undefined
  readonly onError?: ((error: Error) => void) | undefined
}

export interface Envelope extends Delivery { readonly recipients: readonly string[] }

/** A source may be as large as a gigabyte: it is streamed, and taken apart only up to the parser's limit. */
const source = { ...defaultLimits, file: 1024 * 1024 * 1024 }

const tooLarge = { read: { unreadable: 'it is larger than what is taken apart' }, opened: null } as const

/**
 * Takes a mail in for good: when this returns, it is stored, with its source. What fails is thrown, and nothing is known of the mail then: whoever
 * handed it over keeps it and tries again.
 */
export async function takeMessage(intake: Intake, organizationId: string, content: AsyncIterable<Uint8Array>, { recipients, ...delivery }: Envelope) {
  const { database, address, onError } = intake
  const { kept, raw } = await stageSource(database, organizationId, content)
  const sent = { recipients: [...recipients], intake: address ?? null }
  const { read, opened } = raw ? await openMail(database, organizationId, raw, sent) : tooLarge
  const arrival = { raw: kept.id, size: kept.size, sha256: kept.sha256, ...sent }
  const receive = (parsed: Partial<Arrival>) =>
    runVerb({ database }, receiveMessage, { kind: 'system', job: 'message.receive' }, organizationId, { mail: null, ...arrival, ...parsed })
  if ('unreadable' in read) return receive(read)
  const { files, ...mail } = read
  try {
    const vouching = read.from ? await vouchingFor(raw!, read.from.address, delivery, intake) : null
    return await receive({ mail, files: await stageFiles(database, organizationId, files, mail.text), vouching, ...openedOf(opened) })
  } catch (error) {
    // A mail that we stumble over must not block those behind it. Where nothing can be stored at all, this fails too.
    onError?.(error as Error)
    return receive({ unreadable: 'it could not be taken in' })
  }
}

const openedOf = (opened: Incoming | null) => opened
  ? { opened: { encryption: opened.encryption.state, signature: opened.signature.state }, keys: [...opened.keys] } : {}

/** Sealed while it arrives; in memory only as far as it can be taken apart. */
async function stageSource(database: Database, organizationId: string, content: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = []
  let size = 0
  async function* watched() {
    for await (const piece of content) {
      size += piece.length
      if (size <= parsed.bytes) pieces.push(piece)
      else pieces.length = 0
      yield piece
    }
  }
  const kept = await stageAttachment(database, organizationId, { name: 'message.eml', type: 'message/rfc822' }, watched(), source)
  return { kept, raw: size <= parsed.bytes ? Buffer.concat(pieces) : undefined }
}

async function stageFiles(database: Database, organizationId: string, files: readonly MailFile[], text: string): Promise<string[]> {
  const whole: MailFile[] = isLong(text) ? [{ name: 'message.txt', type: 'text/plain', content: Buffer.from(text) }] : []
  const ids: string[] = []
  for (const { name, type, content } of [...whole, ...files]) {
    ids.push((await stageAttachment(database, organizationId, { name, type }, Readable.from([content]), defaultLimits)).id)
  }
  return ids
}
