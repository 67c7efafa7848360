import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Actor, From } from '../access/actor.ts'
import { demand } from '../access/may.ts'
import type { Organization } from '../access/organizations.ts'
import type { Permission } from '../access/roles.ts'
import type { Registry } from '../verbs/registry.ts'
import type { Deps } from '../verbs/run.ts'
import { html } from './answer.ts'
import { visitor } from './arrival.ts'
import { Cookies } from './cookies.ts'
import { failureOf, FailurePage, type Log } from './failure.tsx'
import type { Handler, Module } from './module.ts'
import { networkOfAddress } from './network.ts'
import { Page } from './page.ts'
import { within } from './place.ts'
import { throughTor, type TorWays } from './tor.ts'

export interface WebOptions extends Deps {
  readonly modules: readonly Module[]
  readonly operations: Registry
  readonly log: Log
  /** Behind a proxy that ends TLS: its X-Forwarded-Proto and X-Forwarded-For are believed. */
  readonly trustProxy?: boolean
  /** How visitors come through Tor. */
  readonly tor?: TorWays
}

/** What the server hands over beside the request, and what the first handlers find out. Bindings are absent in tests. */
export interface Env {
  Bindings: Partial<HttpBindings>
  Variables: { organization: Organization; base: string; https: boolean }
}

type WhoComes = (cookies: Cookies, organization: Organization, wanted: Permission) => Promise<Actor>

/** Turns a handler into a route: opens the page, demands the permission, draws the answer, and adds the cookies that were set on the way. */
export const route = (options: WebOptions, who: WhoComes = byCookies(options)): Route => (may, handler) => async (c) => {
  const page = await openPage(options, c, (cookies) => who(cookies, c.get('organization'), may))
  const here = { base: c.get('base'), csrf: () => page.csrf }
  const answer = await within(here, () => answered(page, may, handler, options.log))
  const response = new Response(answer.body, answer)
  page.cookies.appendTo(response.headers)
  return response
}

type Route = (may: Permission, handler: Handler) => (c: Context<Env>) => Promise<Response>

const byCookies = (options: WebOptions): WhoComes => (cookies, organization, wanted) =>
  visitor(options, options.modules, organization.id, cookies, wanted)

/** For posts by programs, whose cookies count for nothing. */
export const nobody: WhoComes = async () => ({ kind: 'nobody' })

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

async function openPage(options: WebOptions, c: Context<Env>, who: (cookies: Cookies) => Promise<Actor>): Promise<Page> {
  const request = c.req.raw
  const cookies = new Cookies(request, c.get('https'))
  const from = fromWhere(c, options)
  return new Page({
    deps: options, request, cookies, organization: c.get('organization'), actor: { ...await who(cookies), from }, params: c.req.param(), path: c.req.path,
    network: from.network,
  })
}

/** The way by which a request came. */
export function fromWhere(c: Context<Env>, { trustProxy, tor = {} }: Pick<WebOptions, 'trustProxy' | 'tor'>): From {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  const socket = c.env?.incoming?.socket.remoteAddress
  return { network: networkOfAddress(forwarded ?? socket ?? 'unknown'), tor: throughTor(tor, { host: new URL(c.req.url).host, socket, forwarded }) }
}

/** Where the request comes from, for counting attempts; it is never stored or logged as it is. Of several proxies' words only the nearest one's is ours. */
export const networkOf = (c: Context<Env>, trustProxy = false): string => fromWhere(c, { trustProxy }).network
