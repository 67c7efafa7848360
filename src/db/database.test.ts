import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { world, type World } from '../../test/support/world.ts'
import { withClient } from './setup.ts'

describe('a database of several organizations', () => {
  let w: World
  before(async () => {
    w = await world()
    await withClient(w.url('avow_owner'), (client) => client.query(`
      create table avow.things (organization_id uuid not null, id uuid not null, size bigint, primary key (organization_id, id));
      select avow.isolate('avow.things');
      create table avow.stones (organization_id uuid not null, id uuid not null, primary key (organization_id, id));
      select avow.append_only('avow.stones')`))
  })
  after(() => w.close())

  const insert = (table: string) => (tx: { organizationId: string; newId(): string; db: World['database']['global'] }) =>
    sql`insert into ${sql.table(table)} (organization_id, id) values (${tx.organizationId}, ${tx.newId()})`.execute(tx.db)

  it('shows each organization its own rows alone', async () => {
    await w.write(insert('things'))
    const count = async (organization: string) => w.database.read(organization, async (tx) =>
      (await sql<{ n: number }>`select count(*) as n from things`.execute(tx.db)).rows[0]!.n)
    assert.equal(await count(w.organization.id), 1)
    assert.equal(await count(w.other.id), 0)
  })

  it('shows nothing outside of an organization’s transaction', async () => {
    assert.deepEqual((await sql`select * from things`.execute(w.database.global)).rows, [])
  })

  it('refuses to write a row of another organization', async () => {
    const foreign = w.database.write(w.other.id, (tx) => sql`insert into things values (${w.organization.id}, ${tx.newId()})`.execute(tx.db))
    await assert.rejects(foreign, { code: '42501' })
  })

  it('refuses to change what is written once, even for the owner', async () => {
    await w.write(insert('stones'))
    for (const change of ['update avow.stones set id = id', 'delete from avow.stones', 'truncate avow.stones']) {
      await assert.rejects(w.write((tx) => sql.raw(change).execute(tx.db)), { code: '42501' }, change)
      await assert.rejects(withClient(w.url('avow_owner'), (client) => client.query(change)), { code: '23001' }, change)
    }
  })

  it('can change nothing in a read', async () => {
    await assert.rejects(w.read(insert('things')), { code: '25006' })
  })

  it('leaves nothing behind when the work throws', async () => {
    await assert.rejects(w.write(async (tx) => { await insert('things')(tx); throw new Error('no') }), /no/)
    assert.equal((await w.read((tx) => sql`select 1 from things`.execute(tx.db))).rows.length, 1)
  })

  it('gives times and large numbers back as they were', async () => {
    const { rows: [row] } = await w.write((tx) =>
      sql<{ at: Date; n: number }>`select ${tx.now}::timestamptz as at, 9007199254740991::bigint as n`.execute(tx.db))
    assert.equal(row!.at.toISOString(), '2026-01-05T09:00:00.000Z')
    assert.equal(row!.n, Number.MAX_SAFE_INTEGER)
  })

  it('hears what is notified when the transaction commits', async () => {
    const heard: string[] = []
    const stop = await w.database.listen('things', (payload) => heard.push(payload))
    await w.write((tx) => sql`select pg_notify('things', 'one')`.execute(tx.db))
    await w.database.listen('nothing', () => {})
    assert.deepEqual(heard, ['one'])
    await stop()
  })
})
