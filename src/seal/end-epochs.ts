import { timestampOf } from '../db/timestamp.ts'
import { NotFound, Refused } from '../lib/errors.ts'
import { announceKeyring } from './follow-keyring.ts'
import { days, defaultKeySchedule } from './key-schedule.ts'
import { rewrapAll, rotateKeys, withRotationLock, type KeyWork } from './rotate-keys.ts'

/**
 * The daily job: rotates when it is time, and destroys what nothing may need any more. Answers the destroyed epochs.
 * A keyring that we cannot write is its operator's to change.
 */
export async function keepKeys(work: KeyWork): Promise<number[]> {
  const { database, keyring, schedule = defaultKeySchedule, now = Temporal.Now.instant() } = work
  if (!keyring.writable) return []
  const current = keyring.epochs().at(-1)!
  if (Temporal.Instant.compare(current.createdAt.add(days(schedule.rotateAfterDays)), now) <= 0) await rotateKeys({ ...work, now })
  return withRotationLock(database, async (db) => {
    const held = keyring.epochs().map(({ epoch }) => epoch)
    const over = (await db.selectFrom('keyring_epochs').select('epoch')
      .where('retired_at', 'is not', null).where('ends_at', '<=', timestampOf(now)).where('epoch', 'in', held).orderBy('epoch').execute())
      .map(({ epoch }) => epoch)
    if (over.length > 0) await announceKeyring(db)
    for (const epoch of over) await destroy({ ...work, now }, epoch)
    return over
  })
}

/** For `avow keys forget`: the operator takes the epoch out of a keyring that we cannot write. Refuses while a backup may need it. */
export async function forgetEpoch(work: KeyWork, epoch: number): Promise<void> {
  const { database, now = Temporal.Now.instant() } = work
  await withRotationLock(database, async (db) => {
    const known = await db.selectFrom('keyring_epochs').select(['retired_at', 'ends_at']).where('epoch', '=', epoch).executeTakeFirst()
    if (!known) throw new NotFound(`There is no epoch ${epoch}.`)
    if (!known.retired_at) throw new Refused('epoch_in_use', `Epoch ${epoch} is in use. Rotate first.`)
    const needed = known.ends_at.getTime() > now.epochMilliseconds
    if (needed) throw new Refused('epoch_in_backups', `Backups may need epoch ${epoch} until ${known.ends_at.toISOString()}.`)
    await destroy({ ...work, now }, epoch)
  })
}

/**
 * The database learns of it first: after a crash between the two, start-up finds a keyring that holds more than it must,
 * never one that lacks an epoch. A node that was late may still have wrapped with it, so everything is re-wrapped once more.
 */
async function destroy({ database, keyring, others = [], now }: KeyWork & { now: Temporal.Instant }, epoch: number): Promise<void> {
  await rewrapAll(database, keyring, others)
  await database.global.updateTable('keyring_epochs').set({ destroyed_at: timestampOf(now) })
    .where('epoch', '=', epoch).where('destroyed_at', 'is', null).execute()
  if (keyring.writable) await keyring.destroyEpoch(epoch)
}
