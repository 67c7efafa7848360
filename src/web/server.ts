import { Hono, type Context, type Next } from 'hono'
import { routePath } from 'hono/route'
import { getPath } from 'hono/utils/url'
import { NotFound } from '../lib/errors.ts'
import { assets } from '../ui/assets.ts'
import { mountApi } from './api/mount.ts'
import { referencePages } from './api/reference.tsx'
import { confirmationOf, confirmingRead } from './confirmation.ts'
import { courseHostApart } from './course-host.ts'
import { failureOf } from './failure.tsx'
import { formHandler, postHandler } from './form.ts'
import { secure } from './headers.ts'
import { liveStream } from './live.ts'
import { mountMcp } from './mcp.ts'
import type { Web } from './module.ts'
import { innerPath, organizationAt } from './resolve.ts'
import { nobody, route, type Env, type WebOptions } from './serve.ts'

export type { WebOptions } from './serve.ts'

/** The whole application as a function from request to response. */
export function createWeb(options: WebOptions): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => innerPath(getPath(request)) })
  app.use(around(options))
  app.use(courseHostApart(options.courseOrigin))
  app.get('/assets/:file', (c) => assetResponse(c.req.path))
  app.use(findPlace(options))
  mountApi(app, options)
  mountMcp(app, options)
  const web = webOf(app, options)
  referencePages(web, options.operations)
  web.get('/live', { may: 'duties.read' }, liveStream(options.database))
  for (const module of options.modules) module.pages?.(web)
  app.notFound(route(options)('public.read', () => { throw new NotFound() }))
  app.onError((error, c) => c.text(failureOf(error, options.log).text, 500))
  return app
}

function webOf(app: Hono<Env>, options: WebOptions): Web {
  const serve = route(options)
  const serveProgram = route(options, nobody)
  const confirmation = confirmationOf(options.modules)
  return {
    get: (path, rule, handler) => void app.get(path, serve(rule.may, (page) => confirmingRead(confirmation, page, '/confirm', () => handler(page)))),
    post: (path, rule, handler) => void app.post(path, serve(rule.may, postHandler(handler, rule, confirmation))),
    form: (verb, how) => void app.post(how.at.slice('POST '.length), serve(verb.may, formHandler(verb, how, confirmation))),
    receive: (path, rule, handler) => void app.post(path, serveProgram(rule.may, handler)),
    protocol: (method, path, handler) => void app.on(method, path, serveProgram('public.read', handler)),
  }
}

/** Around every answer: the headers that keep a browser to the rules, and a line in the log that names a route, never an address. */
const around = (options: WebOptions) => async (c: Context<Env>, next: Next): Promise<void> => {
  const started = performance.now()
  c.set('https', isHttps(c.req.raw, options))
  await next()
  c.res = new Response(c.res.body, c.res)
  secure(c.res.headers, c.get('https'))
  if (options.tor?.onionAddress) announceOnion(c, options.tor.onionAddress)
  options.log.info?.({ method: c.req.method, route: routePath(c), status: c.res.status, ms: Math.round(performance.now() - started) }, 'answered')
}

/** Tor Browser offers the same page at the onion address, where it came by HTTPS (the Tor Project’s Onion-Location). The desk stays where it is. */
function announceOnion(c: Context<Env>, onion: string): void {
  const { pathname, search, host } = new URL(c.req.url)
  const isPage = c.res.headers.get('content-type')?.startsWith('text/html')
  if (isPage && host !== new URL(onion).host && !/^\/(desk|me)(\/|$)/.test(innerPath(pathname))) c.res.headers.set('onion-location', onion + pathname + search)
}

const findPlace = ({ database }: WebOptions) => async (c: Context<Env>, next: Next): Promise<Response | void> => {
  const found = await organizationAt(database, new URL(c.req.url))
  if (!found) return c.text('There is no organisation at this address.', 404)
  c.set('organization', found.organization)
  c.set('base', found.base)
  await next()
}

function assetResponse(path: string): Response {
  const asset = assets.get(path)
  if (!asset) return new Response('Not found', { status: 404 })
  const headers = { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' }
  return new Response(asset.body as Uint8Array<ArrayBuffer>, { headers })
}

/** What the browser sees, which is not what we see behind a proxy that ends TLS: it says so, or the address that people use says so. */
function isHttps(request: Request, { trustProxy, publicUrl }: WebOptions): boolean {
  const url = new URL(request.url)
  const known = publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl) : null
  const forwarded = trustProxy ? request.headers.get('x-forwarded-proto') : null
  return (forwarded ? `${forwarded}:` : known?.host === url.host ? known.protocol : url.protocol) === 'https:'
}
