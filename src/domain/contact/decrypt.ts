import type { Tx } from '../../db/tx.ts'
import { Refused } from '../../lib/errors.ts'
import { encryptionWords, openMessage } from './open-message.ts'
import { openPrivateKeys } from './openpgp-key.ts'

/** What was encrypted to one of the organisation's keys, armored or not. It says nothing about who wrote it. */
export async function decrypted(tx: Tx, sealed: Buffer): Promise<Buffer> {
  const keys = { ours: await openPrivateKeys(tx), known: [], cameAlong: [], date: new Date(tx.now.epochMilliseconds) }
  const { data, encryption } = await openMessage(sealed, keys)
  if (!data) throw new Refused('not_for_this_key', encryptionWords[encryption])
  return data
}
