import assert from 'node:assert/strict'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { world } from '../../test/support/world.ts'
import { admitKeyring, recordKeyring } from './admit-keyring.ts'
import { fileStore } from './key-store.ts'
import { KeyringProblem, createKeyring, openKeyring } from './keyring.ts'

const w = await world()
const folder = await mkdtemp(join(tmpdir(), 'avow-admit-'))
const connection = new pg.Client({ connectionString: w.url('avow_app') })
await connection.connect()
await connection.query('delete from avow.keyring_epochs')
after(async () => {
  await connection.end()
  await w.close()
  await rm(folder, { recursive: true })
})

const storeAt = (name: string) => fileStore(join(folder, name))
const silent = () => {}
const refusal = (words: RegExp) => (error: unknown) => error instanceof KeyringProblem && words.test(error.message)

test('it makes the keys at the first start and says once where they are and what losing them means', async () => {
  const said: string[] = []
  const made = await admitKeyring(connection, storeAt('keyring.json'), (line) => said.push(line))
  assert.equal(said.length, 1)
  assert.match(said[0]!, /keyring\.json.*loses the data/)
  await recordKeyring(w.database.global, made)
  const again = await admitKeyring(connection, storeAt('keyring.json'), (line) => said.push(line))
  assert.deepEqual(again.epochs(), made.epochs())
  assert.equal(said.length, 1)
})

test('it refuses a missing keyring and makes none in its place', async () => {
  await assert.rejects(admitKeyring(connection, storeAt('lost.json'), silent), refusal(/no keyring at .*lost\.json/))
  await assert.rejects(stat(join(folder, 'lost.json')), { code: 'ENOENT' })
})

test('it refuses the keyring of another database, and says that nothing was written', async () => {
  await createKeyring(storeAt('other.json'))
  await assert.rejects(admitKeyring(connection, storeAt('other.json'), silent), refusal(/another key as epoch 1. Nothing was written/))
})

test('it refuses an old copy that lacks an epoch, and takes one that has a newer epoch', async () => {
  await copyFile(join(folder, 'keyring.json'), join(folder, 'old.json'))
  const current = await openKeyring(storeAt('keyring.json'))
  await current.addEpoch()
  assert.equal((await admitKeyring(connection, storeAt('keyring.json'), silent)).currentEpoch, 2)
  await recordKeyring(w.database.global, current)
  await assert.rejects(admitKeyring(connection, storeAt('old.json'), silent), refusal(/lacks epoch 2/))
})

test('it does not miss an epoch that was destroyed', async () => {
  await connection.query('update avow.keyring_epochs set retired_at = now(), destroyed_at = now() where epoch = 1')
  const current = await openKeyring(storeAt('keyring.json'))
  await current.destroyEpoch(1)
  assert.deepEqual((await admitKeyring(connection, storeAt('keyring.json'), silent)).epochs().map(({ epoch }) => epoch), [2])
})
