import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { environmentStore, fileStore, guarded } from './key-store.ts'
import { KeyringProblem, createKeyring, openKeyring, testKeyring } from './keyring.ts'

const folder = await mkdtemp(join(tmpdir(), 'avow-keyring-'))
after(() => rm(folder, { recursive: true }))

const bound = Buffer.from('here')
const dataKey = Buffer.alloc(32, 9)
const problem = (words: RegExp) => (error: unknown) => error instanceof KeyringProblem && words.test(error.message)

test('it makes a keyring that only its owner can read, and opens it again', async () => {
  const store = fileStore(join(folder, 'made/keyring.json'))
  const made = await createKeyring(store)
  assert.equal((await stat(store.place)).mode & 0o777, 0o600)
  const { epoch, wrapped } = await made.wrap(dataKey, bound)
  const opened = await openKeyring(store)
  assert.deepEqual(await opened.unwrap(epoch, wrapped, bound), dataKey)
  assert.deepEqual(opened.epochs(), made.epochs())
})

test('it never writes over a keyring', async () => {
  const store = fileStore(join(folder, 'once.json'))
  await createKeyring(store)
  const before = await readFile(store.place, 'utf8')
  await assert.rejects(createKeyring(store), problem(/already/))
  await assert.rejects(store.write('{}', 'new'), { code: 'EEXIST' })
  assert.equal(await readFile(store.place, 'utf8'), before)
})

test('it says where the keyring should be, and never repeats what it found instead', async () => {
  const store = fileStore(join(folder, 'absent.json'))
  await assert.rejects(openKeyring(store), problem(/absent\.json/))
  for (const text of ['', 'secret', '{"avow":"keyring","version":2,"epochs":[]}', '{"avow":"keyring","version":1,"epochs":[]}']) {
    await writeFile(store.place, text)
    await assert.rejects(openKeyring(store), problem(/is not a keyring/))
  }
})

test('it keeps old epochs for reading and wraps with the newest', async () => {
  const keyring = testKeyring()
  const old = await keyring.wrap(dataKey, bound)
  assert.equal(await keyring.addEpoch(), 2)
  assert.equal((await keyring.wrap(dataKey, bound)).epoch, 2)
  assert.deepEqual(await keyring.unwrap(1, old.wrapped, bound), dataKey)
})

test('it cannot read what a destroyed epoch wrapped, and refuses to destroy the one in use', async () => {
  const keyring = testKeyring()
  const old = await keyring.wrap(dataKey, bound)
  await assert.rejects(keyring.destroyEpoch(1), problem(/in use/))
  await keyring.addEpoch()
  await keyring.destroyEpoch(1)
  await assert.rejects(keyring.unwrap(1, old.wrapped, bound), problem(/lacks epoch 1/))
})

test('it notices an epoch that another node has added to the same file', async () => {
  const store = fileStore(join(folder, 'shared.json'))
  const here = await createKeyring(store)
  const there = await openKeyring(store)
  await there.addEpoch()
  const { epoch, wrapped } = await there.wrap(dataKey, bound)
  assert.deepEqual(await here.unwrap(epoch, wrapped, bound), dataKey)
  assert.equal(here.currentEpoch, 2)
})

test('it derives one key for one purpose and epoch', async () => {
  const keyring = testKeyring()
  const derived = keyring.derive('backup')
  assert.equal(derived.length, 32)
  assert.deepEqual(derived, testKeyring().derive('backup'))
  assert.notDeepEqual(derived, keyring.derive('session'))
  await keyring.addEpoch()
  assert.notDeepEqual(derived, keyring.derive('backup'))
  assert.deepEqual(derived, keyring.derive('backup', 1))
})

test('it reads a keyring from the environment, and says how to change it there', async () => {
  const file = fileStore(join(folder, 'copied.json'))
  await createKeyring(file)
  const keyring = await openKeyring(environmentStore('AVOW_KEYRING', { AVOW_KEYRING: await readFile(file.place, 'utf8') }))
  assert.deepEqual(keyring.epochs(), (await openKeyring(file)).epochs())
  await assert.rejects(keyring.addEpoch(), problem(/AVOW_KEYRING.*avow keys next/))
})

test('it keeps only what the key service encrypted', async () => {
  const flip = async (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff))
  const file = fileStore(join(folder, 'guarded.json'))
  const made = await createKeyring(guarded(file, { name: 'a key service', encrypt: flip, decrypt: flip }))
  await made.addEpoch()
  await assert.rejects(openKeyring(file), problem(/is not a keyring/))
  assert.equal((await openKeyring(guarded(file, { name: 'a key service', encrypt: flip, decrypt: flip }))).currentEpoch, 2)
})
