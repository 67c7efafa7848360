/** Inclusion and consistency proofs in the JSON of transparency-dev/merkle: one case a file, `wantErr` is the expected verdict. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { verifyConsistency, verifyInclusion } from 'avow-verify'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

interface Inclusion { leafIdx: number; treeSize: number; root: string | null; leafHash: string | null; proof: string[] | null; wantErr: boolean }
interface Consistency { size1: number; size2: number; root1: string | null; root2: string | null; proof: string[] | null; wantErr: boolean }

export const merkle: Judge = async function* (folder) {
  for (const file of filesBelow(folder)) {
    const name = relative(folder, file)
    if (!file.endsWith('.json')) {
      yield skipped(name, 'not a proof in JSON')
      continue
    }
    yield await attempt(name, () => {
      const proof = JSON.parse(readFileSync(file, 'utf8')) as Inclusion | Consistency
      const accepted = 'leafIdx' in proof ? isIncluded(proof) : isConsistent(proof)
      return accepted === !proof.wantErr ? undefined : `${accepted ? 'accepted' : 'refused'}, against the file`
    })
  }
}

function isIncluded({ leafIdx, treeSize, root, leafHash, proof }: Inclusion): boolean {
  return verifyInclusion(bytes(leafHash), leafIdx, treeSize, (proof ?? []).map(bytes), bytes(root))
}

function isConsistent({ size1, size2, root1, root2, proof }: Consistency): boolean {
  return verifyConsistency(size1, size2, (proof ?? []).map(bytes), bytes(root1), bytes(root2))
}

// Hashes of a wrong length are part of the vectors: the verifier, not this reader, has to refuse them.
const bytes = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'base64')
