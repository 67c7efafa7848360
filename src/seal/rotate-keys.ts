import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { recordKeyring } from './admit-keyring.ts'
import { keyBinding } from './envelope.ts'
import { announceKeyring } from './follow-keyring.ts'
import { days, defaultKeySchedule, type KeySchedule } from './key-schedule.ts'
import type { Keyring } from './keyring.ts'

const BATCH = 500

export interface Rotation { epoch: number; rewrapped: number }

/** Re-wraps with the newest epoch what another part keeps wrapped outside avow.data_keys; answers how many. */
export type Rewrap = (db: Kysely<Tables>, keyring: Keyring) => Promise<number>

export interface KeyWork {
  readonly database: Database
  readonly keyring: Keyring
  readonly others?: readonly Rewrap[]
  readonly schedule?: KeySchedule
  readonly now?: Temporal.Instant
}

/**
 * Begins a new epoch and re-wraps every data key with it. What the data keys sealed stays as it is. Where an earlier rotation
 * was interrupted, it is finished instead: the rows themselves say what is left to do.
 */
export async function rotateKeys({ database, keyring, others = [], schedule = defaultKeySchedule, now = Temporal.Now.instant() }: KeyWork): Promise<Rotation> {
  await withRotationLock(database, async (db) => {
    await keyring.refresh()
    const unfinished = await db.selectFrom('keyring_epochs').select('epoch')
      .where('retired_at', 'is', null).where('epoch', '<', keyring.currentEpoch).executeTakeFirst()
    if (!unfinished && !await announced(db, keyring)) await keyring.addEpoch()
    await recordKeyring(db, keyring, schedule)
    await announceKeyring(db)
  })
  const rewrapped = await rewrapAll(database, keyring, others)
  await database.global.updateTable('keyring_epochs').set({ retired_at: timestampOf(now), ends_at: timestampOf(now.add(days(schedule.retainDays))) })
    .where('epoch', '<', keyring.currentEpoch).where('retired_at', 'is', null).execute()
  return { epoch: keyring.currentEpoch, rewrapped }
}

/** Is the newest epoch one that the database has not heard of? An operator put it there, or a crash came between the two: it is the one to rotate to. */
async function announced(db: Transaction<Tables>, keyring: Keyring): Promise<boolean> {
  return !await db.selectFrom('keyring_epochs').select('epoch').where('epoch', '=', keyring.currentEpoch).executeTakeFirst()
}

export async function rewrapAll(database: Database, keyring: Keyring, others: readonly Rewrap[]): Promise<number> {
  let total = 0
  for (const rewrap of others) total += await rewrap(database.global, keyring)
  for (const id of await organizationIds(database)) {
    let batch: number
    do {
      batch = await database.write(id, (tx) => rewrapBatch(tx, keyring))
      total += batch
    } while (batch > 0)
  }
  return total
}

async function rewrapBatch(tx: Tx, keyring: Keyring): Promise<number> {
  const rows = await tx.db.selectFrom('data_keys').selectAll()
    .where('wrapped', 'is not', null).where('epoch', '<', keyring.currentEpoch)
    .limit(BATCH).forUpdate().execute()
  if (rows.length === 0) return 0
  const fresh = await Promise.all(rows.map(async (row) => {
    const bound = keyBinding(row.organization_id, row.id, row.purpose, row.subject_id)
    return { id: row.id, ...await keyring.wrap(await keyring.unwrap(row.epoch, row.wrapped!, bound), bound) }
  }))
  const [ids, epochs, wraps] = [fresh.map(({ id }) => id), fresh.map(({ epoch }) => epoch), fresh.map(({ wrapped }) => wrapped)]
  await sql`
    update data_keys set epoch = fresh.epoch, wrapped = fresh.wrapped
    from unnest(${ids}::uuid[], ${epochs}::int[], ${wraps}::bytea[]) as fresh (id, epoch, wrapped)
    where data_keys.organization_id = ${tx.organizationId} and data_keys.id = fresh.id`.execute(tx.db)
  return rows.length
}

/** One rotation at a time among all nodes. */
export const withRotationLock = <T>(database: Database, work: (db: Transaction<Tables>) => Promise<T>): Promise<T> =>
  database.global.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext('avow.keys'))`.execute(db)
    return work(db)
  })

export const organizationIds = async (database: Database) =>
  (await database.global.selectFrom('organizations').select('id').orderBy('id').execute()).map(({ id }) => id)
