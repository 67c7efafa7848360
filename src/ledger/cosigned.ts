import type { Tx } from '../db/tx.ts'
import type { CheckpointRow } from './tables.ts'

/** The signed note with the cosignatures that it has so far. */
export async function formatCosigned(tx: Tx, checkpoint: Pick<CheckpointRow, 'size' | 'note'>): Promise<string> {
  const lines = await tx.db.selectFrom('cosignatures').select('line').where('size', '=', checkpoint.size).orderBy('witness').execute()
  return checkpoint.note + lines.map(({ line }) => line).join('')
}

const pageSize = 256

/** One page of the cosigned states by rising size, up to `size`; undefined where the page does not exist yet. */
export async function readCosigned(tx: Tx, page: number, size: number): Promise<string[] | undefined> {
  const states = await tx.db.selectFrom('checkpoints').select(['checkpoints.size', 'note']).where('checkpoints.size', '<=', size)
    .where(({ exists, selectFrom }) => exists(selectFrom('cosignatures').select('size').whereRef('cosignatures.size', '=', 'checkpoints.size')))
    .orderBy('checkpoints.size').offset(page * pageSize).limit(pageSize).execute()
  if (states.length === 0) return undefined
  const notes: string[] = []
  for (const state of states) notes.push(await formatCosigned(tx, state))
  return notes
}
