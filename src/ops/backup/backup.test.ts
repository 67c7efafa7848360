import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { testServer, type TestServer } from '../../../test/support/postgres.ts'
import { world, type World } from '../../../test/support/world.ts'
import { migrations } from '../../db/migrations.ts'
import { setupDatabase, withClient } from '../../db/setup.ts'
import { newSubjectKey, sealJson } from '../../seal/envelope.ts'
import { readBackup } from './read-backup.ts'
import { writeBackup } from './write-backup.ts'

const passphrase = 'a passphrase for the test'

describe('a backup', () => {
  let w: World
  let server: TestServer
  const folder = mkdtempSync(join(tmpdir(), 'avow-backup-'))
  const file = join(folder, 'one.avow-backup')
  const made: string[] = []
  before(async () => {
    server = await testServer()
    w = await world()
    await w.write(async (tx) => {
      const key = await newSubjectKey(tx, 'report', tx.newId())
      await sealJson(tx, key, 'test', { text: 'tab\t newline\n backslash \\ end \\.' })
      await sql`select graphile_worker.add_job('mail.send', '{"id": 7}'::json, job_key => 'one')`.execute(tx.db)
    })
  })
  after(async () => {
    for (const name of made) await withClient(server.url('postgres', 'postgres'), (client) => client.query(`drop database ${name} with (force)`))
    rmSync(folder, { recursive: true })
    await w.close()
  })

  async function emptyDatabase(): Promise<string> {
    const name = `avow_restored_${randomBytes(4).toString('hex')}`
    await setupDatabase((database) => server.url('postgres', database), name)
    made.push(name)
    return server.url('avow_owner', name)
  }

  it('brings every row of every table back, and the queued jobs', async () => {
    const written = await writeBackup(w.url('avow_owner'), file, passphrase)
    const restored = await emptyDatabase()
    const counts = await readBackup(restored, file, passphrase, migrations)
    assert.equal(counts.get('organizations'), 2)
    assert.equal(counts.size, written.tables)
    const dump = (url: string, what: string) => withClient(url, async (client) => (await client.query(what)).rows)
    for (const what of ['select * from avow.organizations order by id', 'select * from avow.data_keys order by id',
      'select number, sha256 from avow.migrations order by 1',
      'select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = \'avow\'::regnamespace order by conrelid::regclass::text, conname',
      'select task_identifier, key, max_attempts from graphile_worker.jobs']) {
      assert.deepEqual(await dump(restored, what), await dump(w.url('avow_owner'), what), what)
    }
  })

  it('holds nothing readable', () => {
    assert.equal(readFileSync(file).includes('organization-1'), false)
  })

  it('is refused by a database that is not empty', async () => {
    await assert.rejects(readBackup(w.url('avow_owner'), file, passphrase, migrations), /The database is not empty/)
  })

  it('leaves nothing behind when it turns out to be damaged', async () => {
    const damaged = join(folder, 'damaged')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(damaged, bytes)
    const restored = await emptyDatabase()
    await assert.rejects(readBackup(restored, damaged, passphrase, migrations), { name: 'BackupProblem' })
    await readBackup(restored, file, passphrase, migrations)
  })

  it('is refused by a version that does not know its schema', async () => {
    await assert.rejects(readBackup(await emptyDatabase(), file, passphrase, migrations.slice(0, 2)), /is not known here/)
  })

  it('is taken by a newer version, which then migrates on', async () => {
    const next = { number: 9000, name: '9000_next.sql', sql: 'create table avow.next (n int)', sha256: 'next' }
    const restored = await emptyDatabase()
    await readBackup(restored, file, passphrase, [...migrations, next])
    assert.deepEqual((await withClient(restored, (client) => client.query('select * from avow.next'))).rows, [])
  })
})
