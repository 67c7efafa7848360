import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operations } from '../../../../test/support/routes.ts'
import { apiKey } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { createAccount } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { addMember, rolesOf } from '../../../access/memberships.ts'
import { findSession, startSession } from '../../../access/sessions.ts'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { eraseAccount } from '../me/erase-account.ts'
import { claimDomain } from '../single-sign-on/domains.ts'
import { setGroupRoles } from '../single-sign-on/group-roles.ts'
import { lookAtDomains } from '../single-sign-on/look-at-domains.ts'
import { createDirectoryKey, revokeDirectoryKey } from './directory-keys.ts'

interface Answer { status: number; location: string | null; json: any }

describe('the directory, by SCIM', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let admin: Extract<Actor, { kind: 'member' }>
  let key: string

  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
    const accountId = await account('root@example.org')
    await w.write((tx) => addMember(tx, accountId, ['admin']))
    admin = { kind: 'member', accountId, personName: 'Root', roles: ['admin'], confirmed: true }
    const { record } = await w.as(admin).run(claimDomain, { domain: 'example.org' })
    await lookAtDomains(w.database, w.organization.id, { kind: 'system', job: 'test' }, async () => [[record.text]])
    key = (await w.as(admin).run(createDirectoryKey, { name: 'Example directory' })).key
    await w.as(admin).run(setGroupRoles, { roles: ['member'] })
  })
  after(() => w.close())

  const account = (address: string) => w.write((tx) => createAccount(tx.db, tx.keyring, { name: 'Somebody', address }, 'correct horse battery staple'))

  const call = (path: string, authorization: string, method = 'GET', body = method === 'GET' ? null : '{}') =>
    app.request(`http://avow.test/o/${w.organization.slug}${path}`, { method, body, headers: { authorization, 'content-type': 'application/json' } })

  async function scim(method: string, path: string, body?: unknown, { token = key, slug = w.organization.slug } = {}): Promise<Answer> {
    const response = await app.request(`http://avow.test/o/${slug}/scim/v2${path}`, {
      method, headers: { 'content-type': 'application/scim+json', ...token && { authorization: `Bearer ${token}` } },
      ...body !== undefined && { body: JSON.stringify(body) },
    })
    const text = await response.text()
    return { status: response.status, location: response.headers.get('location'), json: text ? JSON.parse(text) : null }
  }

  const newUser = (name: string, more: object = {}) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `${name}@example.org`, externalId: `x-${name}`, active: true,
    name: { givenName: name, familyName: 'Example' }, emails: [{ value: `${name}@example.org`, type: 'work', primary: true }], ...more,
  })
  const create = async (name: string, more?: object) => (await scim('POST', '/Users', newUser(name, more))).json.id as string
  const rowOf = (id: string) => w.read((tx) => tx.db.selectFrom('directory_users').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
  const accountOf = async (id: string) => (await rowOf(id)).account_id
  const rolesIn = async (id: string) => { const person = await accountOf(id); return w.read((tx) => rolesOf(tx, person)) }
  const change = (...operationsSent: object[]) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operationsSent })
  const session = async (person: string) => startSession(w.database.global, person, { methods: ['password'] })

  it('says where somebody works, as what and under whom, and what has changed is a move', async () => {
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    const boss = await create('boss')
    const id = await create('worker', { title: 'Engineer', addresses: [{ type: 'work', country: 'ch' }], [extension]: { department: 'Engines',
      manager: { value: boss } } })
    const known = async () => {
      const accountId = await accountOf(id)
      return w.read((tx) => tx.db.selectFrom('people').select(['title', 'department', 'country', 'manager_id', 'source']).where('account_id', '=', accountId)
        .executeTakeFirstOrThrow())
    }
    assert.deepEqual(await known(), { title: 'Engineer', department: 'Engines', country: 'CH', manager_id: await accountOf(boss), source: 'provider' })
    const answer = await scim('PATCH', `/Users/${id}`, change(
      { op: 'Replace', path: `${extension}:department`, value: 'Wheels' }, { op: 'Replace', path: 'addresses[type eq "work"].country', value: 'AT' },
      { op: 'Add', path: `${extension}:manager`, value: boss },
    ))
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.json[extension], { department: 'Wheels', manager: { value: boss } })
    assert.ok(answer.json.schemas.includes(extension))
    assert.deepEqual([(await known()).department, (await known()).country], ['Wheels', 'AT'])
    assert.equal((await w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'person.moved').execute())).length, 1)
  })

  it('names somebody, who is a member at once', async () => {
    const more = { nickName: 'Countess', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Engines' } }
    const { status, location, json } = await scim('POST', '/Users', newUser('ada', more))
    assert.equal(status, 201)
    assert.equal(location, json.meta.location)
    assert.ok(location?.endsWith(`/scim/v2/Users/${json.id}`))
    assert.equal(json.userName, 'ada@example.org')
    assert.equal(json.nickName, undefined)
    assert.deepEqual(await rolesIn(json.id), ['member'])
    assert.deepEqual((await scim('GET', `/Users/${json.id}`)).json, json)
  })

  it('finds them as directories ask: by userName, by externalId, with more', async () => {
    const found = async (filter: string) => (await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json
    for (const filter of ['userName eq "ADA@example.org"', 'externalId eq "x-ada"', 'userName eq "ada@example.org" and active eq true',
      'emails[type eq "work" and value sw "ada"]', 'name.givenName eq "ada"']) {
      assert.deepEqual((await found(filter)).Resources.map((one: { userName: string }) => one.userName), ['ada@example.org'], filter)
    }
    const none = await found('userName eq "nobody@example.org"')
    assert.deepEqual([none.totalResults, none.Resources], [0, []])
    assert.equal((await scim('GET', '/Users?filter=userName')).json.scimType, 'invalidFilter')
  })

  it('lists page by page', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await create(name)
    const { json } = await scim('GET', `/Users?startIndex=2&count=2&filter=${encodeURIComponent('userName sw "page-"')}&attributes=userName`)
    assert.deepEqual([json.totalResults, json.startIndex, json.itemsPerPage], [3, 2, 2])
    for (const one of json.Resources) assert.deepEqual(Object.keys(one).sort(), ['id', 'meta', 'schemas', 'userName'])
    assert.equal((await scim('GET', '/Users?count=0')).json.Resources.length, 0)
  })

  it('refuses a second user of the same name, an address of somebody else’s domain, and no address', async () => {
    assert.deepEqual(pick(await scim('POST', '/Users', newUser('ada'))), [409, 'uniqueness'])
    assert.deepEqual(pick(await scim('POST', '/Users', newUser('eve', { emails: [{ value: 'eve@elsewhere.example' }] }))), [400, 'invalidValue'])
    assert.deepEqual(pick(await scim('POST', '/Users', newUser('eve', { userName: 'eve', emails: [] }))), [400, 'invalidValue'])
    assert.deepEqual(pick(await scim('POST', '/Users', { schemas: [] })), [400, 'invalidValue'])
  })

  it('ends sessions and keys at once when it deactivates somebody, and records it', async () => {
    for (const [name, body] of Object.entries({
      okta: change({ op: 'replace', value: { active: false } }), entra: change({ op: 'Replace', path: 'active', value: 'False' }),
    })) {
      const id = await create(name)
      const person = await accountOf(id)
      const token = await session(person)
      const made = await apiKey(w.database, w.organization.id, ['member'])
      await w.write((tx) => tx.db.updateTable('api_keys').set({ created_by: person }).where('id', '=', made.id).execute())
      const { status, json } = await scim('PATCH', `/Users/${id}`, body)
      assert.deepEqual([status, json.active], [200, false])
      assert.equal(await findSession(w.database.global, token), null)
      assert.equal((await call('/api/v1/duty/list', made.authorization)).status, 401)
      assert.equal(await rolesIn(id), null)
      const recorded = await w.read((tx) => tx.db.selectFrom('entries').select('kind').where('actor', 'like', 'machine:%').execute())
      for (const kind of ['person.left', 'key.revoked']) assert.equal(recorded.filter((entry) => entry.kind === kind).length, name === 'okta' ? 1 : 2, kind)
      assert.equal((await scim('PATCH', `/Users/${id}`, change({ op: 'replace', path: 'active', value: true }))).json.active, true)
      assert.deepEqual(await rolesIn(id), ['member'])
    }
  })

  it('replaces and removes somebody', async () => {
    const id = await create('mary')
    const { status, json } = await scim('PUT', `/Users/${id}`, { ...newUser('mary'), displayName: 'Mary S.', active: 'True' })
    assert.deepEqual([status, json.displayName, json.active], [200, 'Mary S.', true])
    const person = await accountOf(id)
    assert.equal((await scim('DELETE', `/Users/${id}`)).status, 204)
    assert.equal((await scim('GET', `/Users/${id}`)).status, 404)
    assert.equal(await w.read((tx) => rolesOf(tx, person)), null)
    assert.equal((await scim('POST', '/Users', newUser('mary'))).status, 201)
    assert.deepEqual(await w.read((tx) => rolesOf(tx, person)), ['member'], 'the same person, by the same address')
  })

  it('gives roles by groups, as the desk has decided', async () => {
    const [ida, bea] = [await create('ida'), await create('bea')]
    const { status, json: group } = await scim('POST', '/Groups', { displayName: 'Triage', members: [{ value: ida }] })
    assert.equal(status, 201)
    assert.deepEqual(await rolesIn(ida), ['member'])
    await w.as(admin).run(setGroupRoles, { group: 'triage', roles: ['triager'] })
    assert.deepEqual(await rolesIn(ida), ['member', 'triager'])
    const swap = change({ op: 'Add', path: 'members', value: [{ value: bea }] }, { op: 'remove', path: `members[value eq "${ida}"]` })
    await scim('PATCH', `/Groups/${group.id}`, swap)
    assert.deepEqual([await rolesIn(ida), await rolesIn(bea)], [['member'], ['member', 'triager']])
    const found = await scim('GET', `/Groups?filter=${encodeURIComponent('displayName eq "triage"')}&excludedAttributes=members`)
    assert.deepEqual([found.json.totalResults, found.json.Resources[0].members], [1, undefined])
    assert.deepEqual((await scim('GET', `/Users/${bea}`)).json.groups.map(({ display }: { display: string }) => display), ['Triage'])
    assert.deepEqual(pick(await scim('POST', '/Groups', { displayName: 'TRIAGE' })), [409, 'uniqueness'])
    const nobody = change({ op: 'add', path: 'members', value: [{ value: group.id }] })
    assert.deepEqual(pick(await scim('PATCH', `/Groups/${group.id}`, nobody)), [400, 'invalidValue'])
    assert.equal((await scim('DELETE', `/Groups/${group.id}`)).status, 204)
    assert.deepEqual(await rolesIn(bea), ['member'])
  })

  it('lets nobody give a group what they lack', async () => {
    const lesser: Actor = { ...admin, roles: [], grants: ['sign-in.manage'] }
    await assert.rejects(w.as(lesser).run(setGroupRoles, { group: 'friends', roles: ['admin'] }), { code: 'more_than_yours' })
  })

  it('leaves the roles that were given at the desk, and can still end them', async () => {
    const person = await account('desk@example.org')
    await w.write((tx) => addMember(tx, person, ['auditor']))
    const id = await create('desk')
    assert.deepEqual(await rolesIn(id), ['auditor'])
    await scim('PATCH', `/Users/${id}`, change({ op: 'replace', value: { active: false } }))
    assert.equal(await rolesIn(id), null)
  })

  it('cannot end the last administrator', async () => {
    const id = await create('root')
    const { status, json } = await scim('PATCH', `/Users/${id}`, change({ op: 'replace', value: { active: false } }))
    assert.equal(status, 409)
    assert.match(json.detail, /last administrator/)
    assert.equal((await scim('DELETE', `/Users/${id}`)).status, 409)
    assert.deepEqual(await rolesIn(id), ['admin'])
    assert.equal((await scim('GET', `/Users/${id}`)).json.active, true)
  })

  it('opens nothing but SCIM with its key, and SCIM with nothing else', async () => {
    for (const path of ['/api/v1/duty/list', '/api/v1/directory-user/list']) assert.equal((await call(path, `Bearer ${key}`)).status, 401, path)
    assert.equal((await call('/api/v1/evidence/record', `Bearer ${key}`, 'POST')).status, 401)
    const { authorization } = await apiKey(w.database, w.organization.id, ['admin', 'machine'])
    for (const token of [authorization.split(' ')[1]!, '', 'avow_directory_unknown']) {
      assert.equal((await scim('GET', '/Users', undefined, { token })).status, 401)
    }
    assert.equal((await scim('GET', '/Users', undefined, { slug: w.other.slug })).status, 401, 'another organisation')
  })

  it('is over when its key is taken back', async () => {
    const made = await w.as(admin).run(createDirectoryKey, { name: 'Old directory', days: 1 })
    assert.equal((await scim('GET', '/Users', undefined, { token: made.key })).status, 200)
    await w.as(admin).run(revokeDirectoryKey, { key: made.id })
    assert.equal((await scim('GET', '/Users', undefined, { token: made.key })).status, 401)
    const short = await w.as(admin).run(createDirectoryKey, { name: 'Short', days: 1 })
    w.clock.advance({ hours: 25 })
    assert.equal((await scim('GET', '/Users', undefined, { token: short.key })).status, 401)
  })

  it('says what it can do, and errors in its own form', async () => {
    const group = 'urn:ietf:params:scim:schemas:core:2.0:Group'
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/ResourceTypes/User', '/Schemas', `/Schemas/${group}`]) {
      assert.equal((await scim('GET', path, undefined, { token: '' })).status, 200, path)
    }
    const { status, json } = await scim('GET', '/Users/0199b0c4-0000-7000-8000-000000000000')
    assert.equal(status, 404)
    assert.deepEqual([json.schemas, json.status], [['urn:ietf:params:scim:api:messages:2.0:Error'], '404'])
    assert.equal((await scim('GET', '/Nothing')).status, 404)
    const broken = await call('/scim/v2/Users', `Bearer ${key}`, 'POST', '{')
    assert.equal(((await broken.json()) as { scimType: string }).scimType, 'invalidSyntax')
  })

  it('knows nobody any more who was erased', async () => {
    const id = await create('gone')
    const { json: group } = await scim('POST', '/Groups', { displayName: 'Leavers', members: [{ value: id }] })
    await eraseAccount(w.database, await accountOf(id))
    assert.equal((await scim('GET', `/Users/${id}`)).status, 404)
    assert.deepEqual((await scim('GET', `/Groups/${group.id}`)).json.members, [])
    assert.equal(await w.read((tx) => tx.db.selectFrom('directory_users').select('id').where('id', '=', id).executeTakeFirst()), undefined)
  })

  it('keeps names and addresses sealed', async () => {
    const id = await create('secretive')
    const row = await rowOf(id)
    assert.ok(!Buffer.concat([row.box, row.user_name_hash, row.external_id_hash!]).includes('secretive'))
  })
})

const pick = ({ status, json }: Answer) => [status, json.scimType]
