import { instantOf } from '../db/timestamp.ts'
import { organizationIds, type KeyWork } from './rotate-keys.ts'

export interface EpochStatus {
  epoch: number
  fingerprint: string
  state: 'in use' | 'being replaced' | 'retired' | 'destroyed'
  dataKeys: number
  createdAt: Temporal.Instant
  /** When it was or is to be destroyed: until then an erasure under it is incomplete, because a backup might need it. */
  endsAt: Temporal.Instant
}

/** For `avow keys status`. */
export async function keysStatus({ database, keyring }: KeyWork): Promise<EpochStatus[]> {
  const counts = new Map<number, number>()
  for (const id of await organizationIds(database)) {
    const rows = await database.read(id, (tx) => tx.db.selectFrom('data_keys')
      .select((row) => ['epoch', row.fn.countAll<number>().as('keys')]).where('wrapped', 'is not', null).groupBy('epoch').execute())
    for (const { epoch, keys } of rows) counts.set(epoch, (counts.get(epoch) ?? 0) + Number(keys))
  }
  const epochs = await database.global.selectFrom('keyring_epochs').selectAll().orderBy('epoch').execute()
  return epochs.map((row) => ({
    epoch: row.epoch,
    fingerprint: row.fingerprint,
    state: row.destroyed_at ? 'destroyed' : row.retired_at ? 'retired' : row.epoch === keyring.currentEpoch ? 'in use' : 'being replaced',
    dataKeys: counts.get(row.epoch) ?? 0,
    createdAt: instantOf(row.created_at),
    endsAt: instantOf(row.destroyed_at ?? row.ends_at),
  }))
}
