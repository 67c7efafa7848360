import type { DecryptMessageResult, Key, PrivateKey, PublicKey } from 'openpgp'
import { clockSkewMs } from './reader-key.ts'

type VerificationResult = DecryptMessageResult['signatures'][number]

/** What became of something that may have been encrypted to us. */
export type Encryption =
  | 'none' | 'encrypted' | 'former-key' | 'in-part' | 'wrong-key' | 'password' | 'damaged' | 'unauthenticated' | 'too-large' | 'unsupported' | 's-mime'
/** Who signed it, as far as the keys tell that we know for the case. */
export type Signature = 'none' | 'known' | 'came-along' | 'unknown' | 'bad' | 'expired' | 'revoked' | 'weak' | 's-mime'

export const encryptionWords: Record<Encryption, string> = {
  'none': 'Not encrypted.',
  'encrypted': 'Encrypted to our key.',
  'former-key': 'Encrypted to a former key of ours. Tell the sender where the new one is.',
  'in-part': 'Encrypted in part: what stood around it came in clear.',
  'wrong-key': 'Encrypted to a key that is not ours, so we cannot read it. Ask for it once more, encrypted to the key that our page shows.',
  'password': 'Encrypted with a password that we do not have. Ask for it once more, encrypted to the key that our page shows.',
  'damaged': 'Encrypted, and damaged or changed on the way: it does not open. Ask for it once more.',
  'unauthenticated': 'Encrypted by an old program without protection against changes, so it is not opened. Ask for it once more, made with a newer program.',
  'too-large': 'Encrypted, and it would unfold to more than we take. It is not opened.',
  'unsupported': 'Encrypted in a way that we cannot open. Ask for it once more, made with the standard settings.',
  's-mime': 'Closed by S/MIME, which we do not open: it is kept as a file. Ask for it once more, encrypted to the OpenPGP key that our page shows.',
}

export const signatureWords: Record<Signature, string> = {
  'none': 'Not signed.',
  'known': 'Signed by the key that came with the report.',
  'came-along': 'Signed by the key that came with this very mail, which we did not know before.',
  'unknown': 'Signed by a key that we do not know.',
  'bad': 'The signature is bad: what was signed is not what arrived.',
  'expired': 'Signed by a key that has expired.',
  'revoked': 'Signed by a key that is revoked.',
  'weak': 'Signed in a way that is no longer safe. It proves nothing.',
  's-mime': 'Signed by S/MIME. We do not judge that: the signature is kept as a file.',
}

/** What was signed where the clock is a little ahead is not from the future. */
const lenient = (date: Date) => new Date(date.getTime() + clockSkewMs)

/** A small message may unfold to no more than this. */
const mostBytes = 100 * 1024 * 1024

/** What we can open and judge with: our keys, the one in use first, and the sender's, as far as they are known. */
export interface Keyring {
  readonly ours: readonly PrivateKey[]
  readonly known: readonly PublicKey[]
  readonly cameAlong: readonly PublicKey[]
  readonly date: Date
}

export interface Opened { readonly encryption: Encryption; readonly signature: Signature; readonly data: Buffer | null }

const armor = (bytes: Buffer) => bytes.includes('-----BEGIN PGP MESSAGE-----')

/** Opens a message that was encrypted to us, armored or not. It never throws: what is wrong is one of the words above, and `data` is null. */
export async function openMessage(sealed: Buffer, keys: Keyring): Promise<Opened> {
  const { config, decrypt, readMessage } = await import('openpgp')
  try {
    const message = armor(sealed)
      ? await readMessage({ armoredMessage: sealed.toString('utf8') })
      : await readMessage({ binaryMessage: new Uint8Array(sealed) })
    const to = message.getEncryptionKeyIDs().map((id) => id.toHex())
    if (to.length === 0) return failed('password')
    const ours = keys.ours.findIndex((key) => key.getKeyIDs().some((id) => to.includes(id.toHex())))
    if (ours < 0 && !to.some((id) => /^0+$/.test(id))) return failed('wrong-key')
    const { data, signatures } = await decrypt({
      message, decryptionKeys: [...keys.ours], verificationKeys: [...keys.known, ...keys.cameAlong], format: 'binary', date: lenient(keys.date),
      config: { ...config, maxDecompressedMessageSize: mostBytes },
    }) as DecryptMessageResult & { data: Uint8Array }
    return { encryption: ours > 0 ? 'former-key' : 'encrypted', signature: await judged(signatures, keys), data: Buffer.from(data) }
  } catch (error) { return failed(whyClosed(error as Error)) }
}

const failed = (encryption: Encryption): Opened => ({ encryption, signature: 'none', data: null })

function whyClosed({ message }: Error): Encryption {
  if (/maximum decompressed|size limit|too large/i.test(message)) return 'too-large'
  if (/not authenticated|without integrity|unauthenticated/i.test(message)) return 'unauthenticated'
  if (/session key decryption failed/i.test(message)) return 'wrong-key'
  return /unsupported|unknown|invalid enum|not enabled|disabled|not supported|rejected|insecure/i.test(message) ? 'unsupported' : 'damaged'
}

/** Judges a signature that stands beside what it covers (RFC 3156, section 5). */
export async function judgeDetached(covered: Buffer, armored: string, keys: Keyring): Promise<Signature> {
  const { createMessage, readSignature, verify } = await import('openpgp')
  try {
    const signature = await readSignature({ armoredSignature: armored })
    const message = await createMessage({ binary: new Uint8Array(covered) })
    return await judged((await verify({ message, signature, verificationKeys: [...keys.known, ...keys.cameAlong], date: lenient(keys.date) })).signatures, keys)
  } catch { return 'bad' }
}

/** Judges a text with a signature around it (RFC 9580, section 7). */
export async function judgeClearText(text: string, keys: Keyring): Promise<Signature> {
  const { readCleartextMessage, verify } = await import('openpgp')
  try {
    const message = await readCleartextMessage({ cleartextMessage: text })
    return await judged((await verify({ message, verificationKeys: [...keys.known, ...keys.cameAlong], date: lenient(keys.date) })).signatures, keys)
  } catch { return 'bad' }
}

/** The first signature decides: further ones can only be somebody else's. */
async function judged(signatures: readonly VerificationResult[], keys: Keyring): Promise<Signature> {
  const [signature] = signatures
  if (!signature) return 'none'
  const of = (some: readonly PublicKey[]) => some.find((key) => key.getKeyIDs().some((id) => id.equals(signature.keyID)))
  const [known, cameAlong] = [of(keys.known), of(keys.cameAlong)]
  try {
    await signature.verified
    return await standing((known ?? cameAlong)!, keys.date) ?? (known ? 'known' : 'came-along')
  } catch (error) {
    const { message } = error as Error
    if (/could not find signing key/i.test(message) && !known && !cameAlong) return 'unknown'
    if (/expired/i.test(message)) return 'expired'
    if (/revoked/i.test(message)) return 'revoked'
    return /insecure/i.test(message) ? 'weak' : 'bad'
  }
}

/** A signature that was good when it was made may be of a key that is none any more. */
async function standing(key: Key, date: Date): Promise<'expired' | 'revoked' | undefined> {
  if (await key.isRevoked(undefined, undefined, date)) return 'revoked'
  const ends = await key.getExpirationTime()
  return ends instanceof Date && ends <= date ? 'expired' : undefined
}
