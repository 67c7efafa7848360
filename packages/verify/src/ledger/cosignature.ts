/** Timestamped cosignatures of a checkpoint by witnesses, c2sp.org/tlog-cosignature: Ed25519 (0x04) and ML-DSA-44 (0x06). */
import { concat, uint64, utf8, type Bytes } from './bytes.ts'
import { parseCheckpointText } from './checkpoint.ts'
import { Malformed } from './malformed.ts'
import { signaturesBy, type Note, type NoteSignature, type NoteSigner } from './note.ts'
import { canVerify, signatureLength, verifyWith, type VerifierKey } from './vkey.ts'

/** A witness saw that the log only grew up to this checkpoint, at `at` (milliseconds since 1970 UTC; 0 where it states no time). */
export interface Cosignature {
  readonly witness: VerifierKey
  readonly at: number
}

/** What a witness signs. `seconds` are POSIX time. */
export function cosignedMessage(key: VerifierKey, checkpointText: string, seconds: number): Bytes {
  if (key.type === 0x04) return utf8(`cosignature/v1\ntime ${seconds}\n${checkpointText}`)
  const { origin, size, root } = parseCheckpointText(checkpointText)
  return concat(utf8('subtree/v1\n\0'), shortOpaque(key.name), uint64(seconds), shortOpaque(origin), uint64(0), uint64(size), root)
}

/** TLS presentation language, `opaque <1..2^8-1>`. */
function shortOpaque(text: string): Bytes {
  const bytes = utf8(text)
  if (bytes.length === 0 || bytes.length > 255) throw new Malformed('cosignature', `a name of ${bytes.length} bytes`)
  return concat(Uint8Array.of(bytes.length), bytes)
}

export async function cosign(checkpointText: string, signer: NoteSigner, seconds: number): Promise<NoteSignature> {
  const signature = await signer.sign(cosignedMessage(signer.key, checkpointText, seconds))
  return { name: signer.key.name, id: signer.key.id, signature: concat(uint64(seconds), signature) }
}

/** The cosignatures by `witnesses` that a note carries. One that claims a known key and fails throws; lines of unknown keys are ignored. */
export async function cosignatures(witnesses: readonly VerifierKey[], note: Note): Promise<Cosignature[]> {
  const claims = witnesses
    .filter((witness) => witness.type !== 0x01 && canVerify(witness))
    .flatMap((witness) => signaturesBy(witness, note.signatures).map((line) => ({ witness, line })))
  return Promise.all(claims.map(({ witness, line }) => checkCosignature(witness, note.text, line.signature)))
}

async function checkCosignature(witness: VerifierKey, text: string, signature: Uint8Array): Promise<Cosignature> {
  if (signature.length !== signatureLength(witness.type)) throw new Malformed('cosignature', `that of ${witness.name} has ${signature.length} bytes`)
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  const seconds = Number(time)
  if (time > 8_640_000_000_000n) throw new Malformed('cosignature', `that of ${witness.name} bears no time that a clock can show`)
  if (!(await verifyWith(witness, cosignedMessage(witness, text, seconds), signature.subarray(8)))) {
    throw new Malformed('cosignature', `that of ${witness.name} does not verify`)
  }
  return { witness, at: seconds * 1000 }
}
