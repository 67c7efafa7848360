import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { testServer } from '../../../test/support/postgres.ts'
import { openDatabase } from '../../db/database.ts'
import { ownFolder, runAsServer } from '../../db/embedded/account.ts'
import { readPostmaster } from '../../db/embedded/postmaster.ts'
import { socketUrl } from '../../db/embedded/server.ts'
import { migrate } from '../../db/migrate.ts'
import { migrateJobs } from '../../db/migrate-jobs.ts'
import { migrations } from '../../db/migrations.ts'
import { setupDatabase, withClient } from '../../db/setup.ts'
import { newId } from '../../lib/ids.ts'
import { newSubjectKey } from '../../seal/envelope.ts'
import { testKeyring } from '../../seal/keyring.ts'
import { readBackup } from './read-backup.ts'
import { writeBackup } from './write-backup.ts'

const bin = '/usr/lib/postgresql/15/bin'
const folder = mkdtempSync(join(tmpdir(), 'avow-fifteen-'))
const restored = `avow_restored_${process.pid}`
const stops: (() => Promise<unknown>)[] = []
after(async () => {
  for (const stop of stops.reverse()) await stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** A PostgreSQL 15 of the operating system, as an operator's own would be. */
async function startFifteen(): Promise<(role: string, database: string) => string> {
  chmodSync(folder, 0o711)
  const [cluster, socket] = [join(folder, 'cluster'), join(folder, 'socket')]
  for (const path of [cluster, socket]) ownFolder(path)
  await once(runAsServer(join(bin, 'initdb'), ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'], 'ignore'), 'close')
  const server = runAsServer(join(bin, 'postgres'), ['-D', cluster, '-k', socket, '-c', 'listen_addresses=', '-c', 'fsync=off'], 'ignore')
  stops.push(async () => { server.kill('SIGINT'); await once(server, 'exit') })
  while (!readPostmaster(cluster)?.ready) await pause(50)
  return socketUrl(socket)
}

const skip = !existsSync(bin) && 'PostgreSQL 15 is not installed (apt install postgresql-15)'

test('it runs on PostgreSQL 15, and a backup of it is taken by PostgreSQL 18', { skip }, async () => {
  const old = await startFifteen()
  await setupDatabase((database) => old('postgres', database), 'avow')
  await migrate(old('avow_owner', 'avow'), migrations)
  await migrateJobs(old('avow_owner', 'avow'))
  const database = await openDatabase({ url: old('avow_app', 'avow'), keyring: testKeyring() })
  const id = newId()
  await database.global.insertInto('organizations').values({ id, slug: 'old', name: 'Old', host: null, log_origin: 'old.example' }).execute()
  await database.write(id, (tx) => newSubjectKey(tx, 'report', tx.newId()))
  await database.close()
  await writeBackup(old('avow_owner', 'avow'), join(folder, 'backup'), 'a passphrase for the test')

  const server = await testServer()
  await setupDatabase((name) => server.url('postgres', name), restored)
  stops.push(() => withClient(server.url('postgres', 'postgres'), (client) => client.query(`drop database ${restored} with (force)`)))
  const counts = await readBackup(server.url('avow_owner', restored), join(folder, 'backup'), 'a passphrase for the test', migrations)
  assert.deepEqual([counts.get('organizations'), counts.get('data_keys')], [1, 1])
})
