import { instantOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { deleteAttachments } from './attachments.ts'
import { eraseKey } from './envelope.ts'
import { unindex } from './search.ts'

export interface Erasure {
  /** When the last backup can no longer be opened either. Null where that waits for the operator: see docs/operate/keys.md. */
  completeAt: Temporal.Instant | null
}

/**
 * Erases what one data key sealed: the key, the files under it and the index rows named. A person's identity and a report's
 * content have a key each, so that one goes and the other stays. The caller appends the ledger's `erased`. Throws `OnHold` where a legal
 * hold covers it.
 */
export async function eraseSubject(tx: Tx, keyId: string, indexed: readonly { kind: string; id: string }[] = [], destroy = eraseKey): Promise<Erasure> {
  await destroy(tx, keyId)
  await deleteAttachments(tx, keyId)
  for (const { kind, id } of indexed) await unindex(tx, kind, id)
  return { completeAt: await erasureCompleteAt(tx, keyId) }
}

/**
 * A backup holds the erased data key, still wrapped by an epoch of the keyring, which is in no backup: so the erasure is
 * complete when that epoch is destroyed. Null where its end is overdue.
 */
export async function erasureCompleteAt(tx: Tx, keyId: string): Promise<Temporal.Instant | null> {
  const { ends_at, destroyed_at } = await tx.db.selectFrom('data_keys').innerJoin('keyring_epochs', 'keyring_epochs.epoch', 'data_keys.epoch')
    .select(['keyring_epochs.ends_at', 'keyring_epochs.destroyed_at'])
    .where('data_keys.id', '=', keyId)
    .executeTakeFirstOrThrow()
  const end = instantOf(destroyed_at ?? ends_at)
  return destroyed_at || Temporal.Instant.compare(end, tx.now) > 0 ? end : null
}
