import type { Tx } from '../../db/tx.ts'
import { Refused } from '../../lib/errors.ts'
import { openPrivateKey } from './openpgp-key.ts'

/** A small message may unfold to no more than this. */
const mostBytes = 100 * 1024 * 1024

/** What was encrypted to the organisation's key, armored or not. It says nothing about who wrote it. */
export async function decrypted(tx: Tx, sealed: Buffer): Promise<Buffer> {
  const { config, decrypt, readMessage } = await import('openpgp')
  const key = await openPrivateKey(tx)
  try {
    const message = sealed.includes('-----BEGIN PGP MESSAGE-----')
      ? await readMessage({ armoredMessage: sealed.toString('utf8') }) : await readMessage({ binaryMessage: new Uint8Array(sealed) })
    const { data } = await decrypt({
      message, decryptionKeys: key, format: 'binary', date: new Date(tx.now.epochMilliseconds), config: { ...config, maxDecompressedMessageSize: mostBytes },
    })
    return Buffer.from(data)
  } catch {
    throw new Refused('not_for_this_key', 'This is no OpenPGP message, it is damaged, or it was encrypted to another key.')
  }
}
