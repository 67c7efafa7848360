import type { Database } from '../../db/database.ts'
import { openPrivateKey, type OpenPgpKey } from './openpgp-key.ts'

/** The newest text that each organisation signed: a page that is asked for again and again is signed once. */
const signed = new Map<string, { readonly of: string; readonly text: string }>()

/**
 * The text in the cleartext signature framework (RFC 9580, section 7), every line ending with CRLF, as RFC 9116 has it for security.txt. It
 * stays readable as it is; `gpg --verify` judges it.
 */
export async function clearSigned(database: Database, organizationId: string, { fingerprint }: OpenPgpKey, text: string): Promise<string> {
  const of = `${fingerprint}\n${text}`
  const known = signed.get(organizationId)
  if (known?.of === of) return known.text
  const { createCleartextMessage, sign } = await import('openpgp')
  const fresh = await database.read(organizationId, async (tx) => sign({
    message: await createCleartextMessage({ text }), signingKeys: await openPrivateKey(tx), date: new Date(tx.now.epochMilliseconds),
  }))
  const lines = fresh.replaceAll(/\r?\n/g, '\r\n')
  signed.set(organizationId, { of, text: lines })
  return lines
}
