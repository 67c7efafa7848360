import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The box does not open: another key, another place, or bytes that somebody changed. */
export class BrokenSeal extends Error {
  constructor(what: string) { super(`The seal of ${what} does not hold: it was sealed by another key, for another place, or it was changed.`) }
}

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
export const BOX_OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES

/** What a seal is bound to, NUL between the parts. Only the last part may be of free form. */
export const binding = (...parts: string[]): Buffer => Buffer.from(parts.join('\0'), 'utf8')

/**
 * AES-256-GCM (NIST SP 800-38D) as one byte string: version, nonce, ciphertext, tag; see docs/formats/sealing.md.
 * The nonce is random, so one key may seal at most 2^32 boxes. `nonce` is given by the format's test alone.
 */
export function sealBox(key: Buffer, bound: Buffer, plain: Buffer, nonce: Buffer = randomBytes(NONCE_BYTES)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound)
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws `BrokenSeal`; `what` names the thing in its sentence. */
export function openBox(key: Buffer, bound: Buffer, box: Buffer, what: string): Buffer {
  if (box.length < BOX_OVERHEAD || box[0] !== VERSION) throw new BrokenSeal(what)
  const nonce = box.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(box.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(box.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new BrokenSeal(what)
  }
}
