import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../app.ts'
import { findKind, sequenceAll } from '../../ledger/index.ts'
import { registry } from '../../verbs/registry.ts'
import { world, type World } from '../../../test/support/world.ts'
import { goOn, History, loadExample } from './index.ts'

const history = History.parse({
  slug: 'small', name: 'Small', zone: 'UTC', days: 30, people: { admin: { name: 'Ann', roles: ['admin'] } }, reports: [],
  sources: [{
    slug: 'probe', title: 'Probe', day: 1, kinds: ['check.tls', 'backup.completed'], vouch: 'machine',
    checks: [{ check: 'tls', systems: ['web'], every: 1, failed: [3] }],
  }],
  deeds: [
    { day: 0.5, verb: 'system.add', input: { slug: 'web', title: 'Web' } },
    {
      day: 2, verb: 'evidence.record', as: 'source probe', repeat: { every: 1, times: 28 },
      input: { kind: 'backup.completed', subjects: { system: 'web' }, source: 'probe' },
    },
    { day: 3, verb: 'evidence.record', input: { kind: 'access.reviewed', subjects: { system: 'web' } }, repeat: { every: 20, times: 2 } },
  ],
})

describe('an example after it was loaded', () => {
  let w: World
  let id: string
  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    const stage = { database: w.database, clock: w.clock, operations: registry(modules, (kind) => findKind(kind) !== undefined), read: () => '' }
    id = (await loadExample(stage, history, w.clock.now())).id
  })
  after(() => w.close())

  const kinds = () => w.database.read(id, async (tx) => (await tx.db.selectFrom('entries').select('kind').orderBy('id').execute()).map(({ kind }) => kind))

  it('goes on with what recurs, of each the latest, and with nothing twice', async () => {
    const before = (await kinds()).length
    w.clock.set(w.clock.now().add({ hours: 3 * 24 }))
    await goOn(w.database, id, history)
    assert.deepEqual((await kinds()).slice(before).sort(), ['backup.completed', 'check.tls'])
    assert.equal(await goOn(w.database, id, history), 0)
    w.clock.set(w.clock.now().add({ hours: 11 * 24 }))
    await goOn(w.database, id, history)
    assert.deepEqual((await kinds()).slice(before + 2).sort(), ['access.reviewed', 'backup.completed', 'check.tls'])
    await sequenceAll(w.database, id)
  })
})
