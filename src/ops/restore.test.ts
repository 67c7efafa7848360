import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { testServer, type TestServer } from '../../test/support/postgres.ts'
import { world, type World } from '../../test/support/world.ts'
import { readSettings, type Settings } from '../config/index.ts'
import { setupDatabase, withClient } from '../db/setup.ts'
import { append, defineKind, sequenceAll } from '../ledger/index.ts'
import { newSubjectKey } from '../seal/envelope.ts'
import { eraseSubject } from '../seal/erase-subject.ts'
import { printKeyring } from '../seal/keyring-format.ts'
import { writeBackup } from './backup/write-backup.ts'
import { restore } from './restore.ts'
import { openStorage } from './storage.ts'
import { startTail } from './tail/start-tail.ts'

const happened = defineKind({
  kind: 'test.happened', stream: 'disclosure', subjects: ['report'], marks: z.object({}), facts: z.object({ text: z.string() }), vouch: 'both',
})
const passphrase = 'a passphrase for the test'
const log = pino({ level: 'silent' })

describe('a restore', () => {
  let w: World
  let server: TestServer
  let early: string
  const folder = mkdtempSync(join(tmpdir(), 'avow-restore-'))
  const file = join(folder, 'one.avow-backup')
  const tail = join(folder, 'tail')
  const made: string[] = []

  before(async () => {
    [server, w] = [await testServer(), await world()]
    early = await report()
    await happen(early, 300)
    await writeBackup(w.url('avow_owner'), file, passphrase)
    const exported = await startTail(w.database, { folder: tail, retentionDays: 35, onError: (error) => { throw error }, pollMs: 10 })
    await happen(await report(), 300)
    await w.write((tx) => eraseSubject(tx, early))
    await exported.stop()
  })
  after(async () => {
    for (const name of made) await withClient(server.url('postgres', 'postgres'), (client) => client.query(`drop database ${name} with (force)`))
    rmSync(folder, { recursive: true })
    await w.close()
  })

  const report = () => w.write((tx) => newSubjectKey(tx, 'report', tx.newId()))

  async function happen(keyId: string, times: number): Promise<void> {
    await w.write(async (tx) => {
      for (let i = 0; i < times; i++) await append(tx, happened, { subjects: { report: tx.newId() }, marks: {}, facts: { text: String(i) }, keyId })
    })
    await sequenceAll(w.database, w.organization.id)
  }

  async function elsewhere(): Promise<Settings> {
    const name = `avow_restored_${randomBytes(4).toString('hex')}`
    await setupDatabase((database) => server.url('postgres', database), name)
    made.push(name)
    const keyring = join(folder, `${name}-keyring`)
    writeFileSync(keyring, printKeyring([{ epoch: 1, createdAt: Temporal.Instant.from('2026-01-01T00:00:00Z'), secret: Buffer.alloc(32, 1) }]))
    return readSettings({ DATABASE_URL: server.url('avow_app', name), MIGRATION_DATABASE_URL: server.url('avow_owner', name),
      AVOW_DATA: join(folder, name), AVOW_KEYRING_FILE: keyring })
  }

  it('gives the log back as others have seen it, and keeps erased what was erased since the backup', async () => {
    const settings = await elsewhere()
    const { entries, erased, logs } = await restore(settings, log, { file, passphrase, tail })
    assert.equal(entries, 300)
    assert.equal(erased, 1)
    assert.deepEqual(logs.map(({ problems }) => problems), [[], []])
    const head = (world: Pick<World, 'database'>) => world.database.read(w.organization.id, (tx) =>
      tx.db.selectFrom('checkpoints').select('note').orderBy('size', 'desc').limit(1).executeTakeFirstOrThrow())
    const restored = await openStorage(settings, { log })
    assert.deepEqual(await head(restored), await head(w))
    await sequenceAll(restored.database, w.organization.id)
    await restored.close()
  })

  it('reads a tail whose last line was cut short, and goes on with it', async () => {
    const cut = join(folder, 'cut')
    cpSync(tail, cut, { recursive: true })
    const own = join(cut, w.organization.id)
    appendFileSync(join(own, readdirSync(own).at(-1)!), '{"table":"leaves","row":{"ind')
    const again = await startTail(w.database, { folder: cut, retentionDays: 35, onError: (error) => { throw error } })
    await happen(await report(), 1)
    await again.stop()
    const { entries, logs } = await restore(await elsewhere(), log, { file, passphrase, tail: cut })
    assert.equal(entries, 301)
    assert.deepEqual(logs.map(({ problems }) => problems), [[], []])
  })

  it('is refused without the tail, unless told that there is none', async () => {
    const settings = await elsewhere()
    await assert.rejects(restore(settings, log, { file, passphrase, tail: join(folder, 'nowhere') }), /no tail.*--without-tail/)
    assert.deepEqual((await restore(settings, log, { file, passphrase, tail: null })).logs.map(({ problems }) => problems), [[], []])
  })

  it('goes on under a new name where the tail is lost, and shows what was lost', async () => {
    const settings = await elsewhere()
    const { note } = await w.read((tx) => tx.db.selectFrom('checkpoints').select('note').orderBy('size', 'desc').limit(1).executeTakeFirstOrThrow())
    await restore(settings, log, { file, passphrase, tail: null, lost: [note] })
    const restored = await openStorage(settings, { log })
    await sequenceAll(restored.database, w.organization.id)
    const head = await restored.database.read(w.organization.id, (tx) =>
      tx.db.selectFrom('checkpoints').select('note').orderBy('size', 'desc').limit(1).executeTakeFirstOrThrow())
    assert.match(head.note, /^example\.invalid\/organization-1#2\n/)
    await restored.close()
  })

  it('is refused with another keyring', async () => {
    const settings = await elsewhere()
    const createdAt = Temporal.Instant.from('2026-01-01T00:00:00Z')
    writeFileSync(settings.AVOW_KEYRING_FILE, printKeyring([{ epoch: 2, createdAt, secret: Buffer.alloc(32, 2) }]))
    await assert.rejects(restore(settings, log, { file, passphrase, tail }), /lacks epoch 1/)
  })
})
