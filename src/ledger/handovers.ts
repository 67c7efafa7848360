import type { Tx } from '../db/tx.ts'
import { listLogKeys, logKeyAfter, vkeyOf } from './signing-keys.ts'

/**
 * A log key, and how the one before it handed over: at `index` is the entry `log.key-changed`, and `checkpoint` is the last state that the old key
 * signed, which covers it. The first key has neither.
 */
export interface Handover { readonly vkey: string; readonly index?: number; readonly checkpoint?: string }

/** Oldest first, up to a log of `size`. After a lost tail the list begins anew: the old log's keys sign nothing of this one. */
export async function listHandovers(tx: Tx, size: number): Promise<Handover[]> {
  const keys = await listLogKeys(tx)
  const { name } = logKeyAfter(keys, size)
  const handovers: Handover[] = []
  for (const key of keys.filter((one) => one.name === name)) {
    if (handovers.length === 0) handovers.push({ vkey: vkeyOf(key) })
    else if (key.announced !== null && key.announced < size) {
      handovers.push({ vkey: vkeyOf(key), index: key.announced, checkpoint: await firstNoteOver(tx, key.announced) })
    }
  }
  return handovers
}

async function firstNoteOver(tx: Tx, index: number): Promise<string> {
  return (await tx.db.selectFrom('checkpoints').select('note').where('size', '>', index).orderBy('size').limit(1).executeTakeFirstOrThrow()).note
}
