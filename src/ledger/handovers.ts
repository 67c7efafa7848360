import type { Tx } from '../db/tx.ts'
import { listSigningKeys, vkeyOf } from './signing-keys.ts'

/**
 * A log key, and how the one before it handed over: at `index` is the entry `log.key-changed`, and `checkpoint` is the last state that the old key
 * signed, which covers it. The first key has neither; a key of a new log, after a lost tail, has no checkpoint, because the old log ended.
 */
export interface Handover { readonly vkey: string; readonly index?: number; readonly checkpoint?: string }

/** Oldest first, up to a log of `size`. */
export async function listHandovers(tx: Tx, size: number): Promise<Handover[]> {
  const handovers: Handover[] = []
  const keys = await listSigningKeys(tx, 'log')
  for (const [i, key] of keys.entries()) {
    if (key.entry_id === null) handovers.push({ vkey: vkeyOf(key) })
    const leaf = key.entry_id !== null && (await tx.db.selectFrom('leaves').select('index').where('entry_id', '=', key.entry_id).executeTakeFirst())
    if (!leaf || leaf.index >= size) continue
    const same = key.name === keys[i - 1]?.name
    handovers.push({ vkey: vkeyOf(key), index: leaf.index, ...(same && { checkpoint: await firstNoteOver(tx, leaf.index) }) })
  }
  return handovers
}

async function firstNoteOver(tx: Tx, index: number): Promise<string> {
  return (await tx.db.selectFrom('checkpoints').select('note').where('size', '>', index).orderBy('size').limit(1).executeTakeFirstOrThrow()).note
}
