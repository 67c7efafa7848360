import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  CompactTree, equal, isSignedBy, leafHash, opensTo, parseBundle, parseCheckpoint, parseLeaf, parseOpeningsBundle, parseTile, parseVkey, type Opening,
} from 'avow-verify'
import { z } from 'zod'
import { world, type World } from '../../../test/support/world.ts'
import { createLog } from '../../lib/log.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { append } from '../append.ts'
import { holdMarks, releaseMarks } from '../embargo.ts'
import { defineKind } from '../kinds.ts'
import { ledger } from '../module.ts'
import { sequenceAll } from '../sequence.ts'
import { configureStream } from '../stream-settings.ts'

const served = defineKind({
  kind: 'test.served', stream: 'disclosure', subjects: ['report'], marks: z.object({ severity: z.enum(['low', 'high']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})
const sealed = defineKind({ kind: 'test.sealed', stream: 'people', subjects: ['person'], marks: z.object({}), facts: z.object({}), vouch: 'company' })

describe('the served log', () => {
  let w: World
  let get: (path: string) => Promise<Response>
  const report = crypto.randomUUID()
  before(async () => {
    w = await world()
    const web = createWeb({ database: w.database, modules: [ledger], operations: registry([ledger], () => true), log: createLog('silent') })
    get = async (path) => web.request(`http://localhost/o/${w.organization.slug}${path}`)
    await w.write(async (tx) => {
      for (let i = 0; i < 300; i++) await append(tx, served, { subjects: { report: tx.newId() }, marks: { severity: 'low' }, facts: { text: String(i) } })
      await append(tx, served, { subjects: { report }, marks: { severity: 'high' }, facts: { text: 'embargo' } })
      await append(tx, sealed, { subjects: { person: tx.newId() }, marks: {}, facts: {} })
    })
    await sequenceAll(w.database, w.organization.id)
  })
  after(() => w.close())

  const body = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer())
  const checkpoint = async () => parseCheckpoint(String(await body('/log/checkpoint')))
  const openings = async (): Promise<Opening[]> => {
    const bundles = await Promise.all(['000', '001'].map((path, i) => body(`/log/openings/${path}`).then((text) => parseOpeningsBundle(String(text), i))))
    return bundles.flat()
  }

  it('signs its checkpoint with the key that it names', async () => {
    const key = parseVkey(String(await body('/log/key')).trim())
    assert.ok(await isSignedBy(key, (await checkpoint()).note))
    assert.equal((await checkpoint()).origin, 'example.invalid/organization-1')
  })

  it('serves entries and tiles that give the signed root', async () => {
    const { size, root } = await checkpoint()
    const rest = size - 256
    const entries = [...parseBundle(await body('/log/tile/entries/000'), 256), ...parseBundle(await body(`/log/tile/entries/001.p/${rest}`), rest)]
    const tree = new CompactTree()
    for (const entry of entries) tree.append(leafHash(entry))
    assert.ok(equal(tree.root(), root))
    const hashes = [...parseTile(await body('/log/tile/0/000'), 256), ...parseTile(await body(`/log/tile/0/001.p/${rest}`), rest)]
    assert.ok(hashes.every((hash, i) => equal(hash, leafHash(entries[i]!))))
    assert.equal(parseTile(await body('/log/tile/1/000.p/1'), 1).length, 1)
  })

  it('says what may be kept for ever', async () => {
    assert.match((await get('/log/tile/0/000')).headers.get('cache-control')!, /immutable/)
    assert.doesNotMatch((await get('/log/checkpoint')).headers.get('cache-control')!, /immutable/)
    assert.equal((await get('/log/tile/entries/000')).headers.get('content-type'), 'application/octet-stream')
  })

  it('has nothing beyond its size, and nothing under a name that is not one', async () => {
    for (const path of ['tile/0/001', 'tile/0/001.p/255', 'tile/2/000.p/1', 'openings/002', 'tile/0/1', 'tile/x', 'openings/..%2f']) {
      assert.equal((await get(`/log/${path}`)).status, 404, path)
    }
  })

  it('opens a public stream at once, a delayed one in its time, and a sealed one never', async () => {
    const kinds = async () => new Set((await openings()).map(({ kind }) => kind))
    assert.deepEqual(await kinds(), new Set(['stream.configured']))
    w.clock.advance({ hours: 90 * 24 })
    assert.deepEqual(await kinds(), new Set(['stream.configured', 'test.served']))
  })

  it('gives openings that fit their leaves', async () => {
    const leaves = [...parseBundle(await body('/log/tile/entries/000'), 256)].map(parseLeaf)
    for (const opening of (await openings()).filter(({ index }) => index < 256)) {
      const { facts, salt2 } = opening
      assert.ok(opensTo(leaves[opening.index]!, opening, facts && salt2 ? { facts, salt2 } : undefined))
    }
  })

  it('holds back the marks of a case under embargo, never its kind', async () => {
    await w.write((tx) => holdMarks(tx, 'report', report))
    const held = (await openings()).filter((opening) => 'held' in opening)
    assert.deepEqual(held.map(({ kind }) => kind), ['test.served'])
    await w.write((tx) => releaseMarks(tx, 'report', report))
    assert.equal((await openings()).filter((opening) => 'held' in opening).length, 0)
  })

  it('keeps what was recorded under an earlier setting as it was', async () => {
    await w.write((tx) => configureStream(tx, 'people', { opens: 'at-once', delayDays: 0 }))
    await w.write((tx) => append(tx, sealed, { subjects: { person: tx.newId() }, marks: {}, facts: {} }))
    await sequenceAll(w.database, w.organization.id)
    assert.equal((await openings()).filter(({ kind }) => kind === 'test.sealed').length, 1)
  })

  it('can publish its checkpoints at intervals alone', async () => {
    await w.write((tx) => tx.db.insertInto('log_publication').values({ organization_id: tx.organizationId, spacing_seconds: 3600 }).execute())
    w.clock.advance({ minutes: 1 })
    await w.write((tx) => append(tx, sealed, { subjects: { person: tx.newId() }, marks: {}, facts: {} }))
    const { size } = await checkpoint()
    await sequenceAll(w.database, w.organization.id)
    assert.equal((await checkpoint()).size, size)
    w.clock.advance({ hours: 1 })
    assert.equal((await checkpoint()).size, size + 1)
  })
})
