import { cosignatures, equal, isSignedBy, parseCheckpoint, parseVkey } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import type { RecomputedTree } from './recomputed-tree.ts'
import { listLogKeys, logKeyAfter, openSigner, verifierKeyOf, type LogKey } from './signing-keys.ts'
import type { CheckpointRow } from './tables.ts'

/** Every state was signed by the key of its time, follows the one before it, and is what the leaves give. */
export async function checkCheckpoints(tx: Tx, tree: RecomputedTree, problems: string[]): Promise<void> {
  const checkpoints = await tx.db.selectFrom('checkpoints').selectAll().orderBy('size').execute()
  const keys = await listLogKeys(tx)
  let size = 0
  for (const checkpoint of checkpoints) {
    const { size: next, previous_size: previous } = checkpoint
    if (previous !== size) problems.push(`the checkpoint of size ${next} follows ${previous}, not ${size}`)
    if (!(await saysWhatItsRowSays(keys, checkpoint))) problems.push(`the checkpoint of size ${next} is not what the log’s key signed`)
    const state = tree.states.get(next)
    if (!state || !equal(checkpoint.root, state.root)) problems.push(`the root that was signed at size ${next} is not the leaves’`)
    if (checkpoint.at_ms !== state?.at) problems.push(`the checkpoint of size ${next} bears another time than its last entry`)
    size = next
  }
  if (size !== tree.size) problems.push(`there are ${tree.size} leaves, and the newest checkpoint covers ${size}`)
  await checkCosignatures(tx, problems)
  await checkKeys(tx, problems)
}

async function saysWhatItsRowSays(keys: readonly LogKey[], { size, previous_size: previous, root, note: text }: CheckpointRow): Promise<boolean> {
  try {
    const key = verifierKeyOf(logKeyAfter(keys, previous))
    const { note, ...checkpoint } = parseCheckpoint(text)
    const says = checkpoint.origin === key.name && checkpoint.size === size && equal(checkpoint.root, root)
    return says && note.signatures.length === 1 && await isSignedBy(key, note)
  } catch {
    return false
  }
}

async function checkCosignatures(tx: Tx, problems: string[]): Promise<void> {
  const rows = await tx.db.selectFrom('cosignatures').innerJoin('checkpoints', (join) => join
    .onRef('checkpoints.organization_id', '=', 'cosignatures.organization_id').onRef('checkpoints.size', '=', 'cosignatures.size'))
    .select(['cosignatures.size', 'witness', 'line', 'note', 'cosignatures.at_ms']).execute()
  for (const { size, witness, line, note, at_ms: at } of rows) {
    const judged = await Promise.resolve().then(() => cosignatures([parseVkey(witness)], parseCheckpoint(note + line).note)).catch(() => [])
    if (judged.length !== 1 || judged[0]!.at !== at) problems.push(`the cosignature of size ${size} is not its witness’s`)
  }
}

/** The private keys still open, and belong to the public ones. */
async function checkKeys(tx: Tx, problems: string[]): Promise<void> {
  for (const row of await tx.db.selectFrom('signing_keys').selectAll().execute()) {
    const fits = await openSigner(tx, row).then(({ publicKey }) => equal(publicKey, row.public_key)).catch(() => false)
    if (!fits) problems.push(`the ${row.purpose} key ${row.number} is not what was stored`)
  }
}
