import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../src/app.ts'
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
})
