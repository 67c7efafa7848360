import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { modules } from '../../src/app.ts'
import { publicStandings } from '../../src/commitments/index.ts'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { acknowledgeReport } from '../../src/domain/reports/acknowledge-report.ts'
import { listReportsQuery } from '../../src/domain/reports/list-reports.ts'
import { connectAvow } from '../../src/domain/systems/index.ts'
import { closeAll, closeSpamJob } from '../../src/domain/triage/close-spam.ts'
import { findKind, sequenceAll, startSequencer, type Sequencer } from '../../src/ledger/index.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { publishPromise } from '../crash/publish-promise.ts'
import { flood } from '../support/flood.ts'
import { browser } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'

const onion = `${'b'.repeat(56)}.onion`
const promise = `# Security

A person answers every report within a week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` where by is human or \`report.closed\` where by is human within 7 days.
`

describe('a flood', () => {
  let w: World
  let web: ReturnType<typeof createWeb>
  let server: ServerType
  let sequencer: Sequencer
  let home: string
  let triager: Actor
  before(async () => {
    w = await world({ poolSize: 12 })
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    web = createWeb({ database: w.database, modules, operations, trustProxy: true, tor: { onionAddress: `http://${onion}` }, log: { error: console.error } })
    server = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/o/${w.organization.slug}`
    await connectAvow(w.database, w.organization.id, operations.verbs)
    await publishPromise(w.database, w.organization.id, { promise })
    w.clock.advance({ minutes: 1 })
    const accountId = await createAccount(w.database.global, w.keyring, { name: 'Ada', address: 'ada@example.org' }, null)
    await w.write((tx) => addMember(tx, accountId, ['triager']))
    triager = { kind: 'member', accountId, personName: 'Ada', roles: ['triager'] }
  })
  after(async () => {
    await new Promise((resolve) => server.close(resolve))
    await sequencer?.stop()
    await w.close()
  })

  it('loses nothing: real reports have their receipt and stand where they are read first, and one click takes the rest away', async () => {
    sequencer = startSequencer(w.database)
    const { taken, otherwise, realMs } = await flood({ home, junk: 60, seconds: 1, addresses: 10, real: 2, effort: 'work' })
    await sequencer.stop()
    assert.deepEqual({ taken, otherwise, real: realMs.length }, { taken: 60, otherwise: {}, real: 2 })
    const listed = async (queue: string) => (await w.as(triager).ask(listReportsQuery,
      { queue }) as { reports: { id: string; title: string }[]; open_by_queue: Record<string, number> })
    const { reports: plausible, open_by_queue: open } = await listed('plausible')
    assert.deepEqual(plausible.map(({ title }) => title).toSorted(), ['Real weakness 0', 'Real weakness 1'])
    assert.equal(open.suspect, 60)

    w.clock.advance({ seconds: 1 })
    await w.as(triager).run(closeAll, { queue: 'suspect', message: 'This is no weakness.' })
    const { id: closure } = await w.read((tx) => tx.db.selectFrom('bulk_closures').select('id').executeTakeFirstOrThrow())
    await closeSpamJob.run({ database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: 'x' },
      signal: new AbortController().signal }, { closure })
    for (const { id } of plausible) await w.as(triager).run(acknowledgeReport, { report: id, message: 'Read.' })
    w.clock.advance({ hours: 24 * 30 })
    await sequenceAll(w.database, w.organization.id)
    const { standings } = await publicStandings(w.database, w.organization.id)
    assert.deepEqual(standings.map(({ standing }) => standing), ['kept'])
  })

  it('gives the form back, filled, to a network that sends without end, and never through the onion', async () => {
    const cookies = 'avow-visitor=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq'
    const place = { app: web, database: w.database, slug: w.organization.slug }
    const form = { csrf: '', title: 'Kept words', description: 'All that I wrote.', steps: '', good_faith: 'yes' }
    const { csrf } = await tokenOf(browser(place, cookies))
    const send = (host: string) => web.request(`http://${host}/o/${w.organization.slug}/report`,
      { method: 'POST', body: new URLSearchParams({ ...form, csrf }), headers: { cookie: cookies } })
    let answer: Response
    for (let i = 0; i < 301; i++) answer = await send('avow.test')
    assert.equal(answer!.status, 429)
    assert.ok(Number(answer!.headers.get('retry-after')) > 0)
    const text = await answer!.text()
    assert.match(text, /Kept words/)
    assert.match(text, /All that I wrote/)
    assert.equal((await send(onion)).status, 422)
  })

  it('tells Tor Browser of the onion on public pages alone', async () => {
    const at = async (path: string) => (await web.request(`https://avow.test/o/${w.organization.slug}${path}`)).headers.get('onion-location')
    assert.equal(await at('/report?a=1'), `http://${onion}/o/${w.organization.slug}/report?a=1`)
    assert.equal(await at('/desk'), null)
    assert.equal((await web.request(`http://${onion}/o/${w.organization.slug}/report`)).headers.get('onion-location'), null)
  })
})

async function tokenOf(visitor: ReturnType<typeof browser>): Promise<{ csrf: string }> {
  return { csrf: /name="csrf" value="([^"]+)"/.exec(await (await visitor.get('/report')).text())![1]! }
}
