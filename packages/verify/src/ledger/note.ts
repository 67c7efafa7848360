/** Signed notes, c2sp.org/signed-note. */
import { base64, concat, fromBase64, hex, utf8, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'
import { isKeyName, type VerifierKey } from './vkey.ts'

/** More signatures than any honest log carries; the specification asks for at least 16. */
const mostSignatures = 100

export interface Note {
  /** With its final line feed; this is what is signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  /** Eight hexadecimal digits. */
  readonly id: string
  readonly signature: Bytes
}

/** Signs with a private key that stays where it is. */
export interface NoteSigner {
  readonly key: VerifierKey
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** Reads a note without judging its signatures. */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf('\n\n')
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new Malformed('note', 'it holds control characters')
  if (split < 0) throw new Malformed('note', 'no empty line before the signatures')
  return { text: note.slice(0, split + 1), signatures: parseSignatures(note.slice(split + 2)) }
}

/** One or more signature lines, as at the end of a note or in a witness's answer. */
export function parseSignatures(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw new Malformed('note', 'the last signature line does not end')
  const signatures = lines.slice(0, -1).split('\n').map(parseSignature)
  if (signatures.length > mostSignatures) throw new Malformed('note', `more than ${mostSignatures} signatures`)
  return signatures
}

function parseSignature(line: string): NoteSignature {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ')
  if (dash !== '—' || !isKeyName(name) || rest.length > 0) throw new Malformed('note', `“${line.slice(0, 60)}” is not a signature line`)
  const bytes = fromBase64(encoded)
  if (bytes.length < 5) throw new Malformed('note', `the signature of ${name} is too short`)
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignature).join('')}`
}

export function formatSignature({ name, id, signature }: NoteSignature): string {
  const keyId = Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return `— ${name} ${base64(concat(keyId, signature))}\n`
}

/** Signs `text` (which ends in a line feed) as type 0x01. */
export async function signText(text: string, signer: NoteSigner): Promise<NoteSignature> {
  return { name: signer.key.name, id: signer.key.id, signature: concat(await signer.sign(utf8(text))) }
}

export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n')) throw new Malformed('note', 'its text does not end in a line feed')
  return formatNote({ text, signatures: await Promise.all(signers.map((signer) => signText(text, signer))) })
}

/** The signatures that claim to be by `key`. Name and id together name a key; all other lines must be ignored. */
export function signaturesBy(key: VerifierKey, signatures: readonly NoteSignature[]): NoteSignature[] {
  return signatures.filter(({ name, id }) => name === key.name && id === key.id)
}
