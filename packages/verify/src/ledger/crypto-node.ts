/** Cryptography as Node has it. `crypto-web.ts` offers the same names to browsers; package.json's `#crypto` chooses. */
import { createHmac, createPublicKey, hash, verify } from 'node:crypto'
import type { Bytes } from './bytes.ts'

export function sha256(bytes: Uint8Array): Bytes {
  return hash('sha256', bytes, 'buffer')
}

export function hmacSha256(key: Uint8Array, message: Uint8Array): Bytes {
  return createHmac('sha256', key).update(message).digest()
}

export async function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return verifyRaw('ed25519', publicKey, message, signature)
}

/** FIPS 204 with an empty context. */
export async function verifyMlDsa44(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return verifyRaw('ml-dsa-44', publicKey, message, signature)
}

/** Whether this platform can verify ML-DSA-44 at all; where it cannot, such keys count as unknown. */
export const hasMlDsa44: boolean = true

// Node reads public keys as SubjectPublicKeyInfo: these DER prefixes stand before the raw key.
const spki = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  'ml-dsa-44': Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
}

function verifyRaw(algorithm: keyof typeof spki, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([spki[algorithm], publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}
