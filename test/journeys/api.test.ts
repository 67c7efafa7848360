import { solveChallenge, type Challenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../src/app.ts'
import { sequenceAll } from '../../src/ledger/index.ts'
import { createWeb } from '../../src/web/server.ts'
import { operations } from '../support/routes.ts'
import { apiKey, type App } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'

describe('a report through the API', () => {
  let w: World
  let app: App
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules, operations, log: { error: (...args) => console.error(args) } })
  })
  after(() => w.close())

  const call = async (path: string, { body, as }: { body?: unknown; as?: string } = {}) => {
    const headers = { 'content-type': 'application/json', ...(as ? { authorization: as } : {}) }
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await app.request(`http://avow.test/o/${w.organization.slug}/api/v1/${path}`, init)
    return { status: response.status, text: await response.text() }
  }
  const told = { title: 'Open port', description: 'Port 8443 answers.', steps: 'nmap', good_faith: true }

  it('is sent by nobody, worked on by the team, and followed by whoever holds its phrase, without the team’s notes', async () => {
    const { report, phrase } = JSON.parse((await call('report/submit', { body: told })).text) as { report: string; phrase: string }
    const { authorization: team } = await apiKey(w.database, w.organization.id, ['triager'])
    assert.equal((await call('report/note', { body: { report, message: 'only for the team' }, as: team })).status, 200)
    assert.equal((await call('report/acknowledge', { body: { report, message: 'Thank you, we read it.' }, as: team })).status, 200)
    const followed = await call(`report/follow?report=${report}`, { as: `Phrase ${phrase}` })
    assert.equal(followed.status, 200)
    assert.match(followed.text, /Thank you, we read it\./)
    assert.doesNotMatch(followed.text, /only for the team/)
    assert.equal((await call('report/answer', { body: { report, message: 'You are welcome.' }, as: `Phrase ${phrase}` })).status, 200)
    assert.match((await call(`report/read?report=${report}`, { as: team })).text, /You are welcome\./)
  })

  it('is nobody else’s: no other phrase opens it, and its own opens nothing more', async () => {
    const submit = async () => JSON.parse((await call('report/submit', { body: told })).text) as { report: string; phrase: string }
    const [mine, other] = await Promise.all([submit(), submit()])
    assert.equal((await call(`report/follow?report=${mine!.report}`, { as: `Phrase ${other!.phrase}` })).status, 404)
    assert.equal((await call(`report/follow?report=${mine!.report}`, { as: 'Phrase lusab-babad-gutih-tugad-hajoz-kimor' })).status, 401)
    assert.equal((await call(`report/follow?report=${mine!.report}`)).status, 401)
    for (const path of ['report/list', `report/read?report=${mine!.report}`]) assert.equal((await call(path, { as: `Phrase ${mine!.phrase}` })).status, 401)
  })
  it('arrives once under one key of idempotency, and a phrase is told again only to whoever knows the key', async () => {
    const send = async (key: string, title: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const init = { method: 'POST', headers, body: JSON.stringify({ ...told, title }) }
      const response = await app.request(`http://avow.test/o/${w.organization.slug}/api/v1/report/submit`, init)
      return { status: response.status, ...await response.json() as { phrase?: string; code?: string } }
    }
    const key = 'a-key-of-my-own-making'
    const [first, again] = [await send(key, 'Once'), await send(key, 'Once')]
    assert.equal(first.status, 200)
    assert.equal(again.phrase, first.phrase)
    assert.notEqual((await send('another-key-of-mine', 'Once')).phrase, first.phrase)
    const other = await send(key, 'Something else')
    assert.equal(other.phrase, undefined)
    assert.match(other.code ?? '', /^idempotency_/)
  })

  it('comes with files and gives back where its receipt is; the phrase alone fetches receipt, content and state', async () => {
    const address = `http://avow.test/o/${w.organization.slug}/api/v1`
    const files = { 'request.txt': Buffer.from('GET /next?to=//elsewhere.example\n'), 'screen.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }
    const attachments: string[] = []
    for (const [name, body] of Object.entries(files)) {
      const sent = await app.request(`${address}/attachments?name=${name}`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } })
      assert.equal(sent.status, 201)
      attachments.push((await sent.json() as { id: string }).id)
    }
    const answer = JSON.parse((await call('report/submit', { body: { ...told, attachments } })).text) as { report: string; phrase: string; receipt: string }
    await sequenceAll(w.database, w.organization.id)
    const ask = (headers: Record<string, string>) => app.request(`http://avow.test/o/${w.organization.slug}${answer.receipt}`, { headers })
    assert.equal((await ask({})).status, 401)
    const { receipt, content } = await (await ask({ authorization: `Phrase ${answer.phrase}` })).json() as { receipt: string; content: string }
    assert.match(receipt, /^c2sp\.org\/tlog-proof@v1/)
    for (const [name, body] of Object.entries(files)) {
      assert.ok(content.includes(name) && content.includes(createHash('sha256').update(body).digest('hex')), name)
    }
    const followed = JSON.parse((await call(`report/follow?report=${answer.report}`, { as: `Phrase ${answer.phrase}` })).text) as Record<string, unknown>
    assert.equal(followed.state, 'received')
    assert.equal((followed.attachments as unknown[]).length, 2)
  })

  it('waits as suspect without any effort, and not with a solved challenge', async () => {
    const queueOf = (id: string) => w.read((tx) => tx.db.selectFrom('reports').select('queue').where('id', '=', id).executeTakeFirstOrThrow())
    const { report: fast } = JSON.parse((await call('report/submit', { body: told })).text) as { report: string }
    assert.equal((await queueOf(fast)).queue, 'suspect')
    const submission = crypto.randomUUID()
    const asked = JSON.parse((await call(`report/challenge?submission=${submission}`)).text) as { opened: string; challenge: string }
    const challenge = JSON.parse(asked.challenge) as Challenge
    const solution = await solveChallenge({ challenge, deriveKey })
    const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
    const sent = await call('report/submit', { body: { ...told, submission, opened: asked.opened, proof } })
    const { report } = JSON.parse(sent.text) as { report: string }
    assert.equal((await queueOf(report)).queue, 'plausible')
  })
})
