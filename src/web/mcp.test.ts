import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { z } from 'zod'
import { apiKey } from '../../test/support/visitors.ts'
import { world, type World } from '../../test/support/world.ts'
import { registry } from '../verbs/registry.ts'
import { query, verb } from '../verbs/verb.ts'
import type { Module } from './module.ts'
import { createWeb } from './server.ts'

const declared = {
  summary: 'Does it.', input: z.object({ report: z.string().min(1) }),
  run: async (_: unknown, { report }: { report: string }) => ({ done: report }),
}
const things: Module = {
  name: 'things',
  verbs: [
    verb({ ...declared, name: 'report.note', may: 'reports.triage', entries: [], assistants: true }),
    verb({ ...declared, name: 'report.close', may: 'reports.triage', entries: [] }),
    verb({ ...declared, name: 'report.erase', may: 'reports.erase', entries: [], assistants: true }),
  ],
  queries: [query({ ...declared, name: 'report.read', may: 'reports.read', assistants: true })],
}

describe('the MCP endpoint', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules: [things], operations: registry([things], () => true), log: { error: (...args) => console.error(args) } })
  })
  after(() => w.close())

  const keyFor = async (assistant: boolean, verbs: string[] | null = null) =>
    (await apiKey(w.database, w.organization.id, ['triager'], { assistant, verbs })).authorization.slice('Bearer '.length)
  const connected = async (token: string) => {
    const client = new Client({ name: 'test', version: '1' })
    const url = new URL(`http://avow.test/o/${w.organization.slug}/mcp`)
    await client.connect(new StreamableHTTPClientTransport(url, {
      requestInit: { headers: { authorization: `Bearer ${token}` } }, fetch: async (to, init) => app.request(new Request(to, init)),
    }))
    return client
  }

  it('offers what opted in and what the key’s roles carry, and nothing else', async () => {
    const client = await connected(await keyFor(true))
    assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ['report_note', 'report_read'])
    const narrow = await connected(await keyFor(true, ['report.read']))
    assert.deepEqual((await narrow.listTools()).tools.map(({ name }) => name), ['report_read'])
  })

  it('runs a tool, and answers a refusal so that it can be mended', async () => {
    const client = await connected(await keyFor(true))
    assert.deepEqual((await client.callTool({ name: 'report_note', arguments: { report: 'r1' } })).structuredContent, { done: 'r1' })
    const wrong = [['report_note', '', /This is needed/], ['report_close', 'r1', /no such tool/], ['report_erase', 'r1', /no such tool/]] as const
    for (const [name, report, said] of wrong) {
      const refused = await client.callTool({ name, arguments: { report } })
      assert.equal(refused.isError, true)
      assert.match(JSON.stringify(refused.content), said)
    }
  })

  it('answers the stateless revision of the protocol too', async () => {
    const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} }
    const response = await app.request(`http://avow.test/o/${w.organization.slug}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${await keyFor(true)}`,
        'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }),
    })
    const { result } = await response.json() as { result: { resultType: string; tools: unknown[] } }
    assert.deepEqual({ type: result.resultType, tools: result.tools.length }, { type: 'complete', tools: 2 })
  })

  it('is closed to visitors, to keys of the API, and to pages of other sites; its keys open nothing else', async () => {
    const url = `http://avow.test/o/${w.organization.slug}`
    const post = (headers: Record<string, string>) => app.request(`${url}/mcp`, { method: 'POST', headers, body: '{}' })
    assert.equal((await post({})).status, 401)
    assert.equal((await post({ authorization: `Bearer ${await keyFor(false)}` })).status, 401)
    assert.equal((await post({ authorization: `Bearer ${await keyFor(true)}`, origin: 'https://elsewhere.test' })).status, 403)
    assert.equal((await app.request(`${url}/api/v1/report/read?report=r1`, { headers: { authorization: `Bearer ${await keyFor(true)}` } })).status, 401)
  })
})
