/** Body of `POST <prefix>/add-checkpoint`, c2sp.org/tlog-witness. Its answer is read by `parseSignatures` of note.ts. */
import { base64, fromDecimal } from './bytes.ts'
import { Malformed } from './malformed.ts'
import { parseHashLines } from './tlog-proof.ts'

export interface AddCheckpoint {
  /** Size of the checkpoint that this witness cosigned last, 0 for none. */
  readonly oldSize: number
  /** Consistency proof from that size; empty from 0. */
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: string
}

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${oldSize}`, ...proof.map(base64), ''].join('\n')}\n${checkpoint}`
}

export function parseAddCheckpoint(body: string): AddCheckpoint {
  const split = body.indexOf('\n\n')
  if (split < 0) throw new Malformed('add_checkpoint', 'no empty line before the checkpoint')
  const [old = '', ...hashes] = body.slice(0, split).split('\n')
  if (!old.startsWith('old ')) throw new Malformed('add_checkpoint', 'the line of the old size is missing')
  return { oldSize: fromDecimal(old.slice('old '.length), 'add_checkpoint'), proof: parseHashLines(hashes), checkpoint: body.slice(split + 2) }
}
