import type { Tx } from '../db/tx.ts'

/** How long wrapping keys live. Together the two say when an erasure has reached the last backup. */
export interface KeySchedule {
  /** A new epoch is begun when the current one is as old as this. */
  rotateAfterDays: number
  /** As long as backups are kept: a retired epoch is destroyed when this has passed. */
  retainDays: number
}

export const defaultKeySchedule: KeySchedule = { rotateAfterDays: 30, retainDays: 35 }

/** When the epoch is destroyed, or will be at the latest, if keys are rotated as planned. */
export function destructionOf(epoch: { created_at: Date; retired_at: Date | null; destroyed_at: Date | null }, schedule: KeySchedule): Temporal.Instant {
  if (epoch.destroyed_at) return instant(epoch.destroyed_at)
  const retired = epoch.retired_at ? instant(epoch.retired_at) : instant(epoch.created_at).add(days(schedule.rotateAfterDays))
  return retired.add(days(schedule.retainDays))
}

/**
 * When nobody can read it any more, backups included: a backup holds the erased data key still wrapped by an epoch that
 * is not in any backup, so the erasure is complete when that epoch is destroyed.
 */
export async function erasureCompleteAt(tx: Tx, keyId: string, schedule: KeySchedule): Promise<Temporal.Instant> {
  const epoch = await tx.db.selectFrom('data_keys').innerJoin('keyring_epochs', 'keyring_epochs.epoch', 'data_keys.epoch')
    .select(['keyring_epochs.created_at', 'keyring_epochs.retired_at', 'keyring_epochs.destroyed_at'])
    .where('data_keys.id', '=', keyId)
    .executeTakeFirstOrThrow()
  return destructionOf(epoch, schedule)
}

export const days = (count: number): Temporal.DurationLike => ({ hours: 24 * count })

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())
