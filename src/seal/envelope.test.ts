import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../../test/support/world.ts'
import { BrokenSeal } from './box.ts'
import { Erased, eraseKey, loadKeys, newSubjectKey, openJson, openText, organizationKey, sealJson, sealText } from './envelope.ts'

const w = await world()
after(() => w.close())

const subject = () => w.write(async (tx) => tx.newId())

test('it opens in a later transaction what it sealed in an earlier one', async () => {
  const facts = { title: 'Überlauf', hosts: ['a.example', 'b.example'] }
  const sealed = await w.write(async (tx) => {
    const key = await newSubjectKey(tx, 'report', tx.newId())
    return { key, box: await sealJson(tx, key, 'report/facts', facts) }
  })
  assert.ok(!sealed.box.includes('example'))
  assert.deepEqual(await w.read((tx) => openJson(tx, sealed.key, 'report/facts', sealed.box)), facts)
})

test('it refuses a box that was moved to another place, subject or organisation', async () => {
  const [key, another, box] = await w.write(async (tx) => {
    const one = await newSubjectKey(tx, 'report', tx.newId())
    return [one, await newSubjectKey(tx, 'report', tx.newId()), await sealText(tx, one, 'report/title', 'secret')] as const
  })
  await assert.rejects(w.read((tx) => openText(tx, key, 'report/body', box)), BrokenSeal)
  await assert.rejects(w.read((tx) => openText(tx, another, 'report/title', box)), BrokenSeal)
  await assert.rejects(w.database.read(w.other.id, (tx) => openText(tx, key, 'report/title', box)), /no data key/)
})

test('it refuses a data key that was copied to another row', async () => {
  const [key, another, box] = await w.write(async (tx) => {
    const one = await newSubjectKey(tx, 'report', tx.newId())
    return [one, await newSubjectKey(tx, 'report', tx.newId()), await sealText(tx, one, 'title', 'secret')] as const
  })
  await w.write(async (tx) => {
    const { wrapped } = await tx.db.selectFrom('data_keys').select('wrapped').where('id', '=', key).executeTakeFirstOrThrow()
    await tx.db.updateTable('data_keys').set({ wrapped }).where('id', '=', another).execute()
  })
  await assert.rejects(w.read((tx) => openText(tx, another, 'title', box)), BrokenSeal)
})

test('it gives a subject one living key for each purpose', async () => {
  const id = await subject()
  await w.write((tx) => newSubjectKey(tx, 'person', id))
  await w.write((tx) => newSubjectKey(tx, 'report', id))
  await assert.rejects(w.write((tx) => newSubjectKey(tx, 'person', id)), { code: 'data_key_exists' })
})

test('it makes one key for the organisation, also when many ask at once', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => w.write(organizationKey)))
  assert.equal(new Set(ids).size, 1)
  assert.notEqual(await w.database.write(w.other.id, organizationKey), ids[0])
})

test('it says erased for ever once the key is destroyed, and other keys of the subject live on', async () => {
  const id = await subject()
  const sealed = await w.write(async (tx) => {
    const [person, report] = [await newSubjectKey(tx, 'person', id), await newSubjectKey(tx, 'report', id)]
    return { person, report, name: await sealText(tx, person, 'name', 'Ada'), title: await sealText(tx, report, 'title', 'overflow') }
  })
  await w.write(async (tx) => {
    assert.equal(await openText(tx, sealed.person, 'name', sealed.name), 'Ada')
    await eraseKey(tx, sealed.person)
    await assert.rejects(openText(tx, sealed.person, 'name', sealed.name), Erased)
  })
  await assert.rejects(w.read((tx) => openText(tx, sealed.person, 'name', sealed.name)), { code: 'erased' })
  assert.equal(await w.read((tx) => openText(tx, sealed.report, 'title', sealed.title)), 'overflow')
  const row = await w.read((tx) => tx.db.selectFrom('data_keys').selectAll().where('id', '=', sealed.person).executeTakeFirstOrThrow())
  assert.equal(row.wrapped, null)
  await w.write((tx) => newSubjectKey(tx, 'person', id))
})

test('it keeps the first date when a key is erased twice', async () => {
  const key = await w.write(async (tx) => newSubjectKey(tx, 'person', tx.newId()))
  const erasedAt = () => w.read((tx) => tx.db.selectFrom('data_keys').select('destroyed_at').where('id', '=', key).executeTakeFirstOrThrow())
  await w.write((tx) => eraseKey(tx, key))
  const first = await erasedAt()
  w.clock.advance({ hours: 1 })
  await w.write((tx) => eraseKey(tx, key))
  assert.deepEqual(await erasedAt(), first)
})

test('it fetches the keys of a list in one query', async () => {
  const sealed = await w.write(async (tx) => Promise.all(Array.from({ length: 5 }, async (_, i) => {
    const key = await newSubjectKey(tx, 'report', tx.newId())
    return { key, box: await sealText(tx, key, 'title', `title ${i}`) }
  })))
  const titles = await w.read(async (tx) => {
    await loadKeys(tx, sealed.map(({ key }) => key))
    return Promise.all(sealed.map(({ key, box }) => openText(tx, key, 'title', box)))
  })
  assert.deepEqual(titles, ['title 0', 'title 1', 'title 2', 'title 3', 'title 4'])
})
