import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { world } from '../../test/support/world.ts'
import {
  claimAttachments, defaultLimits, deleteAttachments, downloadHeaders, listAttachments, readAttachment, stageAttachment, sweepStaged,
} from './attachments.ts'
import { BrokenSeal } from './box.ts'
import { eraseKey, newSubjectKey } from './envelope.ts'

const w = await world()
after(() => w.close())

const said = { name: 'proof.txt', type: 'text/plain' }
async function* of(...parts: (string | Buffer)[]) { for (const part of parts) yield Buffer.from(part) }
const stage = (...parts: (string | Buffer)[]) => stageAttachment(w.database, w.organization.id, said, of(...parts))

const newOwner = () => w.write(async (tx) => {
  const id = tx.newId()
  return { kind: 'report', id, keyId: await newSubjectKey(tx, 'report', id) }
})
const claim = (owner: Awaited<ReturnType<typeof newOwner>>, ...ids: string[]) => w.write((tx) => claimAttachments(tx, ids, owner.keyId, owner))
const read = (owner: { kind: string; id: string }, id: string) => readAttachment(w.database, w.organization.id, owner, id)
const count = (table: 'attachments' | 'attachment_chunks' | 'data_keys') => w.read(async (tx) =>
  Number((await tx.db.selectFrom(table).select((row) => row.fn.countAll().as('count')).executeTakeFirstOrThrow()).count))

test('it takes a file before there is an owner, and gives it to one', async () => {
  const staged = await stage('a proof ', 'of concept')
  const sha256 = createHash('sha256').update('a proof of concept').digest('hex')
  assert.deepEqual(staged, { id: staged.id, ...said, size: 18, sha256 })
  const owner = await newOwner()
  assert.deepEqual(await claim(owner, staged.id), [staged])
  assert.deepEqual(await w.read((tx) => listAttachments(tx, owner)), [staged])
  const { content, ...about } = await read(owner, staged.id)
  assert.deepEqual(about, staged)
  assert.equal(await text(content), 'a proof of concept')
})

test('it streams a file of many chunks back as it was', async () => {
  const content = randomBytes(3_000_000)
  const [owner, { id }] = [await newOwner(), await stage(content.subarray(0, 1_234_567), content.subarray(1_234_567))]
  await claim(owner, id)
  const parts: Uint8Array[] = []
  for await (const part of (await read(owner, id)).content) parts.push(part)
  assert.ok(Buffer.concat(parts).equals(content))
})

test('it stores neither name nor content in plain', async () => {
  const { id } = await stage('a proof of concept')
  const row = await w.read((tx) => tx.db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
  const chunk = await w.read((tx) => tx.db.selectFrom('attachment_chunks').selectAll().where('attachment_id', '=', id).executeTakeFirstOrThrow())
  assert.ok(!row.about!.includes('proof') && !chunk.sealed.includes('proof'))
})

test('it is claimed once, by its own organisation, when it is complete', async () => {
  const [owner, { id }] = [await newOwner(), await stage('x')]
  const claimElsewhere = w.database.write(w.other.id, async (tx) => claimAttachments(tx, [id], await newSubjectKey(tx, 'report', tx.newId()), owner))
  await assert.rejects(claimElsewhere, { code: 'not_found' })
  await claim(owner, id)
  await assert.rejects(claim(owner, id), { code: 'not_found' })
})

test('it is read through its owner alone', async () => {
  const [owner, stranger, { id }] = [await newOwner(), await newOwner(), await stage('x')]
  await claim(owner, id)
  await assert.rejects(read(stranger, id), { code: 'not_found' })
  await assert.rejects(readAttachment(w.database, w.other.id, owner, id), { code: 'not_found' })
})

test('it refuses a file that is too large and keeps nothing of it', async () => {
  const before = [await count('attachments'), await count('attachment_chunks'), await count('data_keys')]
  const limits = { ...defaultLimits, file: 2_000_000 }
  const upload = stageAttachment(w.database, w.organization.id, said, of(randomBytes(1_500_000), randomBytes(1_500_000)), limits)
  await assert.rejects(upload, { code: 'attachment_too_large' })
  assert.deepEqual([await count('attachments'), await count('attachment_chunks'), await count('data_keys')], before)
})

test('it keeps nothing of an upload that breaks off', async () => {
  const before = await count('attachment_chunks')
  async function* breaking() { yield randomBytes(2_000_000); throw new Error('connection lost') }
  await assert.rejects(stageAttachment(w.database, w.organization.id, said, breaking()), /connection lost/)
  assert.equal(await count('attachment_chunks'), before)
})

test('it bounds what one owner holds and what waits unclaimed', async () => {
  const owner = await newOwner()
  const ids = [(await stage('12345')).id, (await stage('67890')).id]
  const claiming = (limits: Partial<typeof defaultLimits>) => w.write((tx) => claimAttachments(tx, ids, owner.keyId, owner, { ...defaultLimits, ...limits }))
  await assert.rejects(claiming({ filesPerOwner: 1 }), { code: 'too_many_attachments' })
  await assert.rejects(claiming({ perOwner: 9 }), { code: 'attachments_too_large' })
  assert.equal((await claiming({ perOwner: 10 })).length, 2)
  await stage('waiting')
  await assert.rejects(stageAttachment(w.database, w.organization.id, said, of('x'), { ...defaultLimits, staged: 7 }), { code: 'attachments_full' })
})

test('it notices a chunk that was changed or lost in the database', async () => {
  const [owner, { id }] = [await newOwner(), await stage(randomBytes(200_000))]
  await claim(owner, id)
  await w.write((tx) => tx.db.updateTable('attachment_chunks').set({ number: 9 }).where('attachment_id', '=', id).where('number', '=', 2).execute())
  await assert.rejects(async () => { for await (const _ of (await read(owner, id)).content); }, BrokenSeal)
})

test('it goes with its owner’s key, and what nobody claimed goes after a while', async () => {
  const [owner, kept] = [await newOwner(), await newOwner()]
  const [{ id }, { id: keptId }] = [await stage('gone'), await stage('kept')]
  await claim(owner, id)
  await claim(kept, keptId)
  await w.write(async (tx) => { await eraseKey(tx, owner.keyId); await deleteAttachments(tx, owner.keyId) })
  await assert.rejects(read(owner, id), { code: 'not_found' })
  w.clock.advance({ hours: 25 })
  const fresh = await stage('fresh')
  await w.write((tx) => sweepStaged(tx, tx.now.subtract({ hours: 24 })))
  const left = await w.read((tx) => tx.db.selectFrom('attachments').select('id').where('owner_id', 'is', null).execute())
  assert.deepEqual(left, [{ id: fresh.id }])
  assert.equal(await text((await read(kept, keptId)).content), 'kept')
})

test('it takes only the last part of a name, and nothing that could mislead', async () => {
  const name = async (given: string) => (await stageAttachment(w.database, w.organization.id, { ...said, name: given }, of('x'))).name
  assert.equal(await name('C:\\temp\\..\\proof.txt'), 'proof.txt')
  assert.equal(await name('../../etc/passwd'), 'passwd')
  assert.equal(await name('photo\u202Egnp.exe\r\n'), 'photognp.exe')
  assert.equal(await name('/'), 'file')
  assert.ok((await name(`${'a'.repeat(199)}\u{1F512}`)).isWellFormed())
})

test('it is downloaded so that no browser runs or shows it', () => {
  const headers = downloadHeaders({ id: '', name: 'a "b" (ü).html', type: 'text/html', size: 5, sha256: '' })
  assert.equal(headers['content-type'], 'application/octet-stream')
  assert.equal(headers['content-disposition'], `attachment; filename="file"; filename*=UTF-8''a%20%22b%22%20%28%C3%BC%29.html`)
  assert.match(headers['content-security-policy']!, /sandbox/)
  assert.equal(headers['x-content-type-options'], 'nosniff')
})

test('it takes and gives 100 MB in constant memory', () => {
  const script = fileURLToPath(new URL('../../test/support/stream-attachment.ts', import.meta.url))
  const args = ['--import', './bin/loader.mjs', script, w.url('avow_app'), w.organization.id]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { size, same, grownMB } = JSON.parse(stdout) as { size: number; same: boolean; grownMB: number }
  assert.equal(size, 100 * 1024 * 1024)
  assert.ok(same)
  assert.ok(grownMB < 80, `the process grew by ${grownMB} MB`)
})
