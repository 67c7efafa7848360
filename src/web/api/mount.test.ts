import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { apiKey } from '../../../test/support/visitors.ts'
import { world, type World } from '../../../test/support/world.ts'
import type { Role } from '../../access/roles.ts'
import { registry } from '../../verbs/registry.ts'
import { query, verb } from '../../verbs/verb.ts'
import type { Module } from '../module.ts'
import { createWeb } from '../server.ts'

let made = 0
const make = verb({
  name: 'thing.make', summary: 'Makes a thing.', may: 'reports.triage', entries: [],
  input: z.object({ title: z.string().min(1), tools: z.array(z.object({ name: z.string() })).optional() }),
  async run({ tx }, input) { made += 1; return { id: tx.newId(), title: input.title } },
})
const list = query({
  name: 'thing.list', summary: 'Lists things.', may: 'public.read',
  input: z.object({ limit: z.number().int().max(10).default(3), open: z.boolean().optional() }),
  run: async (_, input) => ({ input }),
})
const things: Module = { name: 'things', verbs: [make], queries: [list] }

interface Body { requestBody: { content: Record<string, { schema: { required?: string[] } }> } }

describe('the JSON API', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules: [things], operations: registry([things], () => true), log: { error: (...args) => console.error(args) } })
  })
  after(() => w.close())

  const keyFor = async (roles: Role[], terms: { verbs?: string[]; days?: number } = {}) =>
    ({ authorization: (await apiKey(w.database, w.organization.id, roles, terms)).authorization })
  const url = (path: string, slug = w.organization.slug) => `http://avow.test/o/${slug}/api/${path}`
  const post = (body: unknown, headers: Record<string, string> = {}, slug?: string) =>
    app.request(url('v1/thing/make', slug), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
  const problem = async (response: Response) => ({ status: response.status, ...await response.json() as { code: string; errors?: unknown[] } })

  it('runs a verb for a key whose roles carry it', async () => {
    const response = await post({ title: 'A' }, await keyFor(['triager']))
    assert.equal(response.status, 200)
    assert.equal((await response.json() as { title: string }).title, 'A')
  })

  it('refuses nobody, unknown keys, expired keys, roles and scopes that do not carry it, and keys of another organisation', async () => {
    assert.equal((await problem(await post({ title: 'A' }))).code, 'unauthenticated')
    assert.equal((await problem(await post({ title: 'A' }, { authorization: 'Bearer avow_x' }))).status, 401)
    assert.equal((await problem(await post({ title: 'A' }, await keyFor(['triager'], { days: -1 })))).status, 401)
    assert.equal((await problem(await post({ title: 'A' }, await keyFor(['auditor'])))).code, 'forbidden')
    assert.equal((await problem(await post({ title: 'A' }, await keyFor(['triager'], { verbs: ['thing.list'] })))).code, 'forbidden')
    assert.equal((await problem(await post({ title: 'A' }, await keyFor(['triager']), w.other.slug))).status, 401)
  })

  it('points at each field that is wrong, unknown ones at any depth among them', async () => {
    const { status, code, errors } = await problem(await post({ title: '', colour: 'red', tools: [{ name: 'x', nmae: 'y' }] }, await keyFor(['admin'])))
    assert.deepEqual({ status, code }, { status: 422, code: 'invalid_input' })
    assert.deepEqual(errors, [
      { pointer: '/colour', detail: 'There is no such field.' }, { pointer: '/tools/0/nmae', detail: 'There is no such field.' },
      { pointer: '/title', detail: 'This is needed.' },
    ])
  })

  it('does the same request under the same key once, even when both come together', async () => {
    const headers = { ...await keyFor(['triager']), 'idempotency-key': crypto.randomUUID() }
    const before = made
    const answers = await Promise.all([post({ title: 'once' }, headers), post({ title: 'once' }, headers)])
    const bodies = await Promise.all(answers.map((answer) => answer.json()))
    assert.deepEqual(bodies[0], bodies[1])
    assert.equal(made, before + 1)
    assert.equal((await problem(await post({ title: 'other' }, headers))).code, 'idempotency_key_reused')
    const somebodyElse = { ...await keyFor(['triager']), 'idempotency-key': headers['idempotency-key'] }
    assert.equal((await post({ title: 'once' }, somebodyElse)).headers.get('idempotency-replayed'), null)
  })

  it('reads a query from the address', async () => {
    const response = await app.request(`${url('v1/thing/list')}?limit=5&open=yes`)
    assert.deepEqual(await response.json(), { input: { limit: 5, open: true } })
    assert.equal((await app.request(`${url('v1/thing/list')}?limit=50`)).status, 422)
    assert.equal((await app.request(`${url('v1/thing/list')}?limmit=5`)).status, 422)
    assert.equal((await app.request(url('v1/thing/list'), { method: 'POST' })).status, 405)
    assert.equal((await app.request(url('v1/thing/steal'))).status, 404)
  })

  it('takes a file and answers its id', async () => {
    const response = await app.request(`${url('v1/attachments')}?name=scan.txt`, { method: 'POST', body: 'hello', headers: { 'content-type': 'text/plain' } })
    assert.equal(response.status, 201)
    assert.equal((await response.json() as { size: number }).size, 5)
  })

  it('has a page to read for each operation, and none for what is not there', async () => {
    const page = await app.request(url('thing/make'))
    assert.equal(page.status, 200)
    assert.match(await page.text(), /avow thing make --title &#39;the title&#39;/)
    assert.match(await (await app.request(`http://avow.test/o/${w.organization.slug}/api`)).text(), /thing\.list/)
    assert.equal((await app.request(url('thing/steal'))).status, 404)
  })

  it('describes all of it as OpenAPI 3.1', async () => {
    const document = await (await app.request(url('openapi.json'))).json() as { openapi: string; paths: Record<string, { post: Body }> }
    assert.equal(document.openapi, '3.1.0')
    assert.deepEqual(document.paths['/api/v1/thing/make']!.post.requestBody.content['application/json']!.schema.required, ['title'])
  })
})
