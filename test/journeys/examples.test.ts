import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { verifyLog, type Verification } from 'avow-verify'
import { modules } from '../../src/app.ts'
import { History, loadExample } from '../../src/domain/examples/index.ts'
import { findKind } from '../../src/ledger/index.ts'
import { createLog } from '../../src/lib/log.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { world, type World } from '../support/world.ts'

const root = new URL('../../', import.meta.url)
const expected = { now: 'confirmed', later: 'attested', 'by-auditors': 'sealed' }

describe('an example organisation, seen from outside', () => {
  let w: World
  before(async () => { w = await world({ clock: new Date().toISOString() }) })
  after(() => w.close())

  async function verified(name: string): Promise<{ result: Verification; provable: Map<string, keyof typeof expected> }> {
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    const read = (file: string) => readFileSync(new URL(`examples/${name}/${file}`, root), 'utf8')
    const history = History.parse(JSON.parse(read('history.json')))
    await loadExample({ database: w.database, clock: w.clock, operations, read }, history, Temporal.Now.instant())
    w.clock.set(Temporal.Now.instant())
    const web = createWeb({ database: w.database, modules, operations, log: createLog('silent') })
    const url = `http://localhost/o/${history.slug}`
    const result = await verifyLog({ url, fetch: async (address) => web.request(address.href), now: Date.now() })
    const { commitments } = await (await web.request(`${url}/standings.json`)).json() as { commitments: { mark: string; provable: keyof typeof expected }[] }
    return { result, provable: new Map(commitments.map(({ mark, provable }) => [mark, provable])) }
  }

  it('verifies, and what its page says of each standing’s proof is what a verifier finds', async () => {
    const { result: { faults, standings }, provable } = await verified('fernway')
    assert.deepEqual(faults, [])
    const found = standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`)
    assert.deepEqual(found, standings!.commitments.map(({ mark }) => `${mark} ${expected[provable.get(mark)!]}`))
    const confirmed = found.filter((line) => line.endsWith('confirmed')).length
    assert.ok(confirmed * 2 > found.length, `${confirmed} of ${found.length} can be recomputed by everybody`)
  })
})
