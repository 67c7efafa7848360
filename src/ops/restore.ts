import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { Settings } from '../config/index.ts'
import { migrations } from '../db/migrations.ts'
import { withClient } from '../db/setup.ts'
import { checkLedger, reopenLog } from '../ledger/index.ts'
import type { Log } from '../lib/log.ts'
import { openKeyring, type Keyring } from '../seal/keyring.ts'
import { readBackup } from './backup/read-backup.ts'
import { BackupProblem } from './backup/sealed-file.ts'
import { keyStore, openServer, openStorage } from './storage.ts'
import { replayErasures, replayRows, restoreTiles, type Replayed } from './tail/replay-tail.ts'

export interface RestoreOptions {
  readonly file: string
  readonly passphrase: string
  /** Folder of the tail; null where it is lost, or where nothing happened after the backup. */
  readonly tail: string | null
  /** Where it is lost: the last states that the logs are known to have had. Those logs go on under a new name. */
  readonly lost?: readonly string[]
}

export interface RestoreReport {
  readonly rows: number
  /** Entries of the ledger that the tail gave back. */
  readonly entries: number
  readonly erased: number
  readonly logs: { organization: string; size: number; problems: readonly string[] }[]
}

export const tailFolder = (settings: Settings): string => join(settings.AVOW_DATA, 'tail')

/**
 * Backup, then tail, then erasures, then the proof that the result is what was signed. Avow must not run meanwhile; the database
 * must be empty, and the keyring of the backup must be there already.
 */
export async function restore(settings: Settings, log: Log, options: RestoreOptions): Promise<RestoreReport> {
  if (options.tail !== null && !existsSync(options.tail)) throw noTail(options.tail)
  const keyring = await openKeyring(keyStore(settings))
  const { rows, replayed } = await fillDatabase(settings, log, options, keyring)
  const storage = await openStorage(settings, { log })
  try {
    const { database } = storage
    const organizations = await database.global.selectFrom('organizations').select(['id', 'slug', 'log_origin']).execute()
    for (const { id } of organizations) await restoreTiles(database, id)
    const erased = await replayErasures(database, replayed.erased)
    const logs = []
    for (const { id, slug, log_origin: origin } of organizations) {
      const last = options.lost?.find((checkpoint) => checkpoint.startsWith(`${origin}\n`))
      if (last) await database.write(id, (tx) => reopenLog(tx, last))
      const { size, problems } = await checkLedger(database, id)
      logs.push({ organization: slug, size, problems })
    }
    return { rows, entries: replayed.entries, erased, logs }
  } finally { await storage.close() }
}

async function fillDatabase(
  settings: Settings, log: Log, { file, passphrase, tail }: RestoreOptions, keyring: Keyring,
): Promise<{ rows: number; replayed: Replayed }> {
  const { urls, stop } = await openServer(settings, log)
  try {
    const owner = urls.owner
    if (!owner) throw new BackupProblem('A restore needs MIGRATION_DATABASE_URL, the database as the role avow_owner.')
    const counts = await readBackup(owner, file, passphrase, migrations)
    const replayed = await withClient(owner, async (client) => {
      await demandKeys(client, keyring)
      // Who was signed in then is not signed in now: some of those sessions were ended since.
      await client.query('delete from avow.sessions')
      return tail === null ? { entries: 0, erased: [] } : replayRows(client, tail)
    })
    return { rows: counts.values().reduce((sum, count) => sum + count, 0), replayed }
  } finally { await stop() }
}

/** Epochs that were destroyed since the backup are noted as such; the one in use at its time must be there. */
async function demandKeys(client: pg.Client, keyring: Keyring): Promise<void> {
  const held = keyring.epochs().map(({ epoch }) => epoch)
  const { rows: [newest] } = await client.query<{ epoch: number }>(
    'select epoch from avow.keyring_epochs where destroyed_at is null order by epoch desc limit 1')
  if (newest && !held.includes(newest.epoch)) {
    throw new BackupProblem(`The keyring at ${keyring.place} lacks epoch ${newest.epoch}, under which the data of this backup are sealed. ` +
      'Either it is another keyring, or the backup is older than AVOW_BACKUP_RETENTION_DAYS and its keys were destroyed on purpose.')
  }
  await client.query(`update avow.keyring_epochs set destroyed_at = now(), retired_at = coalesce(retired_at, now())
    where destroyed_at is null and not epoch = any ($1)`, [held])
}

const noTail = (folder: string) => new BackupProblem(`There is no tail at ${folder}. ` +
  'Copy it from the machine that ran Avow (the folder “tail” in its AVOW_DATA). Without it the log would say something else than it has said to others. ' +
  'If it is lost, use --without-tail; docs/operate/backup.md says how.')
