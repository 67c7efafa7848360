import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../../test/support/world.ts'
import { claimAttachments, readAttachment, stageAttachment } from './attachments.ts'
import { keepKeys } from './end-epochs.ts'
import { newSubjectKey, openText, sealText } from './envelope.ts'
import { eraseSubject, erasureCompleteAt } from './erase-subject.ts'
import { rotateKeys } from './rotate-keys.ts'
import { indexText, openIndex, search } from './search.ts'

const w = await world()
after(() => w.close())

const created = w.keyring.epochs()[0]!.createdAt
const day = (count: number) => created.add({ hours: 24 * count })

async function* of(text: string) { yield Buffer.from(text) }

async function reported() {
  const file = await stageAttachment(w.database, w.organization.id, { name: 'proof.txt', type: 'text/plain' }, of('a proof'))
  return w.write(async (tx) => {
    const id = tx.newId()
    const [content, identity] = [await newSubjectKey(tx, 'report', id), await newSubjectKey(tx, 'person', id)]
    await claimAttachments(tx, [file.id], content, { kind: 'report', id })
    indexText(tx, await openIndex(tx, 'report'), id, { title: 'Zebra crossing', body: '' }, tx.now)
    const [title, name] = [await sealText(tx, content, 'title', 'Zebra crossing'), await sealText(tx, identity, 'name', 'Ada')]
    return { id, file: file.id, content, identity, title, name }
  })
}
const found = () => w.read((tx) => search(tx, 'report', 'zebra', { order: 'date', limit: 10 }))

test('it erases the content with its files and index rows, and leaves the person', async () => {
  const report = await reported()
  assert.deepEqual(await found(), [report.id])
  await w.write((tx) => eraseSubject(tx, report.content, [{ kind: 'report', id: report.id }]))
  assert.deepEqual(await found(), [])
  await assert.rejects(w.read((tx) => openText(tx, report.content, 'title', report.title)), { code: 'erased' })
  await assert.rejects(readAttachment(w.database, w.organization.id, { kind: 'report', id: report.id }, report.file), { code: 'not_found' })
  assert.equal(await w.read((tx) => openText(tx, report.identity, 'name', report.name)), 'Ada')
})

test('it erases the person and leaves the case', async () => {
  const report = await reported()
  await w.write((tx) => eraseSubject(tx, report.identity))
  await assert.rejects(w.read((tx) => openText(tx, report.identity, 'name', report.name)), { code: 'erased' })
  assert.equal(await w.read((tx) => openText(tx, report.content, 'title', report.title)), 'Zebra crossing')
  assert.deepEqual(await found(), [report.id])
})

test('it says when the erasure is complete: when the epoch that a backup needs is destroyed', async () => {
  const { database, keyring } = w
  const schedule = { rotateAfterDays: 30, retainDays: 35 }
  const { content } = await reported()
  const { completeAt } = await w.write((tx) => eraseSubject(tx, content))
  const now = async () => (await w.read((tx) => erasureCompleteAt(tx, content)))?.toString()
  assert.equal(completeAt?.toString(), day(30 + 35).toString())
  await rotateKeys({ database, keyring, schedule, now: day(20) })
  assert.equal(await now(), day(20 + 35).toString())
  await keepKeys({ database, keyring, schedule: { ...schedule, rotateAfterDays: 1000 }, now: day(56) })
  assert.equal(await now(), day(56).toString())
})

test('it gives no date where the planned one has passed and the epoch still lives', async () => {
  const { content } = await reported()
  w.clock.advance({ hours: 24 * 2000 })
  assert.equal((await w.write((tx) => eraseSubject(tx, content))).completeAt, null)
})
