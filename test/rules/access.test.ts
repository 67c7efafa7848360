import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { permissions, type Permission } from '../../src/access/roles.ts'
import { modules } from '../../src/app.ts'
import { accessMatrix, carries, columns, type Column } from '../../src/verbs/access-matrix.ts'
import type { Operation } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { everyOperation, everyRoute, filled, operations, type Route } from '../support/routes.ts'
import { apiKey, browser, member, type Place, type Visitor } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'
import { listed, root } from './source.ts'

const isPublic = (may: Permission) => (permissions[may] as readonly string[]).includes('anyone')
/** Whoever is signed in may, of this team or not. */
const isForPeople = (may: Permission) => (permissions[may] as readonly string[]).includes('person')
const guarded = everyRoute.filter(({ may }) => !isPublic(may))

describe('access', () => {
  let w: World
  let place: Place
  const problems: unknown[] = []
  before(async () => {
    w = await world()
    const app = createWeb({ database: w.database, modules, operations, log: { error: (fields) => void problems.push(fields) } })
    place = { app, database: w.database, slug: w.organization.slug }
  })
  after(() => w.close())

  const visit = (visitor: Visitor, { method, path }: Route) => (method === 'GET' ? visitor.get(filled(path)) : visitor.post(filled(path)))
  const call = async (operation: Operation, authorization?: string) => {
    const url = `http://avow.test/o/${w.organization.slug}/api/v1/${operation.name.replace('.', '/')}`
    const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) }
    return (await place.app.request(url, operation.is === 'verb' ? { method: 'POST', headers, body: '{}' } : { headers })).status
  }

  it('is printed as it is: npm run docs changes nothing', () => {
    assert.equal(readFileSync(`${root}/docs/guides/access-matrix.md`, 'utf8'), accessMatrix(operations))
  })

  it('is demanded of every operation exactly as the matrix says', async () => {
    const wrong: string[] = []
    for (const column of columns) {
      if (column === 'reporter' || column === 'guest'
        || column === 'person') continue // no key is a reporter's, a guest's or a person's; access-people.test.ts tries those
      const authorization = column === 'anyone' ? undefined : (await apiKey(w.database, w.organization.id, [column])).authorization
      for (const operation of everyOperation) {
        const status = await call(operation, authorization)
        const refused = status === 401 || status === 403
        if (refused === allowed(column, operation) || status >= 500) wrong.push(`${operation.name} as ${column}: ${status}`)
      }
    }
    assert.deepEqual(wrong, [], listed([...wrong, JSON.stringify(problems)]))
  })

  it('is demanded of every route exactly as its permission says', async () => {
    const wrong: string[] = []
    for (const role of ['admin', 'triager', 'member', 'auditor'] as const) {
      const visitor = await member(place, w.organization.id, [role])
      for (const route of guarded) {
        const { status } = await visit(visitor, route)
        const carried = isForPeople(route.may) || (permissions[route.may] as readonly string[]).includes(role)
        if ((status === 401 || status === 403) === carried || status >= 500) wrong.push(`${route.method} ${route.path} as ${role}: ${status}`)
      }
    }
    assert.deepEqual(wrong, [], listed([...wrong, JSON.stringify(problems)]))
  })

  it('lets nobody, and nobody of another organisation, past a route that is not public', async () => {
    const wrong: string[] = []
    const visitors = { nobody: browser(place), stranger: await member(place, w.other.id, ['admin']) }
    for (const [name, visitor] of Object.entries(visitors)) {
      for (const route of guarded.filter(({ may }) => name === 'nobody' || !isForPeople(may))) {
        const { status } = await visit(visitor, route)
        if (status !== 401 && status !== 404) wrong.push(`${route.method} ${route.path} as ${name}: ${status}`)
      }
    }
    assert.deepEqual(wrong, [], listed(wrong))
  })

  it('lets nobody, and no key of another organisation, call an operation that is not public', async () => {
    const wrong: string[] = []
    const { authorization } = await apiKey(w.database, w.other.id, ['admin', 'machine'])
    for (const operation of everyOperation) {
      if (!isPublic(operation.may) && await call(operation) !== 401) wrong.push(`${operation.name} as nobody`)
      if (await call(operation, authorization) !== 401) wrong.push(`${operation.name} with a stranger’s key`)
    }
    assert.deepEqual(wrong, [], listed(wrong))
  })
})

/** Any key is a machine, whatever other roles it has. */
const allowed = (column: Column, operation: Operation): boolean => carries(column, operation) || (column !== 'anyone' && carries('machine', operation))
