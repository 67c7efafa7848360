/** Verifier keys of c2sp.org/signed-note: `name+keyid+base64(type ‖ public key)`. */
import { hasMlDsa44, sha256, verifyEd25519, verifyMlDsa44 } from '#crypto'
import { base64, concat, fromBase64, hex, utf8, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'

/** Signature types that we know, with the length of their public keys and signatures in bytes. */
const types = {
  0x01: { algorithm: 'Ed25519', key: 32, signature: 64 },
  0x04: { algorithm: 'Ed25519 cosignature', key: 32, signature: 72 },
  0x06: { algorithm: 'ML-DSA-44 cosignature', key: 1312, signature: 2428 },
} as const

/** 0x01 signs a note's text; 0x04 and 0x06 are timestamped cosignatures of a checkpoint (c2sp.org/tlog-cosignature). */
export type KeyType = keyof typeof types

export interface VerifierKey {
  readonly name: string
  readonly type: KeyType
  readonly publicKey: Bytes
  /** First four bytes of SHA-256(name ‖ LF ‖ type ‖ public key), as eight hexadecimal digits. */
  readonly id: string
}

export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new Malformed('vkey', 'a name is not empty and holds neither space nor plus')
  if (publicKey.length !== types[type].key) throw new Malformed('vkey', `a public key of ${publicKey.length} bytes where ${types[type].key} are due`)
  const id = hex(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4))
  return { name, type, publicKey: concat(publicKey), id }
}

export function parseVkey(vkey: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? []
  const [type = 0, ...publicKey] = fromBase64(encoded)
  if (!isKeyType(type)) throw new Malformed('vkey', `signature type ${type} is not known`)
  const key = verifierKey(name, type, Uint8Array.from(publicKey))
  if (key.id !== id) throw new Malformed('vkey', `its key id is ${key.id}, not ${id}`)
  return key
}

export function printVkey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${base64(concat(Uint8Array.of(key.type), key.publicKey))}`
}

export function signatureLength(type: KeyType): number {
  return types[type].signature
}

/** Keys whose algorithm this platform lacks are treated like keys that nobody has told us of. */
export function canVerify(key: VerifierKey): boolean {
  return key.type !== 0x06 || hasMlDsa44
}

/** Verifies the bare signature; what has to be signed depends on the type. */
export function verifyWith(key: VerifierKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return key.type === 0x06 ? verifyMlDsa44(key.publicKey, message, signature) : verifyEd25519(key.publicKey, message, signature)
}

/** No Unicode space, no plus, and none of the control characters that a note cannot hold. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s\u0085+\u0000-\u001f]/u.test(name)
}

function isKeyType(type: number): type is KeyType {
  return type in types
}
