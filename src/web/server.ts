import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { getPath } from 'hono/utils/url'
import { demand } from '../access/may.ts'
import type { Organization } from '../access/organizations.ts'
import { NotFound } from '../lib/errors.ts'
import type { Registry } from '../verbs/registry.ts'
import type { Deps } from '../verbs/run.ts'
import type { Permission } from '../access/roles.ts'
import { assets } from '../ui/assets.ts'
import { html } from './answer.ts'
import { mountApi } from './api/mount.ts'
import { referencePages } from './api/reference.tsx'
import { visitor } from './arrival.ts'
import { Cookies } from './cookies.ts'
import { failureOf, FailurePage, type Log } from './failure.tsx'
import { formHandler, postHandler } from './form.ts'
import { secure } from './headers.ts'
import { liveStream } from './live.ts'
import { mountMcp } from './mcp.ts'
import type { Handler, Module, Web } from './module.ts'
import { Page } from './page.ts'
import { within } from './place.ts'
import { innerPath, organizationAt } from './resolve.ts'

export interface WebOptions extends Deps {
  readonly modules: readonly Module[]
  readonly operations: Registry
  readonly log: Log
  /** Behind a proxy that ends TLS: its X-Forwarded-Proto and X-Forwarded-For are believed. */
  readonly trustProxy?: boolean
}

/** What the server hands over beside the request: its connection. Absent in tests. */
type Bindings = Partial<HttpBindings>
export interface Env { Bindings: Bindings; Variables: { organization: Organization; base: string; https: boolean } }

/** The whole application as a function from request to response. */
export function createWeb(options: WebOptions): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => innerPath(getPath(request)) })
  app.use(async (c, next) => {
    c.set('https', isHttps(c.req.raw, options.trustProxy))
    await next()
    c.res = new Response(c.res.body, c.res)
    secure(c.res.headers, c.get('https'))
  })
  app.get('/assets/:file', (c) => assetResponse(c.req.path))
  app.use(async (c, next) => {
    const found = await organizationAt(options.database, new URL(c.req.url))
    if (!found) return c.text('There is no organisation at this address.', 404)
    c.set('organization', found.organization)
    c.set('base', found.base)
    await next()
  })
  const serve = server(options)
  const web: Web = {
    get: (path, rule, handler) => void app.get(path, serve(rule.may, handler)),
    receive: (path, rule, handler) => void app.post(path, serve(rule.may, handler)),
    post: (path, rule, handler) => void app.post(path, serve(rule.may, postHandler(handler))),
    form: (verb, how) => void app.post(how.at.slice('POST '.length), serve(verb.may, formHandler(verb, how))),
  }
  mountApi(app, options)
  mountMcp(app, options)
  referencePages(web, options.operations)
  web.get('/live', { may: 'duties.read' }, liveStream(options.database))
  for (const module of options.modules) module.pages?.(web)
  app.notFound((c) => serve('public.read', () => { throw new NotFound() })(c))
  return app
}

/** Opens the page, lets the handler answer inside the organisation's place, and adds the cookies that were set on the way. */
const server = (options: WebOptions) => (may: Permission, handler: Handler) => async (c: Context<Env>): Promise<Response> => {
  const page = await openPage(options, c, may)
  const here = { base: c.get('base'), csrf: () => page.csrf }
  const answer = await within(here, () => answered(page, may, handler, options.log))
  const response = new Response(answer.body, answer)
  page.cookies.appendTo(response.headers)
  return response
}

/** Demands the permission first, and maps whatever is thrown to a page. */
async function answered(page: Page, may: Permission, handler: Handler, log: Log): Promise<Response> {
  try {
    demand(page.actor, may)
    const answer = await handler(page)
    return answer instanceof Response ? answer : await html(answer)
  } catch (error) {
    const failure = failureOf(error, log)
    return html(FailurePage({ page, failure }), failure.status, failure.headers)
  }
}

async function openPage(options: WebOptions, c: Context<Env>, wanted: Permission): Promise<Page> {
  const organization = c.get('organization')
  const request = c.req.raw
  const cookies = new Cookies(request, c.get('https'))
  const actor = await visitor(options.database, options.modules, organization.id, cookies, wanted)
  return new Page({ deps: options, request, organization, actor, cookies, params: c.req.param(), path: c.req.path, network: networkOf(c, options.trustProxy) })
}

function assetResponse(path: string): Response {
  const asset = assets.get(path)
  if (!asset) return new Response('Not found', { status: 404 })
  return new Response(asset.body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' } })
}

function isHttps(request: Request, trustProxy = false): boolean {
  const forwarded = trustProxy ? request.headers.get('x-forwarded-proto') : null
  return (forwarded ?? new URL(request.url).protocol.slice(0, -1)) === 'https'
}

/** Where the request comes from, for counting attempts; it is never stored or logged as it is. */
export function networkOf(c: Context<Env>, trustProxy = false): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? c.env?.incoming?.socket.remoteAddress ?? 'unknown'
}
