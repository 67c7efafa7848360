import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import type { Tx } from '../db/tx.ts'
import { append, configureStream, defineKind, sequenceAll } from '../ledger/index.ts'
import { sourceConnected } from './kinds.ts'
import { Follower, withEngine } from './live.ts'
import { isDue, restore, store, take, type Heard, type Ignored } from './snapshots.ts'

const none = z.object({})
const asked = defineKind({ kind: 'snapshot.asked', stream: 'disclosure', subjects: ['matter'], marks: none, facts: none, vouch: 'both' })
const answered = defineKind({ kind: 'snapshot.answered', stream: 'disclosure', subjects: ['matter'], marks: none, facts: none, vouch: 'both' })
const published = defineKind({
  kind: 'policy.published', stream: 'policies', subjects: ['policy'], marks: none, vouch: 'company', open: true,
  facts: z.object({ policy: z.string(), version: z.number(), commitments: z.array(z.record(z.string(), z.string())) }),
})

let w: World
let owner: pg.Client
before(async () => {
  w = await world()
  owner = new pg.Client({ connectionString: w.url('postgres') })
  await owner.connect()
  await w.write((tx) => append(tx, sourceConnected, {
    subjects: { source: 's' }, marks: {}, facts: { source: 's', kinds: ['snapshot.asked', 'snapshot.answered'], vouch: 'machine' },
  }))
  await publish(1, 3)
})
after(async () => {
  await owner.end()
  await w.close()
})

const deeds = {
  ask: (id: string) => w.write((tx) => append(tx, asked, { subjects: { matter: id }, marks: {}, facts: {} })),
  answer: (id: string) => w.write((tx) => append(tx, answered, { subjects: { matter: id }, marks: {}, facts: {} })),
}
const sequence = () => sequenceAll(w.database, w.organization.id)

async function publish(version: number, days: number) {
  const rules = {
    answer: `Every \`snapshot.asked\` is followed by \`snapshot.answered\` within ${days} days.`,
    order: '`snapshot.answered` happens only after `snapshot.asked`.',
    often: '`snapshot.asked` happens at least every 2 weeks.',
  }
  const commitments = Object.entries(rules).map(([mark, rule]) => ({ mark, sentence: `We ${mark}.`, rule, publication: 'public' }))
  await w.write((tx) => append(tx, published, { subjects: { policy: 'p' }, marks: {}, facts: { policy: 'p', version, commitments } }))
  await sequence()
}

async function keep() {
  w.clock.advance({ seconds: 1 })
  const taken = await w.read((tx) => withEngine(tx, take))
  await store(w.database, w.organization.id, taken)
  return taken
}

const restored = async (size?: number) => {
  const ignored: Ignored[] = []
  const heard = await w.read((tx) => restore(tx, size, (one) => ignored.push(one)))
  return { heard, ignored }
}

/** What is known at the newest entry, from whatever was known before. */
async function goOn(tx: Tx, known?: Heard) {
  const { engine, streams } = await new Follower(known).follow(tx)
  return JSON.parse(JSON.stringify([engine.standings(), engine.duties(), engine.snapshot(), streams.save()]))
}

describe('a stored snapshot', () => {
  it('and what came since give what the whole log gives, whatever happened before and after', async () => {
    let version = 1
    const act = fc.oneof(
      fc.record({ what: fc.constantFrom('ask' as const, 'answer' as const), id: fc.nat(4) }),
      fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ what: fc.constant('publish' as const), days: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ what: fc.constant('configure' as const), days: fc.integer({ min: 1, max: 90 }) }),
    )
    const perform = async (acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[]) => {
      for (const one of acts) {
        if (one.what === 'ask' || one.what === 'answer') await deeds[one.what](`m${one.id}`)
        if (one.what === 'wait') w.clock.advance({ hours: one.hours })
        if (one.what === 'publish') await publish(++version, one.days)
        if (one.what === 'configure') await w.write((tx) => configureStream(tx, 'disclosure', { opens: 'delayed', delayDays: one.days }))
        await sequence()
      }
    }
    const acts = fc.array(act, { minLength: 1, maxLength: 8 })
    await fc.assert(fc.asyncProperty(acts, acts, async (first, then) => {
      await perform(first)
      const { size } = await keep()
      await perform(then)
      w.clock.advance({ seconds: 1 })
      const { heard, ignored } = await restored()
      assert.deepEqual([heard?.engine.size, ignored], [size, []])
      const [resumed, whole] = await w.read(async (tx) =>
        [await goOn(tx, heard!), await goOn(tx)])
      assert.deepEqual(resumed, whole)
    }), { numRuns: 8 })
  })

  it('is one of two, the newest ones, and is used up to the size that is asked for', async () => {
    await deeds.ask('late')
    await sequence()
    const { size } = await keep()
    const { rows } = await owner.query<{ size: string }>('select size from avow.engine_snapshots order by size')
    assert.equal(rows.length, 2)
    assert.equal((await restored()).heard?.engine.size, size)
    assert.equal((await restored(size - 1)).heard?.engine.size, Number(rows[0]!.size))
    assert.equal((await restored(1)).heard, undefined)
  })

  it('is stored anew once the log has grown by a tenth and a thousand', async () => {
    const { rows: [newest] } = await owner.query<{ size: string }>('select max(size) as size from avow.engine_snapshots')
    const enough = Number(newest!.size) * 1.1 + 1000
    assert.deepEqual(await w.read(async (tx) => [await isDue(tx, enough - 1), await isDue(tx, enough)]), [false, true])
  })
})

describe('a snapshot that does not fit', () => {
  /** Alters what is stored, looks at it, and puts it back. */
  const altered = async (change: string) => {
    const { rows } = await owner.query<{ organization_id: string; size: string; root: Buffer; engine: string; key_id: string; box: Buffer }>(
      'select * from avow.engine_snapshots')
    await owner.query(change)
    const found = await restored()
    for (const { organization_id: organization, size, root, engine, key_id: key, box } of rows) {
      await owner.query('update avow.engine_snapshots set root = $3, engine = $4, key_id = $5, box = $6 where organization_id = $1 and size = $2',
        [organization, size, root, engine, key, box])
    }
    assert.equal((await restored()).heard !== undefined, true)
    return { found: found.heard?.engine.size, because: found.ignored.map(({ because }) => because) }
  }

  it('is ignored where a byte of it has changed', async () => {
    const change = 'update avow.engine_snapshots set box = set_byte(box, 100, get_byte(box, 100) # 1)'
    assert.deepEqual(await altered(change), { found: undefined, because: ['damaged', 'damaged'] })
  })

  it('is ignored where another engine wrote it', async () => {
    assert.deepEqual(await altered(`update avow.engine_snapshots set engine = 'older'`), { found: undefined, because: ['another engine', 'another engine'] })
  })

  it('is ignored where it is of another log', async () => {
    assert.deepEqual(await altered(`update avow.engine_snapshots set root = sha256('x')`), { found: undefined, because: ['another log', 'another log'] })
  })

  it('gives way to the one before', async () => {
    const newest = '(select max(size) from avow.engine_snapshots)'
    const { found, because } = await altered(`update avow.engine_snapshots set box = '\\x00' where size = ${newest}`)
    assert.deepEqual([found !== undefined, because], [true, ['damaged']])
  })

  it('is ignored where another one’s state was put in its place', async () => {
    const { because } = await altered('update avow.engine_snapshots set box = (select box from avow.engine_snapshots order by size limit 1)')
    assert.deepEqual(because, ['damaged'])
  })

  it('is not seen by another organisation', async () => {
    const count = (organization: string) => w.database.read(organization, async (tx) =>
      (await sql<{ n: number }>`select count(*)::int as n from engine_snapshots`.execute(tx.db)).rows[0]!.n)
    assert.deepEqual([await count(w.organization.id), await count(w.other.id)], [2, 0])
  })
})
