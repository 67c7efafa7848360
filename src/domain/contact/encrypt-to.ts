import type { Tx } from '../../db/tx.ts'
import { openPrivateKey } from './openpgp-key.ts'
import type { ReaderKey } from './reader-key.ts'

/** Encrypted to the reader and signed by the organisation, in one (RFC 3156, section 6.2); armored. */
export async function encryptedTo(tx: Tx, { key, date }: Exclude<ReaderKey, { why: unknown }>, plain: Buffer): Promise<string> {
  const { createMessage, encrypt } = await import('openpgp')
  return await encrypt({
    message: await createMessage({ binary: new Uint8Array(plain) }),
    encryptionKeys: key, signingKeys: await openPrivateKey(tx), date,
  }) as string
}
