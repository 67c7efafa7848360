import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { world } from '../../test/support/world.ts'
import { forgetEpoch, keepKeys } from './end-epochs.ts'
import { newSubjectKey, openText, sealText } from './envelope.ts'
import { announceKeyring, followKeyring } from './follow-keyring.ts'
import { environmentStore, type KeyStore } from './key-store.ts'
import { printKeyring } from './keyring-format.ts'
import { createKeyring, nextKeyring, openKeyring } from './keyring.ts'
import { keysStatus } from './keys-status.ts'
import { rotateKeys } from './rotate-keys.ts'

const w = await world()
after(() => w.close())
const { database, keyring } = w

const schedule = { rotateAfterDays: 30, retainDays: 35 }
const start = keyring.epochs()[0]!.createdAt
const day = (count: number) => start.add({ hours: 24 * count })

const sealIn = (organizationId: string) => database.write(organizationId, async (tx) => {
  const key = await newSubjectKey(tx, 'report', tx.newId())
  return { organizationId, key, box: await sealText(tx, key, 'title', `of ${organizationId}`) }
})
type Sealed = Awaited<ReturnType<typeof sealIn>>
const open = ({ organizationId, key, box }: Sealed) => database.read(organizationId, (tx) => openText(tx, key, 'title', box))
const statusOf = async (epoch: number) => (await keysStatus({ database, keyring })).find((one) => one.epoch === epoch)

const sealed: Sealed[] = []
let living = 0

test('it re-wraps the keys of every organisation under a new epoch, and what they sealed still opens', async () => {
  for (const { id } of [w.organization, w.other]) for (let i = 0; i < 3; i++) sealed.push(await sealIn(id))
  living = (await statusOf(1))!.dataKeys
  assert.ok(living >= 6)
  assert.deepEqual(await rotateKeys({ database, keyring, now: day(10) }), { epoch: 2, rewrapped: living })
  for (const one of sealed) assert.equal(await open(one), `of ${one.organizationId}`)
  assert.equal((await statusOf(1))?.state, 'retired')
  assert.deepEqual([(await statusOf(1))?.dataKeys, (await statusOf(2))?.dataKeys], [0, living])
})

test('it goes through more keys than one batch holds', async () => {
  await w.write(async (tx) => { for (let i = 0; i < 520; i++) await newSubjectKey(tx, 'report', tx.newId()) })
  assert.equal((await rotateKeys({ database, keyring, now: day(11) })).rewrapped, living + 520)
})

test('it finishes an interrupted rotation instead of beginning another', async () => {
  const interrupted = await keyring.addEpoch()
  await rotateKeys({ database, keyring, now: day(12) })
  assert.equal(keyring.currentEpoch, interrupted)
  assert.equal((await statusOf(interrupted))?.dataKeys, living + 520)
})

test('it begins another epoch each time', async () => {
  assert.equal((await rotateKeys({ database, keyring, now: day(13) })).epoch, 5)
  assert.equal((await statusOf(4))?.endsAt.toString(), day(13 + 35).toString())
})

test('it destroys an epoch when the retention period is over, not before, and keeps what was re-wrapped late', async () => {
  const before = keyring.epochs().map(({ epoch }) => epoch)
  assert.deepEqual(before, [1, 2, 3, 4, 5])
  const calm = { rotateAfterDays: 10_000, retainDays: 35 }
  assert.deepEqual(await keepKeys({ database, keyring, schedule: calm, now: day(10 + 34) }), [])
  assert.deepEqual(await keepKeys({ database, keyring, schedule: calm, now: day(10 + 35) }), [1])
  assert.deepEqual(await keepKeys({ database, keyring, schedule: calm, now: day(13 + 35) }), [2, 3, 4])
  assert.equal((await statusOf(3))?.state, 'destroyed')
  for (const one of sealed.slice(1)) assert.equal(await open(one), `of ${one.organizationId}`)
})

test('it rotates by itself when the epoch is old enough', async () => {
  const epoch = keyring.currentEpoch
  const created = keyring.epochs().at(-1)!.createdAt
  await keepKeys({ database, keyring, schedule, now: created.add({ hours: 24 * 29 }) })
  assert.equal(keyring.currentEpoch, epoch)
  await keepKeys({ database, keyring, schedule, now: created.add({ hours: 24 * 30 }) })
  assert.equal(keyring.currentEpoch, epoch + 1)
})

test('it re-wraps what other parts keep, and destroys nothing when they fail', async () => {
  let asked = 0
  await rotateKeys({ database, keyring, others: [async () => ++asked] })
  assert.equal(asked, 1)
  const broken = async () => { throw new Error('not now') }
  const far = day(100_000)
  const before = keyring.epochs().length
  await assert.rejects(keepKeys({ database, keyring, others: [broken], schedule: { rotateAfterDays: 1_000_000, retainDays: 1 }, now: far }), /not now/)
  assert.equal(keyring.epochs().length, before)
})

test('it tells processes that run for long to read the keyring again', async () => {
  let text: string | undefined
  const store: KeyStore = { place: 'shared', writable: true, read: async () => text, write: async (next) => { text = next } }
  const [here, there] = [await createKeyring(store), await openKeyring(store)]
  const stop = await followKeyring({ keyring: there, listen: (...given: Parameters<Database['listen']>) => database.listen(...given) } as Database, assert.fail)
  await here.addEpoch()
  await database.global.transaction().execute(announceKeyring)
  for (const end = Date.now() + 10_000; there.currentEpoch < 2 && Date.now() < end;) await pause(10)
  assert.equal(there.currentEpoch, 2)
  await stop()
})

test('it rotates a keyring that it cannot write to the epoch that its operator put there, and forgets one only after its time', async () => {
  const other = await world()
  const environment = { KEYS: printKeyring([{ epoch: 1, createdAt: start, secret: Buffer.alloc(32, 1) }]) }
  const store = environmentStore('KEYS', environment)
  environment.KEYS = await nextKeyring(store)
  const work = { database: other.database, keyring: await openKeyring(store), schedule }
  assert.equal((await rotateKeys({ ...work, now: day(0) })).epoch, 2)
  assert.equal(work.keyring.writable, false)
  assert.deepEqual(await keepKeys({ ...work, now: day(100) }), [])
  await assert.rejects(forgetEpoch({ ...work, now: day(34) }, 1), { code: 'epoch_in_backups' })
  await assert.rejects(forgetEpoch({ ...work, now: day(34) }, 2), { code: 'epoch_in_use' })
  await forgetEpoch({ ...work, now: day(35) }, 1)
  assert.equal((await keysStatus(work))[0]?.state, 'destroyed')
  // Not the world's own end, which would open its ledger with a keyring that knows nothing of this.
  await other.database.close()
})
