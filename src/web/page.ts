import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/may.ts'
import { originOf, type Organization } from '../access/organizations.ts'
import type { Permission } from '../access/roles.ts'
import type { Tx } from '../db/tx.ts'
import { runQuery, type Deps } from '../verbs/run.ts'
import type { Query } from '../verbs/verb.ts'
import { Cookies } from './cookies.ts'
import { csrfToken } from './csrf.ts'
import { at } from './place.ts'

interface Arrival {
  readonly deps: Deps
  readonly request: Request
  readonly organization: Organization
  readonly actor: Actor
  readonly cookies: Cookies
  readonly params: Readonly<Record<string, string>>
  readonly path: string
  readonly network: string
}

/** One request of one visitor to one organisation: what a handler has in hand. */
export class Page {
  readonly request: Request
  readonly url: URL
  readonly organization: Organization
  readonly actor: Actor
  readonly cookies: Cookies
  /** Path within the organisation, without its base: `/desk/reports`. */
  readonly path: string
  /** The visitor's network address. Never stored or logged as it is. */
  readonly network: string
  readonly at = at
  readonly #deps: Deps
  readonly #params: Readonly<Record<string, string>>
  /** While everything is read at one moment. */
  #moment: Tx | undefined

  constructor({ deps, request, organization, actor, cookies, params, path, network }: Arrival) {
    this.request = request
    this.url = new URL(request.url)
    this.organization = organization
    this.actor = actor
    this.cookies = cookies
    this.path = path
    this.network = network
    this.#deps = deps
    this.#params = params
  }

  /** The same request by the same person, who has just shown once more that it is they. Cookies stay shared. */
  as(actor: Actor): Page {
    const { request, organization, cookies, path, network } = this
    return new Page({ deps: this.#deps, params: this.#params, request, organization, actor, cookies, path, network })
  }

  get deps(): Deps { return this.#deps }
  get zone(): string { return this.organization.zone }
  /** The token that every form carries; `Form` puts it in. */
  get csrf(): string { return csrfToken(this.cookies) }
  get params(): Readonly<Record<string, string>> { return this.#params }

  /** What the last page left to be said once. Reading it removes it. */
  get flash(): string | undefined {
    const said = this.cookies.get('flash')
    if (said) this.cookies.set('flash', '', 0)
    return said || undefined
  }

  /** Says something on the page that comes next. Never anything secret. */
  say(sentence: string): void { this.cookies.set('flash', sentence, 60) }

  /** A parameter of the path, by the name that the route gave it. */
  param(name: string): string {
    const value = this.#params[name]
    if (value === undefined) throw new Error(`The route has no parameter “${name}”.`)
    return value
  }

  /** The full address of one of our pages, for others to keep. */
  address(path: string): string {
    const { publicUrl } = this.#deps
    return (publicUrl === undefined ? this.url.origin : originOf(this.organization, publicUrl)) + at(path)
  }

  may(permission: Permission): boolean { return may(this.actor, permission) }

  read<I extends z.ZodObject, O>(query: Query<I, O>, input: z.input<I>): Promise<O> {
    return runQuery(this.#deps, query, this.actor, this.organization.id, input, this.#moment)
  }

  /** Several reads that see the same moment. */
  reading<T>(use: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#moment ? use(this.#moment) : this.#deps.database.read(this.organization.id, use)
  }

  /** All that is read until `use` has answered sees the same moment, whoever reads it: a page of many parts takes one transaction instead of dozens. */
  atOneMoment<T>(use: () => Promise<T>): Promise<T> {
    const around = this.#moment
    return this.reading(async (tx) => {
      this.#moment = tx
      try { return await use() } finally { this.#moment = around }
    })
  }
}
