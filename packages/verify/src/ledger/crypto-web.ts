/** Cryptography as browsers have it: Web Crypto verifies signatures; SHA-256 is our own because Web Crypto's is asynchronous, at 60 times the cost per leaf. */
import { concat, type Bytes } from './bytes.ts'
import { sha256 } from './sha256.ts'

export { sha256 }

/** RFC 2104. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Bytes {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const inner = sha256(concat(block.map((byte) => byte ^ 0x36), message))
  return sha256(concat(block.map((byte) => byte ^ 0x5c), inner))
}

export async function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', concat(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, concat(signature), concat(message))
}

/** No browser verifies ML-DSA yet: such keys count as unknown here. */
export const hasMlDsa44: boolean = false

export async function verifyMlDsa44(_publicKey: Uint8Array, _message: Uint8Array, _signature: Uint8Array): Promise<boolean> {
  throw new Error('this browser cannot verify ML-DSA-44')
}
