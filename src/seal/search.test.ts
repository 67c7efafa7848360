import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { world } from '../../test/support/world.ts'
import { indexText, openIndex, search, unindex } from './search.ts'

const w = await world()
after(() => w.close())

const ids = new Map<string, string>()
const index = (organizationId: string, title: string, body: string, kind = 'report') => w.database.write(organizationId, async (tx) => {
  const id = tx.newId()
  ids.set(title, id)
  indexText(tx, await openIndex(tx, kind), id, { title, body }, tx.now)
  w.clock.advance({ minutes: 1 })
  return id
})
const titles = (found: string[]) => found.map((id) => [...ids].find(([, known]) => known === id)?.[0])
const find = async (query: string, order: 'rank' | 'date' = 'date', organizationId = w.organization.id) =>
  titles(await w.database.read(organizationId, (tx) => search(tx, 'report', query, { order, limit: 50 })))

before(async () => {
  await index(w.organization.id, 'Heap overflow in the parser', 'A long header overflows the heap. Denial of service.')
  await index(w.organization.id, 'Login page', 'The session token is in the URL; no overflow here.')
  await index(w.organization.id, 'Stored XSS', 'Service messages render HTML. The denial is late.')
  await index(w.other.id, 'Overflow elsewhere', 'Heap overflow in somebody else’s parser.')
})

test('it finds words in every form, the newest first', async () => {
  assert.deepEqual(await find('overflowing'), ['Login page', 'Heap overflow in the parser'])
  assert.deepEqual(await find('HEADERS heap'), ['Heap overflow in the parser'])
})

test('it ranks a word in the title above one in the body', async () => {
  assert.deepEqual(await find('overflow', 'rank'), ['Heap overflow in the parser', 'Login page'])
})

test('it finds phrases, leaves out what is excluded, and takes either of two', async () => {
  assert.deepEqual(await find('"denial of service"'), ['Heap overflow in the parser'])
  assert.deepEqual(await find('denial service'), ['Stored XSS', 'Heap overflow in the parser'])
  assert.deepEqual(await find('overflow -session'), ['Heap overflow in the parser'])
  assert.deepEqual(await find('xss or token'), ['Stored XSS', 'Login page'])
  assert.deepEqual(await find('"parser header"'), [])
})

test('it finds nothing for nothing, and nothing for what is not there', async () => {
  for (const query of ['', 'the', '-overflow', 'zebra']) assert.deepEqual(await find(query), [])
})

test('it never finds another organisation’s texts, nor those of another kind', async () => {
  assert.deepEqual(await find('overflow', 'date', w.other.id), ['Overflow elsewhere'])
  await index(w.organization.id, 'Finding', 'overflow', 'finding')
  assert.equal((await find('overflow')).length, 2)
})

test('it finds nothing of another organisation even with that organisation’s own hashes, or with no organisation at all', async () => {
  const { lexemes } = await w.database.read(w.other.id, (tx) => tx.db.selectFrom('search_index').select('lexemes').executeTakeFirstOrThrow())
  const wanted = `'${/'([^']+)'/.exec(lexemes)![1]}'`
  const ask = sql<{ id: string }>`select id from avow.search('report', ${wanted}::tsquery, false, 10) as id`
  assert.equal((await w.database.read(w.other.id, (tx) => ask.execute(tx.db))).rows.length, 1)
  assert.equal((await w.read((tx) => ask.execute(tx.db))).rows.length, 0)
  assert.equal((await ask.execute(w.database.global)).rows.length, 0)
})

test('it stores no word, and equal words of two organisations or kinds look different', async () => {
  const all = [
    ...await w.read((tx) => tx.db.selectFrom('search_index').select('lexemes').execute()),
    ...await w.database.read(w.other.id, (tx) => tx.db.selectFrom('search_index').select('lexemes').execute()),
  ].map(({ lexemes }) => new Set(lexemes.match(/'[^']+'/g)))
  for (const one of all) for (const lexeme of one) assert.match(lexeme, /^'[\w-]{11}'$/)
  const [theirs, finding] = [all.at(-1)!, all[3]!]
  for (const ours of all.slice(0, 3)) assert.deepEqual([...ours].filter((lexeme) => theirs.has(lexeme) || finding.has(lexeme)), [])
})

test('it replaces what was indexed before, and forgets it', async () => {
  const id = await index(w.organization.id, 'Draft', 'buffer')
  await w.write(async (tx) => indexText(tx, await openIndex(tx, 'report'), id, { title: 'Draft', body: 'integer' }, tx.now))
  assert.deepEqual([await find('buffer'), await find('integer')], [[], ['Draft']])
  await w.write((tx) => unindex(tx, 'report', id))
  assert.deepEqual(await find('integer'), [])
})

test('it takes a text longer than the index can hold', async () => {
  const long = Array.from({ length: 60_000 }, (_, i) => `word${i} overflow`).join(' ')
  const id = await index(w.organization.id, 'Long', long)
  assert.deepEqual(await find('word7 overflow'), ['Long'])
  await w.write((tx) => unindex(tx, 'report', id))
})

test('it uses the GIN index as the running role, which row security alone would not', async () => {
  const owner = new pg.Client({ connectionString: w.url('avow_owner') })
  await owner.connect()
  await owner.query(`insert into avow.search_index select $1, 'report', gen_random_uuid(), now(), format('''%s'':1A ''common'':2B', md5(i::text))::tsvector
    from generate_series(1, 20000) i`, [w.organization.id])
  await owner.query('analyze avow.search_index')
  await owner.end()
  const scans = `select pg_stat_get_xact_numscans('avow.search_index_lexemes'::regclass)::int as count`
  await w.write(async (tx) => {
    const used = async () => (await sql<{ count: number }>`${sql.raw(scans)}`.execute(tx.db)).rows[0]!.count
    const rare = `'${(await sql<{ hash: string }>`select md5('77') as hash`.execute(tx.db)).rows[0]!.hash}'`
    const before = await used()
    await sql`select subject_id from search_index where lexemes @@ ${rare}::tsquery`.execute(tx.db)
    assert.equal(await used(), before)
    assert.equal((await sql`select * from search('report', ${rare}::tsquery, true, 10)`.execute(tx.db)).rows.length, 1)
    assert.equal(await used(), before + 1)
  })
})

/** Puts texts of these lexemes into the index, one a minute, and asks for words both through the function and plainly. */
async function filled(organizationId: string, many: number, lexemes: string) {
  const owner = new pg.Client({ connectionString: w.url('avow_owner') })
  await owner.connect()
  await owner.query(`insert into avow.search_index
    select $1, 'finding', gen_random_uuid(), timestamptz '2020-01-01' + i * interval '1 minute', (${lexemes})::tsvector from generate_series(1, $2) i`,
  [organizationId, many])
  await owner.query('analyze avow.search_index')
  return {
    async ask(words: string, ranked: boolean, most: number) {
      const asked = sql<{ id: string }>`select * from search('finding', ${words}::tsquery, ${ranked}, ${most}) as id`
      return (await w.database.read(organizationId, (tx) => asked.execute(tx.db))).rows.map(({ id }) => id)
    },
    truth: async (words: string, most: number) => (await owner.query<{ id: string }>(`select subject_id as id from avow.search_index
      where organization_id = $1 and subject_kind = 'finding' and lexemes @@ $2::tsquery order by created_at desc, subject_id desc limit $3`,
    [organizationId, words, most])).rows.map(({ id }) => id),
    async close() {
      await owner.query(`delete from avow.search_index where organization_id = $1 and subject_kind = 'finding'`, [organizationId])
      await owner.end()
    },
  }
}

test('it finds the newest of what is frequent, by going back from the newest, and all of what is rare', async () => {
  // Enough of `all` are among the newest 2,000; for the rest of `tenth` it goes back by time, for `hundredth` and `old` to the index.
  const { ask, truth, close } = await filled(w.organization.id, 40_000, `concat('''all'':1B', case when i % 10 = 0 then ' ''tenth'':2B' end,
    case when i % 100 = 0 then ' ''hundredth'':3B' end, case when i < 20000 and i % 1000 = 0 then ' ''old'':4B' end)`)
  for (const word of ['all', 'tenth', 'hundredth', 'old', 'none']) for (const most of [10, 50, 300]) {
    const wanted = await truth(`'${word}'`, most)
    assert.deepEqual(await ask(`'${word}'`, false, most), wanted, `${word}, ${most}`)
    assert.deepEqual(await ask(`'${word}'`, true, most), wanted, `${word}, ${most} ranked`)
  }
  await close()
})

test('it finds words, phrases and either of two among a few thousand, in an organisation with many and in one with few', async () => {
  const lexemes = `concat('''all'':1B ''', case when i % 2 = 0 then 'next' else 'far' end, ''':2B', case when i % 3 = 0 then ' ''far'':9B' end,
    case when i % 700 = 0 then ' ''rare'':3B' end)`
  const [many, few] = [await filled(w.organization.id, 4000, lexemes), await filled(w.other.id, 90, lexemes)]
  for (const { ask, truth } of [many, few]) {
    for (const words of [`'all'`, `'rare'`, `'all' <-> 'next'`, `'all' <-> 'far'`, `'next' <-> 'rare'`, `'far' & !'next'`, `'rare' | 'next'`, `'none'`]) {
      assert.deepEqual(await ask(words, false, 50), await truth(words, 50), words)
      // As many as are ranked: the newest, whatever their order.
      assert.deepEqual((await ask(words, true, 5000)).toSorted(), (await truth(words, 500)).toSorted(), `${words} ranked`)
    }
  }
  await many.close()
  await few.close()
})

test('it ranks the newest five hundred of more hits, and lists by date whatever there are', async () => {
  const ask = (ranked: boolean) => w.read((tx) => sql`select * from search('report', '''common'''::tsquery, ${ranked}, 5000)`.execute(tx.db))
  assert.equal((await ask(true)).rows.length, 500)
  assert.equal((await ask(false)).rows.length, 5000)
})
