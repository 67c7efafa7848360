import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { createAccount } from '../../access/accounts.ts'
import { NotFound } from '../../lib/errors.ts'
import { forgetBegun, keepBegun, listBegun, openBegun } from './begun.ts'

let w: World
before(async () => { w = await world() })
after(() => w.close())

const fields = JSON.stringify({ title: 'Not finished' })
const nobody = () => w.as('nobody')

test('it keeps what was begun under one phrase, which alone opens it, whatever is stored', async () => {
  const { phrase } = await nobody().run(keepBegun, { fields: '{}' })
  assert.deepEqual(await nobody().run(keepBegun, { fields, phrase }), { phrase })
  assert.equal((await nobody().ask(openBegun, { phrase: phrase.toUpperCase().replaceAll('-', ' ') })).fields, fields)
  const rows = await w.read((tx) => tx.db.selectFrom('begun_reports').selectAll().execute())
  assert.equal(rows.length, 1)
  assert.ok(!rows[0]!.box.toString('latin1').includes('Not finished'))
  await assert.rejects(nobody().ask(openBegun, { phrase: `${phrase}x` }), NotFound)
})

test('it takes no phrase that somebody chose: a draft that is not there gets one of ours', async () => {
  const { phrase } = await nobody().run(keepBegun, { fields, phrase: 'a phrase of mine' })
  assert.notEqual(phrase, 'a phrase of mine')
})

test('it forgets when it is told to, and after seven days by itself', async () => {
  const { phrase } = await nobody().run(keepBegun, { fields })
  await nobody().run(forgetBegun, { phrase })
  await assert.rejects(nobody().ask(openBegun, { phrase }), NotFound)
  const { phrase: other } = await nobody().run(keepBegun, { fields })
  w.clock.advance({ hours: 7 * 24 + 1 })
  await assert.rejects(nobody().ask(openBegun, { phrase: other }), NotFound)
})

test('it lists an account’s newest fifty; an older one is opened by its phrase', async () => {
  const accountId = await createAccount(w.database.global, w.keyring, { name: 'Moss', address: 'moss@example.org' }, null)
  const moss = w.as({ kind: 'person', accountId, personName: 'Moss' })
  const titled = async (n: number) => (await moss.run(keepBegun, { fields: JSON.stringify({ title: `Number ${n}` }) })).phrase
  const first = await titled(0)
  for (let n = 1; n <= 50; n++) {
    w.clock.advance({ seconds: 1 })
    await titled(n)
  }
  const { drafts } = await moss.ask(listBegun, {})
  assert.deepEqual(drafts.map(({ title }) => title), Array.from({ length: 50 }, (_, i) => `Number ${50 - i}`))
  assert.match((await nobody().ask(openBegun, { phrase: first })).fields, /Number 0/)
})
