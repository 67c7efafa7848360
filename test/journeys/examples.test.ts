import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { parseOpenings, verifyLog, type Verification } from 'avow-verify'
import { modules } from '../../src/app.ts'
import { History, loadExample } from '../../src/domain/examples/index.ts'
import { auditorsFile } from '../../src/ledger/pages/openings.tsx'
import { findOrganization } from '../../src/access/organizations.ts'
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

  interface Seen { result: Verification; provable: Map<string, keyof typeof expected>; again(openings: string): Promise<Verification> }

  async function verified(name: string): Promise<Seen> {
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    const read = (file: string) => readFileSync(new URL(`examples/${name}/${file}`, root), 'utf8')
    const history = History.parse(JSON.parse(read('history.json')))
    await loadExample({ database: w.database, clock: w.clock, operations, read }, history, Temporal.Now.instant())
    w.clock.set(Temporal.Now.instant())
    const web = createWeb({ database: w.database, modules, operations, log: createLog('silent') })
    const url = `http://localhost/o/${history.slug}`
    const look = { url, fetch: async (address: URL) => web.request(address.href) }
    const result = await verifyLog({ ...look, now: Date.now() })
    const { commitments } = await (await web.request(`${url}/standings.json`)).json() as { commitments: { mark: string; provable: keyof typeof expected }[] }
    const again = (openings: string) => verifyLog({ ...look, now: Date.now(), openings: parseOpenings(openings) })
    return { result, provable: new Map(commitments.map(({ mark, provable }) => [mark, provable])), again }
  }

  const organizationId = async (slug: string) => (await findOrganization(w.database, { slug }))!.id

  it('verifies, for everybody and whole for an auditor; what its page says of each standing’s proof is what a verifier finds', async () => {
    const { result: { faults, standings }, provable, again } = await verified('fernway')
    assert.deepEqual(faults, [])
    const found = standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`)
    assert.deepEqual(found, standings!.commitments.map(({ mark }) => `${mark} ${expected[provable.get(mark)!]}`))
    const confirmed = found.filter((line) => line.endsWith('confirmed')).length
    assert.ok(confirmed * 2 > found.length, `${confirmed} of ${found.length} can be recomputed by everybody`)

    const audited = await again(await w.database.read(await organizationId('fernway'), auditorsFile))
    assert.deepEqual(audited.faults, [])
    assert.deepEqual(audited.standings!.commitments.filter(({ verdict }) => verdict !== 'confirmed'), [])
  })
})
