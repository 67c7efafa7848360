/** Checkpoints of c2sp.org/tlog-checkpoint: a signed note of origin, size and root hash. */
import { base64, fromBase64, fromDecimal, utf8, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'
import { parseNote, signaturesBy, type Note } from './note.ts'
import { signatureLength, verifyWith, type VerifierKey } from './vkey.ts'

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Bytes
  /** Avow writes none; other logs may. */
  readonly extensions: readonly string[]
}

export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note
}

/** The note's text, to be signed. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Omit<Checkpoint, 'extensions'> & { extensions?: readonly string[] }): string {
  return [origin, String(size), base64(root), ...extensions].map((line) => `${line}\n`).join('')
}

/** Reads a checkpoint without judging its signatures. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const parsed = parseNote(note)
  return { ...parseCheckpointText(parsed.text), note: parsed }
}

export function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n')
  if (origin === '' || extensions.includes('')) throw new Malformed('checkpoint', 'an empty line')
  return { origin, size: fromDecimal(size, 'checkpoint'), root: fromBase64(root, 32), extensions }
}

/** Whether `key` (type 0x01) signed the note. Throws nothing: a signature by the key that does not verify spoils the note, whatever else it carries. */
export async function isSignedBy(key: VerifierKey, note: Note): Promise<boolean> {
  const claims = signaturesBy(key, note.signatures)
  if (key.type !== 0x01 || claims.length === 0) return false
  const verdicts = await Promise.all(
    claims.map(({ signature }) => signature.length === signatureLength(0x01) && verifyWith(key, utf8(note.text), signature)),
  )
  return verdicts.every(Boolean)
}
