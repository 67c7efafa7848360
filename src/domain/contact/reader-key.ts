import type { PublicKey } from 'openpgp'

/** By how much the clocks of others may be ahead of ours. */
export const clockSkewMs = 3_600_000

/** Why nothing is encrypted to a key. */
export type Unusable = 'no-key' | 'unreadable' | 'private' | 'expired' | 'revoked' | 'cannot-encrypt' | 'weak'
export type ReaderKey = { readonly key: PublicKey; readonly fingerprint: string; readonly date: Date } | { readonly why: Unusable }

export const whyNotEncrypted: Record<Unusable, string> = {
  'no-key': 'we know no OpenPGP key of theirs',
  'unreadable': 'what they gave as their OpenPGP key cannot be read',
  'private': 'they gave us a private key by mistake; it is not used',
  'expired': 'their OpenPGP key has expired',
  'revoked': 'their OpenPGP key is revoked',
  'cannot-encrypt': 'their OpenPGP key cannot be encrypted to: it has no valid key for encryption',
  'weak': 'their OpenPGP key is too weak',
}

/** The key of somebody we write to, or in one word why it is of no use at this moment. */
export async function readerKey(armored: string, now: Temporal.Instant): Promise<ReaderKey> {
  if (!armored.includes('-----BEGIN PGP')) return { why: 'no-key' }
  const { readKey } = await import('openpgp')
  const key = await readKey({ armoredKey: armored }).catch(() => null)
  if (!key) return { why: 'unreadable' }
  if (key.isPrivate()) return { why: 'private' }
  const date = moment(key, now)
  try {
    await key.verifyPrimaryKey(date)
    await key.getEncryptionKey(undefined, date)
    return { key, fingerprint: key.getFingerprint(), date }
  } catch (error) { return { why: await whyUnusable(key, date, error as Error) } }
}

/** A key of this very moment, made where the clock is a little ahead of ours, is as good as any other. */
function moment(key: PublicKey, now: Temporal.Instant): Date {
  const [made, here] = [key.getCreationTime().getTime(), now.epochMilliseconds]
  return new Date(made > here && made - here <= clockSkewMs ? made : here)
}

async function whyUnusable(key: PublicKey, date: Date, { message }: Error): Promise<Unusable> {
  if (await key.isRevoked(undefined, undefined, date)) return 'revoked'
  const ends = await key.getExpirationTime().catch(() => null)
  if (typeof ends !== 'number' && ends && ends <= date) return 'expired'
  if (/expired/i.test(message)) return 'expired'
  if (/revoked/i.test(message)) return 'revoked'
  return /insecure|at least|too short|bits/i.test(message) ? 'weak' : 'cannot-encrypt'
}

/** What others need of a key and no more: no photographs, no signatures of strangers. At most `most` characters, or it is not taken. */
export async function tidyKey(armored: string, most = 40_000): Promise<string | undefined> {
  const { readKey } = await import('openpgp')
  const key = await readKey({ armoredKey: armored }).catch(() => null)
  if (!key || key.isPrivate()) return undefined
  for (const user of key.users) user.otherCertifications = []
  const tidy = key.armor()
  return tidy.length <= most ? tidy : undefined
}
