import { countAttempt } from '../../../../access/attempts.ts'
import { NotFound, Unauthenticated } from '../../../../lib/errors.ts'
import { maxBodyBytes } from '../../../../web/limits.ts'
import type { Handler, Method, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { readText } from '../../../../web/posted.ts'
import { runQuery, runVerb } from '../../../../verbs/run.ts'
import type { Query, Verb } from '../../../../verbs/verb.ts'
import { createUser, patchUser, removeUser, replaceUser } from '../change-users.ts'
import { resourceTypes, schemas, serviceProviderConfig } from '../describe-scim.ts'
import { directoryOf } from '../directory-keys.ts'
import { createGroup, patchGroup, removeGroup, replaceGroup, type ListedGroup } from '../groups.ts'
import { listGroups, listUsers, readGroup, readUser } from '../list-directory.ts'
import { groupFrom, patchFrom, userFrom } from '../scim-json.ts'
import type { ListedUser } from '../users.ts'
import { groupJson, listJson, projected, scim, scimError, userJson } from './scim-answers.ts'

/** Verbs and queries of the directory: what a key of it reaches. */
export const directoryVerbs = [createUser, replaceUser, patchUser, removeUser, createGroup, replaceGroup, patchGroup, removeGroup] as const
export const directoryQueries = [listUsers, readUser, listGroups, readGroup] as const
const operations = [...directoryVerbs, ...directoryQueries].map(({ name }) => name)

const perNetwork = { name: 'scim network', count: 6000, perSeconds: 60 }
const base = '/scim/v2'

/** SCIM 2.0 (RFC 7644): the identity provider's directory says who is on the team. Each request is a verb or a query, with the directory's key as its actor. */
export function scimPages(web: Web): void {
  const on = (method: Method, path: string, act: (call: Call) => Promise<Response>) => web.protocol(method, base + path, answering(act))
  describe(web)
  const users = { create: createUser, replace: replaceUser, patch: patchUser, remove: removeUser, list: listUsers, read: readUser }
  const groups = { create: createGroup, replace: replaceGroup, patch: patchGroup, remove: removeGroup, list: listGroups, read: readGroup }
  resources(on, { path: 'Users', from: userFrom, to: userJson }, users)
  resources(on, { path: 'Groups', from: groupFrom, to: groupJson }, groups)
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) on(method, '/*', async () => { throw new NotFound('There is no such endpoint.') })
}

function describe(web: Web): void {
  const told = (path: string, body: object) => web.protocol('GET', base + path, () => scim(body))
  told('/ServiceProviderConfig', serviceProviderConfig)
  told('/ResourceTypes', listJson(resourceTypes))
  told('/Schemas', listJson(schemas))
  for (const type of resourceTypes) told(`/ResourceTypes/${type.id}`, type)
  for (const schema of schemas) told(`/Schemas/${schema.id}`, schema)
}

interface Operations<T> {
  readonly create: Verb<any, T>
  readonly replace: Verb<any, T>
  readonly patch: Verb<any, T>
  readonly remove: Verb<any, void>
  readonly list: Query<any, { total: number; startIndex: number; resources: readonly T[] }>
  readonly read: Query<any, T>
}

interface Resources<T> {
  readonly path: string
  from(json: unknown): object
  to(page: Page, one: T): object
}

type On = (method: Method, path: string, act: (call: Call) => Promise<Response>) => void

/** The seven requests that there are for each kind of resource (RFC 7644, section 3.2). */
function resources<T extends ListedUser | ListedGroup>(on: On, { path, from, to }: Resources<T>, verbs: Operations<T>): void {
  const one = async ({ page }: Call, resource: T, status = 200) => {
    const body = to(page, resource)
    return scim(projected(body, page.url.searchParams), status, { location: page.address(`${base}/${path}/${resource.id}`) })
  }
  on('GET', `/${path}`, async (call) => {
    const { total, startIndex, resources: found } = await call.ask(verbs.list, asked(call.page.url.searchParams))
    const { searchParams } = call.page.url
    return scim(listJson(found.map((resource) => projected(to(call.page, resource), searchParams)), total, startIndex))
  })
  on('POST', `/${path}`, async (call) => one(call, await call.run(verbs.create, from(await call.body())), 201))
  on('GET', `/${path}/:id`, async (call) => one(call, await call.ask(verbs.read, { id: call.page.param('id') })))
  on('PUT', `/${path}/:id`, async (call) => one(call, await call.run(verbs.replace, { ...from(await call.body()), id: call.page.param('id') })))
  on('PATCH', `/${path}/:id`, async (call) => {
    const { Operations: changes } = patchFrom(await call.body())
    return one(call, await call.run(verbs.patch, { id: call.page.param('id'), operations: changes }))
  })
  on('DELETE', `/${path}/:id`, async (call) => {
    await call.run(verbs.remove, { id: call.page.param('id') })
    return new Response(null, { status: 204 })
  })
}

/** One request of a directory that has shown its key. */
interface Call {
  readonly page: Page
  body(): Promise<unknown>
  run<O>(verb: Verb<any, O>, input: unknown): Promise<O>
  ask<O>(query: Query<any, O>, input: unknown): Promise<O>
}

const answering = (act: (call: Call) => Promise<Response>): Handler => async (page) => {
  try { return await act(await callOf(page)) } catch (error) { return scimError(error) }
}

async function callOf(page: Page): Promise<Call> {
  const { deps, organization, request } = page
  await countAttempt(deps.database, perNetwork, page.network)
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const actor = token && await directoryOf(deps.database, organization.id, token, operations)
  if (!actor) throw new Unauthenticated('Send a key of the directory, as in “Authorization: Bearer avow_directory_…”.')
  return {
    page,
    body: async () => JSON.parse(await readText(request, maxBodyBytes) || '{}') as unknown,
    run: (verb, input) => runVerb(deps, verb, actor, organization.id, input),
    ask: (query, input) => runQuery(deps, query, actor, organization.id, input),
  }
}

/** What is no number is left to the default: a list is answered all the same. */
function asked(query: URLSearchParams) {
  const filter = query.get('filter')
  const whole = (name: string) => /^-?\d{1,9}$/.test(query.get(name) ?? '') ? { [name]: Number(query.get(name)) } : {}
  return { ...filter ? { filter } : {}, ...whole('startIndex'), ...whole('count') }
}
