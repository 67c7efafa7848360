import { argon2Sync, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** docs/formats/backup.md says what each byte means. */
export const formatLine = 'avow-backup/1\n'
const chunkBytes = 65536
const tagBytes = 16

export interface Header { readonly created: string; readonly kdf: Kdf }

interface Kdf { readonly name: 'argon2id'; readonly memory: number; readonly passes: number; readonly parallelism: number; readonly salt: string }

/** The file cannot be opened; the message says which of the reasons it is, as far as that can be known. */
export class BackupProblem extends Error { override readonly name = 'BackupProblem' }

/** Seals what comes, chunk by chunk; nothing but one chunk is held. The header is in the clear and bound to every chunk. */
export async function* seal(passphrase: string, created: Temporal.Instant, plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const kdf: Kdf = { name: 'argon2id', memory: 65536, passes: 3, parallelism: 1, salt: randomBytes(16).toString('base64') }
  const header: Header = { created: created.round('second').toString(), kdf }
  const head = Buffer.from(`${formatLine}${JSON.stringify(header)}\n`)
  const key = deriveKey(passphrase, kdf)
  yield head
  let number = 0
  for await (const { bytes, last } of chunked(plain, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number++, last)).setAAD(head)
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
}

/** The plain bytes again. Throws at the first chunk that is not as it was written, and when the end is missing. */
export async function* open(passphrase: string, sealed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]()
  const { head, header, rest } = await readHead(source)
  const key = deriveKey(passphrase, header.kdf)
  let number = 0
  for await (const { bytes, last } of chunked(continued(rest, source), chunkBytes + tagBytes)) {
    yield openChunk(key, head, bytes, number++, last)
  }
}

function openChunk(key: Buffer, head: Buffer, bytes: Buffer, number: number, last: boolean): Buffer {
  if (bytes.length < tagBytes) throw new BackupProblem('The backup ends in the middle.')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(number, last)).setAAD(head).setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try { return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()]) } catch {
    throw new BackupProblem(number === 0
      ? 'The passphrase is not the one of this backup, or its beginning was changed.'
      : 'The backup was changed, or a part of it is missing.')
  }
}

async function readHead(source: AsyncIterator<Buffer>): Promise<{ head: Buffer; header: Header; rest: Buffer }> {
  let bytes = Buffer.alloc(0)
  for (;;) {
    const end = bytes.indexOf(10, formatLine.length)
    if (bytes.length >= formatLine.length && bytes.toString('latin1', 0, formatLine.length) !== formatLine) break
    if (end >= 0) {
      const header = parseHeader(bytes.toString('utf8', formatLine.length, end))
      return { head: bytes.subarray(0, end + 1), header, rest: bytes.subarray(end + 1) }
    }
    const { done, value } = await source.next()
    if (done || bytes.length > 4096) break
    bytes = Buffer.concat([bytes, value])
  }
  throw new BackupProblem('This is not a backup of Avow, or one of a later version.')
}

/** The costs come from the file and are used before anything is authenticated, so they are bounded. */
function parseHeader(text: string): Header {
  try {
    const header = JSON.parse(text) as Header
    const { name, memory, passes, parallelism, salt } = header.kdf
    if (name === 'argon2id' && memory <= 1_048_576 && passes <= 16 && parallelism <= 16 && Buffer.from(salt, 'base64').length === 16) return header
  } catch { /* the same answer */ }
  throw new BackupProblem('The first lines of the backup are damaged.')
}

const deriveKey = (passphrase: string, { memory, passes, parallelism, salt }: Kdf): Buffer =>
  argon2Sync('argon2id', { message: Buffer.from(passphrase.normalize('NFC')), nonce: Buffer.from(salt, 'base64'), memory, passes, parallelism, tagLength: 32 })

/** Number of the chunk, and whether it is the last: neither order nor end can be changed unseen. */
function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(number, 5, 6)
  bytes[11] = last ? 1 : 0
  return bytes
}

/** Pieces of exactly `size` bytes; the last one, which is always there, may be shorter or empty. */
async function* chunked(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let length = 0
  for await (const piece of source) {
    held.push(piece)
    length += piece.length
    if (length <= size) continue
    let bytes = Buffer.concat(held)
    while (bytes.length > size) {
      yield { bytes: bytes.subarray(0, size), last: false }
      bytes = bytes.subarray(size)
    }
    held = [bytes]
    length = bytes.length
  }
  yield { bytes: Buffer.concat(held), last: true }
}

async function* continued(first: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}
