import { createCipheriv, createDecipheriv } from 'node:crypto'
import { BrokenSeal } from './box.ts'

/** Plaintext bytes of every chunk but the last, which may hold fewer. */
export const CHUNK_BYTES = 64 * 1024
const TAG_BYTES = 16

/**
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM: the nonce is the chunk's number (11 bytes, big-endian)
 * and one byte that is 1 in the last chunk alone. A chunk left out, moved, repeated or cut off at the end does not open.
 * The nonce counts from zero, so `fileKey` must be of this one file.
 */
export function sealChunk(fileKey: Buffer, bound: Buffer, number: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number, last), { authTagLength: TAG_BYTES }).setAAD(bound)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function openChunk(fileKey: Buffer, bound: Buffer, number: number, last: boolean, sealed: Buffer): Buffer {
  const what = `chunk ${number} of an attachment`
  if (sealed.length < TAG_BYTES) throw new BrokenSeal(what)
  const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(number, last), { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new BrokenSeal(what)
  }
}

/** Cuts a stream into pieces of `CHUNK_BYTES`, with a note on the last; an empty stream is one empty piece. */
export async function* pieces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<{ plain: Buffer; last: boolean }> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const part of stream) {
    held.push(part)
    bytes += part.byteLength
    if (bytes <= CHUNK_BYTES) continue
    // The very last byte is kept back, so that a full piece is never the last one unnoticed.
    let whole = Buffer.concat(held)
    for (; whole.length > CHUNK_BYTES; whole = whole.subarray(CHUNK_BYTES)) yield { plain: whole.subarray(0, CHUNK_BYTES), last: false }
    held = [whole]
    bytes = whole.length
  }
  yield { plain: Buffer.concat(held), last: true }
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}
