import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, type Database } from '../../src/db/database.ts'
import { startServer, type EmbeddedServer } from '../../src/db/embedded/server.ts'
import { migrateJobs } from '../../src/db/migrate-jobs.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations.ts'
import { setupDatabase } from '../../src/db/setup.ts'
import { foundOrganization } from '../../src/domain/organizations/index.ts'
import { startSequencer } from '../../src/ledger/index.ts'
import { recordKeyring } from '../../src/seal/admit-keyring.ts'
import { testKeyring } from '../../src/seal/keyring.ts'

export interface Installation {
  readonly server: EmbeddedServer
  readonly database: Database
  /** Of the one organisation. */
  readonly organization: string
  /** Until every entry has its place in a signed checkpoint. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** Avow's database on a server of its own, as safe from power cuts as in production. A sequencer is at work, unless the bench brings its own. */
export async function installation(clients: number, { sequences = true } = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'))
  chmodSync(folder, 0o711)
  const server = await startServer(folder)
  await setupDatabase((database) => server.url('postgres', database), 'avow')
  await migrate(server.url('avow_owner', 'avow'), migrations)
  await migrateJobs(server.url('avow_owner', 'avow'))
  const keyring = testKeyring()
  const database = await openDatabase({ url: server.url('avow_app', 'avow'), keyring, poolSize: clients + 4 })
  await recordKeyring(database.global, keyring)
  const { id: organization } = await foundOrganization(database, { slug: 'bench', name: 'Bench', logOrigin: 'bench.example/log' })
  const sequencer = sequences ? startSequencer(database, { onError: console.error }) : undefined
  const waiting = () => database.read(organization, (tx) => tx.db.selectFrom('pending').select('seq').limit(1).executeTakeFirst())
  return {
    server, database, organization,
    async settled() { while (await waiting()) await pause(5) },
    async stop() {
      await sequencer?.stop()
      await database.close()
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
