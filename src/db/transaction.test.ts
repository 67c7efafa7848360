import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Tx } from './tx.ts'
import { world, type World } from '../../test/support/world.ts'

let w: World
before(async () => { w = await world({ poolSize: 2 }) })
after(() => w.close())

const add = (tx: Tx, name: string) => tx.db.insertInto('assets').values({
  organization_id: tx.organizationId, id: tx.newId(), name, kind: 'website', locator: '', in_scope: true, note: '', created_at: new Date(0),
}).execute()
const names = async () => (await w.read((tx) => tx.db.selectFrom('assets').select('name').orderBy('name').execute())).map(({ name }) => name)
const failing = (tx: Tx) => sql`select 1 / 0`.execute(tx.db)

test('it commits what was sent, and a later statement sees it', async () => {
  const seen = await w.write(async (tx) => {
    tx.send(add(tx, 'sent'))
    return tx.db.selectFrom('assets').select('name').execute()
  })
  assert.deepEqual(seen, [{ name: 'sent' }])
  assert.deepEqual(await names(), ['sent'])
})

test('it lets statements leave together, in their order', async () => {
  const order: number[] = []
  await w.write((tx) => Promise.all([3, 1, 2].map(async (n) => { await sql`select ${n}::int`.execute(tx.db); order.push(n) })))
  assert.deepEqual(order, [3, 1, 2])
})

test('it rolls all back where a statement that was sent fails, and names that one as the cause', async () => {
  const division = { code: '22012' }
  await assert.rejects(w.write(async (tx) => { tx.send(add(tx, 'before')); tx.send(failing(tx)); tx.send(add(tx, 'after')) }), division)
  await assert.rejects(w.write(async (tx) => { tx.send(failing(tx)); await add(tx, 'after') }), division)
  await assert.rejects(w.write(async (tx) => { tx.send(add(tx, 'before')); await failing(tx) }), division)
  await assert.rejects(w.write(async (tx) => { tx.send(failing(tx).catch(() => { throw new Error('in other words') })) }), /in other words/)
  assert.deepEqual(await names(), ['sent'])
})

test('it does not commit past a failure that somebody swallowed', async () => {
  await assert.rejects(w.write(async (tx) => { await add(tx, 'before'); await failing(tx).catch(() => {}) }), { name: 'AbortedTransactionError' })
  assert.deepEqual(await names(), ['sent'])
})

test('it refuses a statement that comes when the transaction is over', async () => {
  const refused = new Error('no')
  let late: Promise<unknown> | undefined
  const slow = async (tx: Tx) => { await sql`select pg_sleep(0.05)`.execute(tx.db); await add(tx, 'late') }
  await assert.rejects(w.write((tx) => Promise.all([late = slow(tx), Promise.reject(refused)])), refused)
  await assert.rejects(late!, /The transaction is over/)
  assert.deepEqual(await names(), ['sent'])
})

test('reading gives its answer without waiting for the end, and its connection comes back', async () => {
  for (let left = 20; left > 0; left--) assert.deepEqual(await names(), ['sent'])
  await assert.rejects(w.read(failing), { code: '22012' })
  await assert.rejects(w.read(async (tx) => { tx.send(failing(tx)) }), { code: '22012' })
  await assert.rejects(w.read((tx) => add(tx, 'never')), { code: '25006' })
  assert.deepEqual(await names(), ['sent'])
})

test('a connection keeps the statements that came last prepared, and gives up the others', async () => {
  for (let column = 0; column < 230; column++) {
    await w.write(async (tx) => { for (let times = 3; times > 0; times--) await sql`select ${1}::int as ${sql.ref(`column_${column}`)}`.execute(tx.db) })
  }
  const { rows } = await w.write((tx) => sql<{ n: number }>`select count(*) as n from pg_prepared_statements`.execute(tx.db))
  const { n } = rows[0]!
  assert.ok(n > 190 && n <= 201, `${n} statements are prepared`)
})
