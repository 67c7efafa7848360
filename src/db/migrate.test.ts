import assert from 'node:assert/strict'
import { randomBytes, hash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { testServer, type TestServer } from '../../test/support/postgres.ts'
import { openDatabase } from './database.ts'
import { demandCurrentSchema, migrate, type Migration } from './migrate.ts'
import { setupDatabase, withClient } from './setup.ts'
import { testKeyring } from '../seal/keyring.ts'

const migration = (number: number, sql: string): Migration => ({ number, name: `000${number}_step.sql`, sql, sha256: hash('sha256', sql) })
const first = migration(1, 'create table avow.one (n int)')
const second = migration(2, 'create table avow.two (n int)')

describe('migrating', () => {
  let server: TestServer
  const name = `avow_migrate_${randomBytes(4).toString('hex')}`
  const owner = () => server.url('avow_owner', name)
  const app = () => server.url('avow_app', name)
  before(async () => {
    server = await testServer()
    await setupDatabase((database) => server.url('postgres', database), name)
  })
  after(() => withClient(server.url('postgres', 'postgres'), (client) => client.query(`drop database ${name} with (force)`)))

  it('refuses to run before anything has been migrated', async () => {
    await assert.rejects(demandCurrentSchema(app(), [first]), /lacks 1 of 1 migrations \(the first is 0001_step\.sql\)/)
  })

  it('is done once when two processes start at once', async () => {
    const done = await Promise.all([migrate(owner(), [first]), migrate(owner(), [first])])
    assert.deepEqual(done.flat(), ['0001_step.sql'])
    await demandCurrentSchema(app(), [first])
  })

  it('leaves nothing of a migration that fails', async () => {
    await assert.rejects(migrate(owner(), [first, migration(2, 'create table avow.half (n int); select 1/0')]), /0002_step\.sql failed and changed nothing/)
    assert.deepEqual((await withClient(owner(), (client) => client.query(`select to_regclass('avow.half') as half`))).rows, [{ half: null }])
  })

  it('refuses a migration that was edited after it had run', async () => {
    await assert.rejects(migrate(owner(), [migration(1, 'create table avow.other (n int)')]), /never edited/)
  })

  it('refuses a schema that is newer, and one that is half migrated', async () => {
    await migrate(owner(), [first, second])
    await assert.rejects(migrate(owner(), [first]), /newer than this version of Avow: it carries the migration 0002_step\.sql/)
    await assert.rejects(demandCurrentSchema(app(), [first]), /newer than this version/)
    await withClient(owner(), (client) => client.query('delete from avow.migrations where number = 1'))
    await assert.rejects(migrate(owner(), [first, second]), /half migrated: 0001_step\.sql is missing/)
  })

  it('refuses to run in a role that sees past row-level security, and says how to mend it', async () => {
    const open = (role: string) => openDatabase({ url: server.url(role, name), keyring: testKeyring() })
    await assert.rejects(open('postgres'), /“postgres”, which is a superuser.*avow database setup/s)
    await assert.rejects(open('avow_owner'), /“avow_owner”, which owns the table avow\./)
    const bypasses = `avow_test_${randomBytes(4).toString('hex')}`
    const admin = (sql: string) => withClient(server.url('postgres', name), (client) => client.query(sql))
    await admin(`create role ${bypasses} login bypassrls; grant connect on database ${name} to ${bypasses}`)
    await assert.rejects(open(bypasses), /bypasses row-level security/)
    await admin(`drop owned by ${bypasses}; drop role ${bypasses}`)
  })
})
