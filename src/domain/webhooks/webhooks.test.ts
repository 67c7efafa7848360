import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { addMember } from '../../access/memberships.ts'
import { createAccount } from '../../access/accounts.ts'
import { listMails } from '../../mail/index.ts'
import { addAsset } from '../reports/manage-assets.ts'
import { submitReport } from '../reports/submit-report.ts'
import { world, type World } from '../../../test/support/world.ts'
import { webhookJobs } from './index.ts'
import { listWebhooks, readWebhook } from './list-webhooks.ts'
import { addWebhook, endWebhook, resumeWebhook, rotateSecret, sendAgain, tryWebhook } from './manage-webhooks.ts'

const saying = (text: string) =>
  ({ title: text, description: text, steps: text, name: text, email: 'canary@example.org', good_faith: true })

interface Got { headers: IncomingHttpHeaders; body: string; path: string }

describe('webhooks', () => {
  let w: World
  let url: string
  let answers: number
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? '' })
    response.writeHead(answers).end()
  })
  before(async () => {
    w = await world()
    await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    await w.write(async (tx) => addMember(tx, await createAccount(tx.db, tx.keyring, { name: 'Ada', address: 'ada@example.org' }, null), ['admin']))
  })
  beforeEach(() => {
    answers = 200
    got.length = 0
    w.clock.advance({ seconds: 1 })
  })
  after(async () => {
    await w.close()
    await new Promise((done) => { server.close(done) })
  })

  const add = (kinds: string[], at = url) => w.as('admin').run(addWebhook, { name: 'Chat', url: at, kinds })
  const [deliver, sweep] = webhookJobs({ privateNetwork: true, baseOf: async () => 'https://avow.example' })
  const work = () => ({ database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: 'x' } as const,
    signal: new AbortController().signal })
  const read = (webhook: string) => w.as('admin').ask(readWebhook, { webhook })
  const queued = async () => (await sql<{ payload: { payload: { delivery: string } } }>`
    select payload from graphile_worker._private_jobs`.execute(w.database.global)).rows
  /** Tries everything that waits, once. */
  async function tryAll(): Promise<void> {
    const waiting = await w.read((tx) => tx.db.selectFrom('webhook_deliveries').select('id').where('state', '=', 'waiting').execute())
    for (const { id } of waiting) await deliver!.run(work(), { delivery: id })
  }

  it('are told of the kinds that they want, signed so that another hand’s library believes it, and of nothing that was written', async () => {
    const { webhook, secret } = await add(['report.*'])
    const { report } = await w.as('admin').run(submitReport, saying('canary'))
    await w.as('admin').run(addAsset, { name: 'Shop', in_scope: true })
    await tryAll()
    assert.equal(got.length, 1)
    const said = new Webhook(secret).verify(got[0]!.body, got[0]!.headers as Record<string, string>) as Record<string, any>
    assert.equal(said['type'], 'report.received')
    assert.equal(said['data'].subjects.report, report)
    assert.equal(said['data'].link, `https://avow.example/desk/reports/${report}`)
    assert.ok(!got[0]!.body.includes('canary'))
    const { deliveries } = await read(webhook)
    assert.deepEqual(deliveries.map(({ kind, state, status, tries }) => [kind, state, status, tries]), [['report.received', 'delivered', 200, 1]])
    await w.as('admin').run(endWebhook, { webhook })
  })

  it('are queued with the entry or not at all', async () => {
    const { webhook } = await add(['*'])
    const before = (await queued()).length
    await assert.rejects(w.as('admin').run(submitReport, { ...saying('x'), skipped: '', steps: '', title: 'x' }))
    assert.equal((await queued()).length, before)
    await w.as('admin').run(addAsset, { name: 'App', in_scope: true })
    assert.equal((await queued()).length, before + 1)
    await w.as('admin').run(endWebhook, { webhook })
    await tryAll()
    assert.equal(got.length, 0)
  })

  it('sign with both secrets for a day after a new one was made', async () => {
    const { webhook, secret: old } = await add(['policy.*'])
    const { secret } = await w.as('admin').run(rotateSecret, { webhook })
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    for (const one of [old, secret]) new Webhook(one).verify(got[0]!.body, got[0]!.headers as Record<string, string>)
    w.clock.advance({ hours: 25 })
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    new Webhook(secret).verify(got[1]!.body, got[1]!.headers as Record<string, string>)
    assert.throws(() => new Webhook(old).verify(got[1]!.body, got[1]!.headers as Record<string, string>))
    await w.as('admin').run(endWebhook, { webhook })
  })

  it('are tried again with the same id and body, given up after three days, and sent once more on request', async () => {
    const { webhook } = await add(['policy.*'])
    answers = 503
    await w.as('admin').run(tryWebhook, { webhook })
    for (let i = 0; i < 10; i++) await tryAll()
    assert.equal(got.length, 10)
    assert.equal(new Set(got.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size, 1)
    const [delivery] = (await read(webhook)).deliveries
    assert.deepEqual([delivery!.state, delivery!.status, delivery!.tries], ['given-up', 503, 10])
    answers = 204
    await w.as('admin').run(sendAgain, { delivery: delivery!.id })
    await tryAll()
    assert.equal((await read(webhook)).deliveries[0]!.state, 'delivered')
    assert.equal((await read(webhook)).failing_since, null)
    await w.as('admin').run(endWebhook, { webhook })
  })

  it('are stopped, with a letter, when nothing was taken for five days, or at once by 410, and resumed by hand', async () => {
    const { webhook } = await add(['policy.*'])
    answers = 500
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    assert.equal((await read(webhook)).stopped_at, null)
    w.clock.advance({ hours: 24 * 5 + 1 })
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    assert.notEqual((await read(webhook)).stopped_at, null)
    assert.ok((await w.read((tx) => listMails(tx))).some(({ subject }) => subject === 'A webhook was stopped'))
    await assert.rejects(w.as('admin').run(tryWebhook, { webhook }), { code: 'webhook_stopped' })
    await w.as('admin').run(resumeWebhook, { webhook })
    answers = 410
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    const now = await read(webhook)
    assert.notEqual(now.stopped_at, null)
    assert.equal(now.deliveries[0]!.state, 'given-up')
    await w.as('admin').run(endWebhook, { webhook })
  })

  it('are not followed elsewhere, and not into the network where that is not allowed', async () => {
    const { webhook } = await add(['policy.*'])
    answers = 302
    await w.as('admin').run(tryWebhook, { webhook })
    await tryAll()
    assert.equal((await read(webhook)).deliveries[0]!.state, 'waiting')
    const [outside] = webhookJobs({ privateNetwork: false, baseOf: async () => '' })
    await outside!.run(work(), { delivery: (await read(webhook)).deliveries[0]!.id })
    assert.equal((await read(webhook)).deliveries[0]!.problem, 'address_not_allowed')
    await w.as('admin').run(endWebhook, { webhook })
  })

  it('refuse kinds that there are not, and addresses of other schemes, and never show a secret again', async () => {
    await assert.rejects(add(['report.invented']), { code: 'invalid_input' })
    await assert.rejects(add(['*'], 'ftp://example.org/'), { code: 'invalid_input' })
    const { webhook, secret } = await add(['policy.*'])
    assert.ok(!JSON.stringify([await w.as('admin').ask(listWebhooks, {}), await read(webhook)]).includes(secret.slice(6)))
    const rows = await w.read((tx) => tx.db.selectFrom('webhooks').select('box').execute())
    assert.ok(rows.every(({ box }) => !box.toString('latin1').includes(secret.slice(6)) && !box.toString('latin1').includes('127.0.0.1')))
  })

  it('leave no log of what was sent longer than 30 days', async () => {
    w.clock.advance({ hours: 24 * 31 })
    await sweep!.run(work(), {})
    assert.equal((await w.read((tx) => tx.db.selectFrom('webhook_deliveries').select('id').where('state', '<>', 'waiting').execute())).length, 0)
  })
})
