import type { PublicKey } from 'openpgp'
import type { Tx } from '../../db/tx.ts'
import { canonicalLines, newEntity, readEntity, underSameFields, withParts, type Entity } from './mime-entity.ts'
import {
  encryptionWords, judgeClearText, judgeDetached, openMessage, signatureWords, type Encryption, type Keyring, type Signature,
} from './open-message.ts'
import { openPrivateKeys } from './openpgp-key.ts'

/** A mail that came in, opened as far as it can be. */
export interface Incoming {
  /** The mail to be read on: what was encrypted stands in it in clear. Where it does not open, that part is as it came. */
  readonly raw: Buffer
  readonly encryption: { readonly state: Encryption; readonly words: string }
  readonly signature: { readonly state: Signature; readonly words: string }
  /** Public keys that came along, armored: attached, or in the Autocrypt field. */
  readonly keys: readonly { readonly armored: string; readonly by: 'attached' | 'autocrypt' }[]
}

/** What a mail is opened and judged with, in a form that another thread can be given. It exists as long as it is held. */
export interface OpeningKeys {
  /** Our private keys, the one in use first. */
  readonly ours: readonly Uint8Array[]
  /** The sender's, armored, as the case has them. */
  readonly known: readonly string[]
  readonly date: Date
}

export const openingKeys = async (tx: Tx, known: readonly string[]): Promise<OpeningKeys> =>
  ({ ours: (await openPrivateKeys(tx)).map((key) => key.write()), known, date: new Date(tx.now.epochMilliseconds) })

/**
 * Opens what is encrypted to us in a mail (PGP/MIME, RFC 3156; armor in the text; encrypted attachments) and judges its signature. Nothing that
 * arrives makes it throw. A signature counts only where it covers all of the mail.
 */
export async function openIncoming(raw: Buffer, { ours, known, date }: OpeningKeys): Promise<Incoming> {
  const { readPrivateKey } = await import('openpgp')
  const top = readEntity(raw)
  const outside = keysIn(top)
  const keys: Keyring = {
    ours: await Promise.all(ours.map((binaryKey) => readPrivateKey({ binaryKey }))), known: await publicKeys(known),
    cameAlong: await publicKeys(outside.map(({ armored }) => armored)), date,
  }
  const opened = await open(top, keys, true)
  const mail = opened.entity === top.raw ? raw : underSameFields(raw, opened.entity)
  const inside = opened.entity === top.raw ? [] : keysIn(readEntity(mail))
  return {
    raw: mail, keys: [...outside, ...inside.filter(({ armored }) => !outside.some((one) => one.armored === armored))].slice(0, 5),
    encryption: { state: opened.encryption, words: encryptionWords[opened.encryption] },
    signature: { state: opened.signature, words: signatureWords[opened.signature] },
  }
}

interface Walked { readonly entity: Buffer; readonly encryption: Encryption; readonly signature: Signature }

const untouched = ({ raw }: Entity): Walked => ({ entity: raw, encryption: 'none', signature: 'none' })

async function open(entity: Entity, keys: Keyring, whole: boolean): Promise<Walked> {
  const sealed = sealedPart(entity)
  if (sealed) return openPgpMime(entity, sealed, keys, whole)
  if (entity.type === 'multipart/signed' && entity.parts.length >= 2) return signed(entity, keys, whole)
  if (entity.parts.length > 0) return each(entity, keys)
  if (isSMime(entity)) return { ...untouched(entity), encryption: 's-mime' }
  return leaf(entity, keys, whole)
}

const sMimeSignature = /^application\/(x-)?pkcs7-signature$/

/** Encrypted, or with its text inside its signature (RFC 8551): either way nothing of it can be read here. */
const isSMime = ({ type, filename }: Entity): boolean => /^application\/(x-)?pkcs7-mime$/.test(type) || /\.p7m$/i.test(filename)

/** The encrypted half. Some mail servers turn multipart/encrypted into multipart/mixed on the way; both halves are still there. */
function sealedPart({ type, parts }: Entity): Entity | undefined {
  if (type !== 'multipart/encrypted' && type !== 'multipart/mixed') return undefined
  const at = parts.findIndex((part) => part.type === 'application/pgp-encrypted')
  return at < 0 ? undefined : parts[at + 1]
}

async function openPgpMime(entity: Entity, sealed: Entity, keys: Keyring, whole: boolean): Promise<Walked> {
  const { data, encryption, signature } = await openMessage(sealed.content(), keys)
  if (!data) return { entity: entity.raw, encryption, signature: 'none' }
  const inner = await open(readEntity(data), keys, whole)
  return { entity: inner.entity, encryption: whole ? encryption : 'in-part', signature: !whole ? 'none' : signature === 'none' ? inner.signature : signature }
}

async function signed(entity: Entity, keys: Keyring, whole: boolean): Promise<Walked> {
  const [covered, by] = entity.parts as [Entity, Entity]
  if (sMimeSignature.test(by.type)) return { ...await each(entity, keys), signature: whole ? 's-mime' : 'none' }
  if (by.type !== 'application/pgp-signature') return each(entity, keys)
  const signature = whole ? await judgeDetached(canonicalLines(covered.raw), by.content().toString('latin1'), keys) : 'none'
  const { entity: inside, encryption } = await open(covered, keys, false)
  return { entity: inside === covered.raw ? entity.raw : withParts(entity, [inside, by.raw]), encryption, signature }
}

/** Parts beside each other: none of them speaks for the whole. */
async function each(entity: Entity, keys: Keyring): Promise<Walked> {
  const parts: Walked[] = []
  for (const part of entity.parts) parts.push(await open(part, keys, false))
  const found = parts.map(({ encryption }) => encryption).filter((one) => one !== 'none')
  const closed = found.find((one) => !['encrypted', 'former-key', 'in-part'].includes(one))
  const encryption = closed ?? (found[0] ? 'in-part' : 'none')
  const changed = parts.some((part, i) => part.entity !== entity.parts[i]!.raw)
  return { entity: changed ? withParts(entity, parts.map((part) => part.entity)) : entity.raw, encryption, signature: 'none' }
}

const armored = /-----BEGIN PGP MESSAGE-----[\s\S]+?-----END PGP MESSAGE-----/
const clearSigned = /-----BEGIN PGP SIGNED MESSAGE-----[\s\S]+?-----END PGP SIGNATURE-----/

async function leaf(entity: Entity, keys: Keyring, whole: boolean): Promise<Walked> {
  if (isSealedFile(entity)) return file(entity, keys)
  if (entity.type !== 'text/plain') return untouched(entity)
  const text = entity.content().toString('utf8')
  const [message] = armored.exec(text) ?? []
  if (message !== undefined) return inline(entity, text, message, keys, whole)
  const [signedText] = clearSigned.exec(text) ?? []
  const alone = signedText !== undefined && text.trim() === signedText
  return { ...untouched(entity), signature: alone && whole ? await judgeClearText(signedText, keys) : 'none' }
}

async function inline(entity: Entity, text: string, message: string, keys: Keyring, whole: boolean): Promise<Walked> {
  const { data, encryption, signature } = await openMessage(Buffer.from(message), keys)
  if (!data) return { entity: entity.raw, encryption, signature: 'none' }
  const alone = whole && text.trim() === message
  const plain = Buffer.from(text.replace(message, () => data.toString('utf8')))
  return { entity: newEntity('text/plain; charset=utf-8', '', plain), encryption: alone ? encryption : 'in-part', signature: alone ? signature : 'none' }
}

/** By its name or its type; a detached signature or a public key is no message. */
const isSealedFile = ({ type, filename, content }: Entity): boolean => type !== 'application/pgp-signature' && type !== 'application/pgp-keys'
  && (/\.(gpg|pgp)$/i.test(filename) || /\.asc$/i.test(filename) && content().includes('-----BEGIN PGP MESSAGE-----'))

async function file(entity: Entity, keys: Keyring): Promise<Walked> {
  const { data, encryption } = await openMessage(entity.content(), keys)
  if (!data) return { entity: entity.raw, encryption, signature: 'none' }
  return { entity: newEntity('application/octet-stream', entity.filename.replace(/\.(gpg|pgp|asc)$/i, ''), data), encryption: 'in-part', signature: 'none' }
}

function keysIn(entity: Entity): { armored: string; by: 'attached' | 'autocrypt' }[] {
  const autocrypt = /keydata\s*=\s*([A-Za-z0-9+/=\s]+)/.exec(entity.fields.get('autocrypt') ?? '')?.[1]?.replaceAll(/\s/g, '')
  return [
    ...autocrypt ? [{ armored: armorOf(autocrypt), by: 'autocrypt' as const }] : [],
    ...attachedKeys(entity).map((key) => ({ armored: key, by: 'attached' as const })),
  ]
}

const attachedKeys = ({ type, filename, content, parts }: Entity): string[] => parts.length > 0 ? parts.flatMap(attachedKeys)
  : type === 'application/pgp-keys' || /\.(asc|key)$/i.test(filename)
    ? content().toString('latin1').match(/-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]+?-----END PGP PUBLIC KEY BLOCK-----/g) ?? [] : []

/** The checksum may be left out (RFC 9580, section 6.1). */
const armorOf = (base64: string) =>
  `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`

async function publicKeys(all: readonly string[]): Promise<PublicKey[]> {
  const { readKeys } = await import('openpgp')
  const read = await Promise.all(all.map((armoredKeys) => readKeys({ armoredKeys }).catch(() => [])))
  return read.flat().map((key) => key.toPublic()).slice(0, 20)
}
