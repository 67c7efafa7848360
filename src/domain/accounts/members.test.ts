import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findAccount } from '../../access/accounts.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { world, type World } from '../../../test/support/world.ts'
import { createKey, revokeKey } from './api-keys.ts'
import { createInvitation, members } from './index.ts'
import { changeRoles, listMembers, removeMember } from './members.ts'
import { inviteMember } from './roles/invite-member.ts'

const person = { name: 'Ada', address: 'ada@example.org', password: 'four words are better' }

describe('members', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules: [members], operations: registry([members], () => true), log: { error: (...args) => console.error(args) } })
  })
  after(() => w.close())

  /** A browser of one visitor: keeps cookies, fills in the token of the page that it came from. */
  function browser(slug = w.organization.slug) {
    const jar = new Map<string, string>()
    const go = async (path: string, init: RequestInit = {}) => {
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
      const response = await app.request(`http://avow.test/o/${slug}${path}`, { ...init, headers: { cookie } })
      for (const cookie of response.headers.getSetCookie()) {
        const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
        if (/max-age=0/i.test(cookie)) jar.delete(name)
        else jar.set(name, value)
      }
      return response
    }
    const submit = async (from: string, to: string, fields: Record<string, string>) => {
      const csrf = /name="csrf" value="([^"]+)"/.exec(await (await go(from)).text())?.[1] ?? ''
      return go(to, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) })
    }
    return { go, submit, jar }
  }

  const invited = (roles: 'admin' | 'member' = 'admin') => w.write((tx) => createInvitation(tx, [roles], null))

  it('makes the first administrator by a link that works once', async () => {
    const link = await invited()
    const ada = browser()
    const response = await ada.submit(link, link, person)
    assert.equal(response.status, 303)
    assert.equal((await ada.go('/desk/members')).status, 200)
    assert.equal((await browser().go(link)).status, 404)
    assert.equal((await browser().go('/join/nonsense')).status, 404)
  })

  it('draws the page again when the name, address or password cannot be taken, and leaves the link good', async () => {
    const link = await invited('member')
    const visitor = browser()
    const response = await visitor.submit(link, link, { name: '', address: 'x', password: 'short' })
    const body = await response.text()
    assert.equal(response.status, 422)
    for (const sentence of ['Say how your colleagues call you.', 'Enter your mail address', 'Choose at least 12 characters.']) {
      assert.ok(body.includes(sentence), sentence)
    }
    assert.equal((await visitor.submit(link, link, { ...person, password: 'ada is my own name' })).status, 422)
    assert.match(await (await visitor.submit(link, link, person)).text(), /There is an account with this address/)
  })

  it('signs in with a new token each time, and out for good', async () => {
    const ada = browser()
    const signedIn = await ada.submit('/sign-in', '/sign-in', { address: ' ADA@example.org', password: person.password, to: '/desk/members' })
    assert.equal(signedIn.headers.get('location'), `/o/${w.organization.slug}/desk/members`)
    const first = ada.jar.get('avow-session')!
    await ada.submit('/sign-in', '/sign-in', { address: person.address, password: person.password })
    assert.notEqual(ada.jar.get('avow-session'), first)
    const thief = browser()
    thief.jar.set('avow-session', first)
    assert.equal((await thief.go('/desk/members')).status, 401)
    await ada.submit('/desk/members', '/sign-out', {})
    assert.equal((await ada.go('/desk/members')).status, 401)
  })

  it('says the same of a wrong password and an unknown address, and has somebody who goes on wait', async () => {
    const ada = browser()
    const wrong = await ada.submit('/sign-in', '/sign-in', { address: person.address, password: 'wrong' })
    const unknown = await ada.submit('/sign-in', '/sign-in', { address: 'nobody@example.org', password: 'wrong' })
    const sentence = /The address and the password do not belong together[^<]*/
    assert.equal(sentence.exec(await wrong.text())![0], sentence.exec(await unknown.text())![0])
    const statuses = new Set<number>()
    for (let i = 0; i < 10; i += 1) statuses.add((await ada.submit('/sign-in', '/sign-in', { address: 'nobody@example.org', password: 'wrong' })).status)
    assert.deepEqual(statuses, new Set([422, 429]))
  })

  it('never goes on to another site after signing in', async () => {
    for (const to of ['//elsewhere.test', '/\\elsewhere.test', '/\t/elsewhere.test', '/..//elsewhere.test', 'https://elsewhere.test']) {
      const response = await browser().submit('/sign-in', '/sign-in', { address: person.address, password: person.password, to })
      assert.equal(response.headers.get('location'), `/o/${w.organization.slug}/desk`)
    }
  })

  it('knows a member only in their own organisation', async () => {
    const ada = browser()
    await ada.submit('/sign-in', '/sign-in', { address: person.address, password: person.password })
    const elsewhere = browser(w.other.slug)
    elsewhere.jar.set('avow-session', ada.jar.get('avow-session')!)
    assert.equal((await elsewhere.go('/desk/members')).status, 401)
  })

  it('keeps names, addresses and passwords nowhere in plain', async () => {
    const rows = await w.database.global.selectFrom('accounts').selectAll().execute()
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))).join('\n')
    for (const secret of Object.values(person)) assert.ok(!stored.includes(secret))
  })

  it('finds an account after the keys were rotated, before and after its address is hashed anew', async () => {
    await w.keyring.addEpoch()
    assert.ok(await findAccount(w.database.global, w.keyring, person.address))
  })

  it('gives and takes roles, but never the last administrator’s', async () => {
    const admin = w.as('admin')
    const { members: [ada] } = await admin.ask(listMembers, {})
    await assert.rejects(admin.run(removeMember, { member: ada!.id }), { code: 'last_administrator' })
    await assert.rejects(admin.run(changeRoles, { member: ada!.id, roles: ['triager'] }), { code: 'last_administrator' })
    const { path } = await admin.run(inviteMember, { roles: ['admin'] })
    const bo = browser()
    await bo.submit(path, path, { ...person, name: 'Bo', address: 'bo@example.org' })
    await admin.run(removeMember, { member: ada!.id })
    assert.deepEqual((await admin.ask(listMembers, {})).members.map(({ name }) => name), ['Bo'])
    const again = browser()
    await again.submit('/sign-in', '/sign-in', { address: person.address, password: person.password })
    assert.equal((await again.go('/desk/members')).status, 401)
  })

  it('makes keys that end when they are taken back, and no key makes keys', async () => {
    const admin = w.as('admin')
    const { id, key } = await admin.run(createKey, { name: 'CI', roles: ['admin'] })
    const call = (path: string) => app.request(`http://avow.test/o/${w.organization.slug}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } })
    assert.equal((await call('key/list')).status, 200)
    await admin.run(revokeKey, { key: id })
    assert.equal((await call('key/list')).status, 401)
    const machine = w.as({ kind: 'machine', keyId: id, roles: ['admin'], verbs: ['key.create'] })
    await assert.rejects(machine.run(createKey, { name: 'x', roles: ['admin'] }), { code: 'keys_make_no_keys' })
    await assert.rejects(admin.run(revokeKey, { key: id }), { code: 'not_found' })
  })
})
