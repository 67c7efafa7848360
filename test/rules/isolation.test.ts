import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../src/app.ts'
import { exampleOf } from '../../src/web/api/example.ts'
import { inputSchema } from '../../src/web/api/openapi.ts'
import { createWeb } from '../../src/web/server.ts'
import type { Operation } from '../../src/verbs/registry.ts'
import { belongings, fingerprints, rowSecurity } from '../support/belongings.ts'
import { everyOperation, everyRoute, filled, operations } from '../support/routes.ts'
import { apiKey, member, type Place } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'
import { listed } from './source.ts'

const mark = 'zebrafinch'
/** These would only end the stranger's own session. */
const apart = ['/sign-out']

describe('an organisation', () => {
  let w: World
  let app: Place['app']
  let theirs: Record<string, string>
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules, operations, log: { error: () => {} } })
    theirs = await belongings(w, { app, database: w.database, slug: w.organization.slug }, mark)
  })
  after(() => w.close())

  /** Everything that the administrator of another organisation can try with ids of ours, and what they got out of it or did to us. */
  async function trespass(): Promise<string[]> {
    const before = await fingerprints(w, w.organization.id)
    const found = [...await atRoutes(), ...await atOperations()]
    const afterwards = await fingerprints(w, w.organization.id)
    const changed = Object.keys(before).filter((table) => before[table] !== afterwards[table])
    return [...found, ...changed.map((table) => `${table} changed`)]
  }

  async function atRoutes(): Promise<string[]> {
    const stranger = await member({ app, database: w.database, slug: w.other.slug }, w.other.id, ['admin', 'triager', 'auditor'])
    const found: string[] = []
    for (const { method, path } of everyRoute.filter((route) => !apart.includes(route.path))) {
      const fields = { ...theirs, message: 'I was here', roles: 'admin', reason: 'I was here' }
      const response = await (method === 'GET' ? stranger.get(filled(path, theirs)) : stranger.post(filled(path, theirs), fields))
      if ((await response.text()).includes(mark)) found.push(`${method} ${path} shows what is not theirs`)
    }
    return found
  }

  async function atOperations(): Promise<string[]> {
    const { authorization } = await apiKey(w.database, w.other.id, ['admin', 'triager', 'auditor', 'machine'])
    const found: string[] = []
    for (const operation of everyOperation) {
      const text = await (await called(operation, authorization)).text()
      if (text.includes(mark)) found.push(`${operation.name} shows what is not theirs`)
    }
    return found
  }

  function called(operation: Operation, authorization: string): Response | Promise<Response> {
    const url = `http://avow.test/o/${w.other.slug}/api/v1/${operation.name.replace('.', '/')}`
    const input = inputOf(operation)
    const headers = { authorization, 'content-type': 'application/json' }
    if (operation.is === 'verb') return app.request(url, { method: 'POST', headers, body: JSON.stringify(input) })
    return app.request(`${url}?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]))}`, { headers: { authorization } })
  }

  /** An input that fits, with our ids wherever a field is called like one of them. */
  function inputOf(operation: Operation): Record<string, unknown> {
    const schema = inputSchema(operation.input)
    const ours = Object.entries(theirs).filter(([name]) => schema.properties && Object.hasOwn(schema.properties, name))
    return { ...exampleOf(schema) as Record<string, unknown>, ...Object.fromEntries(ours) }
  }

  it('is neither seen nor changed by the administrator of another one, whatever they call', async () => {
    const found = await trespass()
    assert.deepEqual(found, [], listed(found))
  })

  it('would be seen and changed without row-level security: the test above can fail', async () => {
    await rowSecurity(w, 'disable')
    try {
      const found = (await trespass()).join('\n')
      for (const leak of ['key.list shows', 'GET /desk/policies/:policy shows', 'api_keys changed', 'assets changed']) assert.ok(found.includes(leak), leak)
      assert.doesNotMatch(found, /report\.read shows/, 'what is sealed opens in its own organisation alone, whatever the database shows')
    } finally { await rowSecurity(w, 'enable') }
  })
})
