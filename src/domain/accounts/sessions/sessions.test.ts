import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { createAccount } from '../../../access/accounts.ts'
import { addMember } from '../../../access/memberships.ts'
import { endSessionsOf, findSession, listSessions, startSession, sweepSessions } from '../../../access/sessions.ts'
import { modules } from '../../../app.ts'
import { newId } from '../../../lib/ids.ts'
import { createWeb } from '../../../web/server.ts'
import { addAppTo } from '../../../../test/support/second-factor.ts'
import { operations } from '../../../../test/support/routes.ts'
import { browser, type Place } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { ownPath } from './own-path.ts'
import { placeWords } from './place-words.ts'

const password = 'lantern orbit gravel teapot'

describe('sessions', () => {
  let w: World
  let place: Place
  before(async () => {
    w = await world()
    place = { app: createWeb({ database: w.database, modules, operations, log: { error: console.error } }), database: w.database, slug: w.organization.slug }
  })
  after(() => w.close())

  async function member(): Promise<{ id: string; address: string }> {
    const address = `${newId()}@example.org`
    const id = await createAccount(w.database.global, w.keyring, { name: 'Ada', address }, password)
    await w.write((tx) => addMember(tx, id, ['admin']))
    return { id, address }
  }

  const begin = (id: string) => startSession(w.database.global, id, { methods: ['password'] })
  const cookieOf = (response: Response) => /avow-session=([^;]+)/.exec(response.headers.getSetCookie().join('\n'))?.[1]
  const move = (token: string, column: 'seen_at' | 'expires_at', hours: number) => w.database.global.updateTable('sessions')
    .set({ [column]: sql<Date>`now() - make_interval(hours => ${hours})` })
    .where(sql<boolean>`token_hash = sha256(${Buffer.from(token)})`).execute()

  it('begin anew with every sign-in, and end what the browser had before', async () => {
    const { id, address } = await member()
    const before = await begin(id)
    const response = await browser(place, `avow-session=${before}`).post('/sign-in', { address, password })
    assert.equal(response.status, 303)
    assert.ok(cookieOf(response) && cookieOf(response) !== before)
    assert.equal(await findSession(w.database.global, before), null)
  })

  it('wait for the second factor where there is one, and not for long', async () => {
    const { id, address } = await member()
    await addAppTo(w.database, w.organization.id, id)
    const response = await browser(place).post('/sign-in', { address, password, to: '/desk/keys' })
    assert.match(response.headers.get('location')!, /\/sign-in\/second-factor\?to=%2Fdesk%2Fkeys$/)
    const token = cookieOf(response)!
    assert.equal((await findSession(w.database.global, token))?.stage, 'second-factor')
    await move(token, 'seen_at', 1)
    assert.equal(await findSession(w.database.global, token), null)
  })

  it('end when they are not used, and however much they are used', async () => {
    const { id } = await member()
    const [idle, used, mine] = [await begin(id), await begin(id), await begin(id)]
    await move(idle, 'seen_at', 9)
    await move(used, 'expires_at', 1)
    assert.deepEqual(await Promise.all([idle, used].map((token) => findSession(w.database.global, token))), [null, null])
    assert.equal((await listSessions(w.database.global, id)).length, 1)
    assert.notEqual(await findSession(w.database.global, idle, { idleMinutes: 600, absoluteHours: 168 }), null, 'as long as the operator says')
    await sweepSessions(w.database.global)
    assert.notEqual(await findSession(w.database.global, mine), null)
  })

  it('are listed with browser, place and what was shown, and ended by their person alone', async () => {
    const { id, address } = await member()
    const other = await member()
    const entered = cookieOf(await browser(place).post('/sign-in', { address, password }))!
    const here = browser(place, `avow-session=${entered}`)
    const [elsewhere, strangers] = [await begin(id), await begin(other.id)]
    const page = await (await here.get('/me/sessions')).text()
    for (const word of ['(this one)', 'a password', 'Sign out everywhere else']) assert.ok(page.includes(word), word)
    const strangersId = (await findSession(w.database.global, strangers))!.id
    assert.equal((await here.post(`/me/sessions/${strangersId}/end`)).status, 404)
    assert.equal((await here.post(`/me/sessions/${(await findSession(w.database.global, elsewhere))!.id}/end`)).status, 303)
    assert.equal(await findSession(w.database.global, elsewhere), null)
    assert.notEqual(await findSession(w.database.global, strangers), null)
    await begin(id)
    await here.post('/me/sessions/end-others')
    assert.equal((await listSessions(w.database.global, id)).length, 1)
    assert.equal(await endSessionsOf(w.database.global, id), 1)
    assert.equal((await here.get('/me/sessions')).status, 401)
  })

  it('are ended elsewhere only by who showed a factor minutes ago', async () => {
    const { id } = await member()
    const app = await addAppTo(w.database, w.organization.id, id)
    const [token, elsewhere] = [await begin(id), await begin(id)]
    const other = (await findSession(w.database.global, elsewhere))!.id
    const here = browser(place, `avow-session=${token}`)
    const asked = await here.post(`/me/sessions/${other}/end`)
    assert.equal(asked.status, 403)
    assert.match(await asked.text(), /Confirm that it is you/)
    assert.equal((await here.post('/me/sessions/end-others')).status, 403)
    assert.notEqual(await findSession(w.database.global, elsewhere), null)
    assert.equal((await here.post(`/me/sessions/${other}/end`, { 'step_up[code]': app.next() })).status, 303)
    assert.equal(await findSession(w.database.global, elsewhere), null)
  })

  it('keep forms in other tabs good when their token changes, and no longer than that', async () => {
    const { id, address } = await member()
    const app = await addAppTo(w.database, w.organization.id, id)
    const token = await begin(id)
    const confirmed = await browser(place, `avow-session=${token}`).post('/desk/keys', { name: 'x', roles: 'machine', 'step_up[code]': app.next() })
    const jar = confirmed.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
    assert.equal((await browser(place, jar).get('/desk')).status, 200)
    // Drawn before, with the token that went with the session's old one.
    const { app: web, slug } = place
    const csrf = /avow-forms=([^;]+)/.exec(jar)![1]!
    const sent = { method: 'POST', headers: { cookie: jar }, body: new URLSearchParams({ csrf }) }
    assert.equal((await web.request(`http://avow.test/o/${slug}/me/sessions/end-others`, sent)).status, 303)
    const again = await browser(place, jar).post('/sign-in', { address, password })
    assert.match(again.headers.getSetCookie().join('\n'), /avow-forms=;/)
  })
})

describe('what follows a sign-in', () => {
  it('is a path of ours, whatever the link says', () => {
    assert.equal(ownPath('/desk/reports?page=2'), '/desk/reports?page=2')
    for (const elsewhere of ['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'evil.example', '', 'javascript:alert(1)']) {
      assert.equal(ownPath(elsewhere), '/desk', elsewhere)
    }
  })
})

describe('the place of a session', () => {
  it('is no finer than a country, or a kind of network', async () => {
    assert.equal(await placeWords('127.0.0.1'), 'this machine')
    assert.equal(await placeWords('0:0:0:0::/64'), 'this machine')
    assert.equal(await placeWords('192.168.1.7'), 'a private network')
    assert.equal(await placeWords('fd00:1:2:3::/64'), 'a private network')
    assert.equal(await placeWords('unknown'), 'an unknown network')
  })
})
