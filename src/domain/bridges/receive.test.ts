import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { bridged, type Bridged } from '../../../test/support/bridged.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { bridges } from './index.ts'
import { listBridges } from './list-bridges.ts'

describe('what a tracker tells us', () => {
  let b: Bridged
  let app: ReturnType<typeof createWeb>
  before(async () => {
    b = await bridged()
    app = createWeb({ database: b.w.database, modules: [bridges], operations: registry([bridges], () => true), log: { error: console.error } })
  })
  after(() => b.close())

  const post = async (bridge: string, headers: Record<string, string>, body: string) =>
    (await app.request(`http://avow.test/o/${b.w.organization.slug}/bridges/${bridge}/events`, { method: 'POST', headers, body })).status
  const signed = (secret: string, body: string) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` })
  const queued = async () => Number((await sql<{ n: string }>`select count(*) n from graphile_worker._private_jobs where key like '%bridge.sync%'`
    .execute(b.w.database.global)).rows[0]!.n)
  const closing = JSON.stringify({ action: 'closed', issue: { number: 1, state: 'closed', title: 'Ünïcode' }, repository: { full_name: 'acme/security' } })
  const closingLab = JSON.stringify({ object_kind: 'issue', event_type: 'confidential_issue', object_attributes: { iid: 1, state: 'closed', action: 'close' } })

  it('is taken from GitHub with its signature over the very bytes, and only makes us look', async () => {
    const { bridge, secret, report, issue } = await b.passed('github')
    assert.equal(await post(bridge, signed(secret, closing), closing), 202)
    // It said that the issue is closed; the tracker itself says that it is not.
    await b.looked(issue)
    assert.equal((await b.only(report)).there, 'open')
    Object.assign(b.there.issues.at(-1)!, { state: 'closed', version: 2, number: 1 })
    await b.looked(issue)
    assert.equal((await b.only(report)).closed_there, true)
    assert.notEqual((await b.ada.ask(listBridges, {})).bridges.find(({ id }) => id === bridge)!.heard_at, null)
  })

  it('is taken from GitLab with its token', async () => {
    b.there.issues.length = 0
    const { bridge, secret } = await b.passed('gitlab')
    assert.equal(await post(bridge, { 'x-gitlab-token': secret, 'x-gitlab-event': 'Confidential Issue Hook' }, closingLab), 202)
  })

  it('is refused without proof, with another’s, for another body, and where there is no such bridge: all alike', async () => {
    const one = await b.add('github')
    const other = await b.add('gitlab')
    for (const [bridge, headers, body] of [
      [one.bridge, {}, closing], [one.bridge, signed(other.secret, closing), closing], [one.bridge, signed(one.secret, closing), `${closing} `],
      [one.bridge, { 'x-gitlab-token': one.secret }, closing], [one.bridge, { 'x-hub-signature-256': 'sha256=' }, closing],
      [other.bridge, { 'x-gitlab-token': one.secret }, closingLab], [other.bridge, { 'x-gitlab-token': '' }, closingLab],
      ['0199b0c4-0000-7000-8000-000000000000', signed(one.secret, closing), closing], ['nothing', signed(one.secret, closing), closing],
    ] as const) assert.equal(await post(bridge, headers, body), 401)
  })

  it('changes nothing when it is sent again, and one look is enough for many messages', async () => {
    b.there.issues.length = 0
    const { bridge, secret, report, issue } = await b.passed('github')
    const before = await queued()
    for (let i = 0; i < 5; i++) assert.equal(await post(bridge, signed(secret, closing), closing), 202)
    assert.ok(await queued() <= before + 1)
    await b.looked(issue)
    assert.equal((await b.only(report)).there, 'open')
  })

  it('is taken and left where it is about nothing of ours, or no JSON', async () => {
    const { bridge, secret } = await b.add('github')
    for (const body of ['{"zen":"Keep it logically awesome."}', '{"issue":{"number":99}}', '{"issue":{"number":1e99}}', 'payload=%7B%7D', '']) {
      assert.equal(await post(bridge, signed(secret, body), body), 202)
    }
  })
})
