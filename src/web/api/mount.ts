import type { Context, Hono } from 'hono'
import { demand } from '../../access/may.ts'
import { Invalid, NotFound } from '../../lib/errors.ts'
import { shapeOf } from '../../verbs/fields.ts'
import { entered, fromForm } from '../../verbs/form-input.ts'
import { runQuery, runVerb, runVerbOnce } from '../../verbs/run.ts'
import type { Query, Verb } from '../../verbs/verb.ts'
import { maxBodyBytes } from '../limits.ts'
import { readText } from '../posted.ts'
import { networkOf, type Env, type WebOptions } from '../serve.ts'
import { stageUpload } from '../upload.ts'
import { caller } from './caller.ts'
import { openApi } from './openapi.ts'
import { problemResponse } from './problem.ts'

/** Mounts every operation at `/api/v1/NOUN/VERB`, uploads, and the OpenAPI document that describes them. */
export function mountApi(app: Hono<Env>, options: WebOptions): void {
  const api = (handle: (c: Context<Env>) => Promise<Response>) => async (c: Context<Env>) => {
    try { return await handle(c) } catch (error) { return problemResponse(error, options.log) }
  }
  app.get('/api/openapi.json', (c) => c.json(openApi(options.operations, c.get('organization'), new URL(c.req.url).origin + c.get('base'))))
  app.post('/api/v1/attachments', api((c) => upload(c, options)))
  app.on(['GET', 'POST'], '/api/v1/:noun/:verb', api((c) => call(c, options)))
  app.all('/api/v1/*', api(async () => { throw new NotFound('There is no such operation. /api lists those there are.') }))
}

async function call(c: Context<Env>, options: WebOptions): Promise<Response> {
  const operation = options.operations.find(`${c.req.param('noun')}.${c.req.param('verb')}`)
  if (!operation) throw new NotFound('There is no such operation. /api lists those there are.')
  const method = operation.is === 'verb' ? 'POST' : 'GET'
  if (c.req.method !== method) return new Response(null, { status: 405, headers: { allow: method } })
  return operation.is === 'verb' ? act(c, options, operation) : ask(c, options, operation)
}

async function act(c: Context<Env>, options: WebOptions, verb: Verb): Promise<Response> {
  const organizationId = c.get('organization').id
  const actor = await caller(c, options)
  demand(actor, verb.may, verb.name)
  const input = await jsonBody(c.req.raw)
  const key = c.req.header('idempotency-key')
  if (key === undefined) return answer(await runVerb(options, verb, actor, organizationId, input))
  const { answer: result, again } = await runVerbOnce(options, verb, actor, organizationId, input, key)
  return answer(result, again ? { 'idempotency-replayed': 'true' } : {})
}

async function ask(c: Context<Env>, options: WebOptions, query: Query): Promise<Response> {
  const organizationId = c.get('organization').id
  const actor = await caller(c, options)
  demand(actor, query.may, query.name)
  const raw = entered(new URL(c.req.url).searchParams)
  const unknown = Object.keys(raw).filter((name) => !Object.hasOwn(shapeOf(query.input), name))
  if (unknown.length > 0) throw new Invalid(Object.fromEntries(unknown.map((name) => [name, 'There is no such field.'])))
  return answer(await runQuery(options, query, actor, organizationId, fromForm(query.input, raw)))
}

/** Takes the body as it is, streamed and sealed; the id goes into the input of the operation that the file is for. */
async function upload(c: Context<Env>, options: WebOptions): Promise<Response> {
  const organizationId = c.get('organization').id
  const actor = await caller(c, options)
  demand(actor, 'reports.submit')
  const name = c.req.query('name')
  if (!name) throw new Invalid({ name: 'Give the file’s name, as in /api/v1/attachments?name=scan.txt.' })
  if (!c.req.raw.body) throw new Invalid({ '': 'Send the file as the body of the request.' })
  const type = c.req.header('content-type') ?? 'application/octet-stream'
  const from = { organizationId, network: networkOf(c, options.trustProxy), name, type }
  return answer(await stageUpload(options.database, from, c.req.raw.body), {}, 201)
}

async function jsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) throw new Invalid({ '': 'Send the input as JSON, with content-type application/json.' })
  const text = await readText(request, maxBodyBytes)
  try { return JSON.parse(text || '{}') } catch { throw new Invalid({ '': 'This is not JSON.' }) }
}

function answer(result: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return result === undefined || result === null ? new Response(null, { status: 204, headers }) : Response.json(result, { status, headers })
}
