/** Offline proof that one entry is in a log, c2sp.org/tlog-proof. Avow's receipts are such files. */
import { base64, fromBase64, fromDecimal, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'

const heading = 'c2sp.org/tlog-proof@v1'

export interface TlogProof {
  /** Not authenticated. In a receipt: the canonical JSON of docs/formats/receipt.md. */
  readonly extra?: Uint8Array
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [heading, ...(extra ? [`extra ${base64(extra)}`] : []), `index ${index}`, ...hashes.map(base64), '']
  return `${lines.join('\n')}\n${checkpoint}`
}

/** Reads the proof's form; the checkpoint inside is not looked at. */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n')
  if (split < 0) throw new Malformed('tlog_proof', 'no empty line before the checkpoint')
  const [first, ...lines] = text.slice(0, split).split('\n')
  if (first !== heading) throw new Malformed('tlog_proof', `its first line is not ${heading}`)
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : undefined
  const [index = '', ...hashes] = lines
  if (!index.startsWith('index ')) throw new Malformed('tlog_proof', 'the line of the index is missing')
  return {
    ...(extra && { extra }),
    index: fromDecimal(index.slice('index '.length), 'tlog_proof'),
    hashes: parseHashLines(hashes),
    checkpoint: text.slice(split + 2),
  }
}

/** The most that a proof over fewer than 2^63 leaves can need. */
const mostHashes = 63

export function parseHashLines(lines: readonly string[]): Bytes[] {
  if (lines.length > mostHashes) throw new Malformed('proof', `${lines.length} hashes; ${mostHashes} are the most`)
  return lines.map((line) => fromBase64(line, 32))
}
