import { mkdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Settings } from '../config/index.ts'
import { isRoot } from '../db/embedded/account.ts'
import { startServer, type EmbeddedServer } from '../db/embedded/server.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { demandCurrentSchema, migrate } from '../db/migrate.ts'
import { migrateJobs } from '../db/migrate-jobs.ts'
import { migrations } from '../db/migrations.ts'
import { setupDatabase, withClient } from '../db/setup.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { admitKeyring, recordKeyring } from '../seal/admit-keyring.ts'
import { environmentStore, fileStore, guarded, type KeyStore } from '../seal/key-store.ts'
import { vaultTransit } from '../seal/vault-transit.ts'

/** Everything that lasts, open: the database under its newest schema, and the keys that belong to it. */
export interface Storage {
  readonly database: Database
  readonly urls: DatabaseUrls
  close(): Promise<void>
}

/** `owner` is missing where an operator lets Avow run without the right to migrate. */
export interface DatabaseUrls { readonly app: string; readonly owner: string | undefined }

interface Opening { readonly log: Log; readonly say?: (line: string) => void; readonly clock?: Clock }

/** The keyring is looked at before anything is written: with the wrong one, the database stays as it was. */
export async function openStorage(settings: Settings, { log, say = () => {}, clock }: Opening): Promise<Storage> {
  const { urls, stop } = await openServer(settings, log)
  try {
    const keyring = await withClient(urls.owner ?? urls.app, (client) => admitKeyring(client, keyStore(settings), say))
    await bringUpToDate(urls, log)
    const onError = (error: Error) => log.warn({ error }, 'a database connection was lost')
    const database = await openDatabase({ url: urls.app, keyring, poolSize: settings.AVOW_POOL_SIZE, onError, ...(clock ? { clock } : {}) })
    await recordKeyring(database.global, keyring, { rotateAfterDays: settings.AVOW_KEY_ROTATION_DAYS, retainDays: settings.AVOW_BACKUP_RETENTION_DAYS })
    return { database, urls, async close() { await database.close(); await stop() } }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where the operator keeps the keyring. A key service guards the file alone: what stands in a variable is theirs to protect. */
export function keyStore(settings: Settings): KeyStore {
  if (settings.AVOW_KEYRING) return environmentStore('AVOW_KEYRING')
  const file = fileStore(settings.AVOW_KEYRING_FILE)
  return settings.AVOW_KEY_SERVICE ? guarded(file, vaultTransit(settings.AVOW_KEY_SERVICE, settings.AVOW_KEY_SERVICE_TOKEN ?? '')) : file
}

/** The built-in server, or the operator's own. */
export async function openServer(settings: Settings, log: Log): Promise<{ urls: DatabaseUrls; stop(): Promise<void> }> {
  mkdirSync(settings.AVOW_DATA, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
  if (settings.DATABASE_URL) return { urls: { app: settings.DATABASE_URL, owner: settings.MIGRATION_DATABASE_URL }, async stop() {} }
  let server = await startServer(settings.AVOW_DATA)
  const url = server.url
  await setupDatabase((database) => url('postgres', database), 'avow')
  watch(server)
  return { urls: { app: url('avow_app', 'avow'), owner: url('avow_owner', 'avow') }, stop: () => server.stop() }

  // The socket keeps its place, so the pool finds the new server by itself.
  function watch(started: EmbeddedServer): void {
    started.onLost(async () => {
      log.error('the built-in database ended unexpectedly and is started again')
      await pause(100)
      server = await startServer(settings.AVOW_DATA)
      watch(server)
    })
  }
}

async function bringUpToDate({ app, owner }: DatabaseUrls, log: Log): Promise<void> {
  if (!owner) return demandCurrentSchema(app, migrations)
  for (const name of await migrate(owner, migrations)) log.info({ migration: name }, 'migrated')
  await migrateJobs(owner)
}
