import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { sha256, utf8, verifierKey, type KeyType, type NoteSigner } from '../src/index.ts'

// PKCS #8 before a raw Ed25519 seed.
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A signer whose key follows from its name, so that examples in the documentation can be made again. */
export function signer(name: string, type: KeyType = 0x01, secret = name): NoteSigner {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, sha256(utf8(`test key of ${secret}`))]), format: 'der', type: 'pkcs8' })
  return signerFor(name, type, privateKey)
}

export function mlDsaSigner(name: string): NoteSigner {
  return signerFor(name, 0x06, generateKeyPairSync('ml-dsa-44').privateKey)
}

function signerFor(name: string, type: KeyType, privateKey: KeyObject): NoteSigner {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const key = verifierKey(name, type, spki.subarray(type === 0x06 ? -1312 : -32))
  return { key, sign: (message) => sign(null, message, privateKey) }
}
