import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createAccount } from '../../../access/accounts.ts'
import { hasSecondFactor } from '../../../access/factors.ts'
import { addMember } from '../../../access/memberships.ts'
import { confirmSession, findSession, startSession } from '../../../access/sessions.ts'
import type { AccountRow } from '../../../access/tables.ts'
import { newId } from '../../../lib/ids.ts'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { addAppTo, type App } from '../../../../test/support/second-factor.ts'
import { browser, type Place, type Visitor } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { lookAtSecondFactor } from '../../systems/checks/second-factor.ts'
import { countRecoveryCodes, makeRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts'
import { listSecondFactors, requireSecondFactor } from './require-second-factor.ts'
import { takeAppCode } from './totp.ts'

describe('second factors', () => {
  let w: World
  let place: Place
  let account: AccountRow
  before(async () => {
    w = await world()
    place = { app: createWeb({ database: w.database, modules, operations, log: { error: console.error } }), database: w.database, slug: w.organization.slug }
  })
  after(() => w.close())

  beforeEach(async () => { account = await newMember() })

  async function newMember(): Promise<AccountRow> {
    const id = await createAccount(w.database.global, w.keyring, { name: 'Ada', address: `${newId()}@example.org` }, null)
    await w.write((tx) => addMember(tx, id, ['admin']))
    return w.database.global.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  }

  const addApp = (): Promise<App> => addAppTo(w.database, w.organization.id, account.id)
  const take = (code: string) => w.write((tx) => takeAppCode(tx, account, code))
  /** A browser of theirs; unless told, its second factor was shown long ago. */
  const visit = async (how: Partial<Parameters<typeof startSession>[2]> = {}): Promise<Visitor> =>
    browser(place, `avow-session=${await startSession(w.database.global, account.id, { methods: ['password'], ...how })}`)
  const stored = (id: string) => w.database.global.selectFrom('totp_factors').selectAll().where('account_id', '=', id).executeTakeFirstOrThrow()

  it('accept a code of the app once, also when it comes many times at once', async () => {
    const app = await addApp()
    const code = app.next()
    const accepted = await Promise.all(Array.from({ length: 8 }, () => take(code)))
    assert.equal(accepted.filter(Boolean).length, 1)
    assert.equal(await take(code), false)
    assert.equal(await take('000000'), false)
    assert.equal(await take(app.next()), true, 'the next one is another code')
    assert.equal(await take(code), false, 'nor does an older one count after it')
  })

  it('keep neither the app’s secret nor a recovery code as it is', async () => {
    await addApp()
    const codes = await w.write((tx) => makeRecoveryCodes(tx, account.id))
    const rows = await w.database.global.selectFrom('recovery_codes').selectAll().where('account_id', '=', account.id).execute()
    const kept = JSON.stringify([(await stored(account.id)).secret_box.toString('latin1'), rows.map(({ code_hash }) => code_hash.toString('latin1'))])
    assert.equal(codes.some((code) => kept.includes(code) || kept.includes(code.replaceAll('-', ''))), false)
    assert.match(codes[0]!, /^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/)
  })

  it('let a recovery code in once, however it is typed, and none of somebody else’s', async () => {
    const [first, second] = await w.write((tx) => makeRecoveryCodes(tx, account.id)) as [string, string]
    const once = await Promise.all(Array.from({ length: 4 }, () => w.write((tx) => takeRecoveryCode(tx, account.id, first))))
    assert.equal(once.filter(Boolean).length, 1)
    const other = await newMember()
    assert.equal(await w.write((tx) => takeRecoveryCode(tx, other.id, second)), false)
    const typed = ` ${second.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I')} `
    assert.equal(await w.write((tx) => takeRecoveryCode(tx, account.id, typed)), true)
    assert.equal(await w.read((tx) => countRecoveryCodes(tx, account.id)), 8)
    await w.write((tx) => makeRecoveryCodes(tx, account.id))
    assert.equal(await w.read((tx) => countRecoveryCodes(tx, account.id)), 10)
  })

  it('open nothing before they are shown, and the session goes on under another token', async () => {
    await addApp()
    const token = await startSession(w.database.global, account.id, { methods: ['password'], stage: 'second-factor' })
    const waiting = browser(place, `avow-session=${token}`)
    for (const path of ['/desk', '/me/factors', '/me/sessions', '/desk/members']) assert.equal((await waiting.get(path)).status, 401, path)
    assert.equal((await waiting.post('/me/factors/app')).status, 401)
    const { id } = (await findSession(w.database.global, token))!
    const next = await confirmSession(w.database.global, id, 'totp')
    assert.equal(await findSession(w.database.global, token), null, 'the token from before is worth nothing')
    assert.equal((await findSession(w.database.global, next))?.confirmed, true)
    assert.equal((await browser(place, `avow-session=${next}`).get('/desk')).status, 200)
  })

  it('take guesses slowly: twenty wrong codes a day, whoever sends them', async () => {
    await addApp()
    const visitor = await visit({ stage: 'second-factor' })
    const statuses = new Set<number>()
    for (let n = 0; n < 25; n++) statuses.add((await visitor.post('/sign-in/second-factor', { code: String(n).padStart(6, '0') })).status)
    assert.deepEqual([...statuses], [422, 429])
  })

  it('are asked for before what is dangerous; what was entered is carried along, and one post confirms and does it', async () => {
    const app = await addApp()
    const visitor = await visit()
    const entered = { name: 'A "key" & <more>', roles: 'machine', days: '30' }
    const asked = await visitor.post('/desk/keys', entered)
    const page = await asked.text()
    assert.equal(asked.status, 403)
    assert.match(page, /Confirm that it is you/)
    const hidden = ['name="name" value="A &quot;key&quot; &amp; &lt;more&gt;"', 'name="roles" value="machine"', 'name="days" value="30"']
    for (const field of hidden) assert.ok(page.includes(field), field)
    assert.equal((await visitor.post('/desk/keys', { ...entered, 'step_up[code]': '000000' })).status, 422)
    const done = await visitor.post('/desk/keys', { ...entered, 'step_up[code]': app.next() })
    assert.match(await done.text(), /The key is made/)
    assert.match(done.headers.get('set-cookie')!, /avow-session=/, 'the session goes on under another token')
    assert.equal((await visitor.get('/desk')).status, 401, 'and the old one is worth nothing')
  })

  it('let somebody without one do nothing dangerous, not even with a code', async () => {
    const visitor = await visit()
    const asked = await visitor.post('/desk/keys', { name: 'x', roles: 'machine' })
    assert.match(await asked.text(), /You have no second factor yet/)
    assert.equal((await visitor.post('/desk/keys', { name: 'x', roles: 'machine', 'step_up[code]': '123456' })).status, 422)
  })

  it('are added only soon after signing in, and changed only after the one that is there was shown', async () => {
    const old = new Date(Date.now() - 3_600_000)
    const token = await startSession(w.database.global, account.id, { methods: ['password'] })
    await w.database.global.updateTable('sessions').set({ created_at: old }).where('account_id', '=', account.id).execute()
    const stale = browser(place, `avow-session=${token}`)
    const refused = await stale.post('/me/factors/app')
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /sign in again/)
    assert.match(await (await (await visit()).post('/me/factors/codes')).text(), /Add a second factor first/, 'codes alone are no second factor')
    const app = await addApp()
    assert.equal((await (await visit()).post('/me/factors/codes')).status, 403)
    const renewed = await (await visit()).post('/me/factors/codes', { 'step_up[code]': app.next() })
    assert.match(await renewed.text(), /Keep these codes/)
  })

  it('leave whoever is of the team with one', async () => {
    await addApp()
    const response = await (await visit({ confirmed: true })).post('/me/factors/app/removal')
    assert.equal(response.status, 422)
    assert.match(await response.text(), /last second factor/)
    assert.equal(await hasSecondFactor(w.database.global, account.id), true)
  })

  it('are missing for some days only: then nothing is open but the page that adds one, and the check fails', async () => {
    const admin = w.as('admin')
    const look = () => w.read(lookAtSecondFactor)
    assert.equal((await look())?.passed, true)
    assert.match(await (await (await visit()).get('/desk')).text(), /Add a second factor/)
    await admin.run(requireSecondFactor, { days: 0 })
    await w.database.global.updateTable('organizations').set({ second_factor_since: new Date('2026-01-01') }).where('id', '=', w.organization.id).execute()
    const visitor = await visit()
    const shut = await visitor.get('/desk')
    assert.equal(shut.status, 403)
    assert.match(await shut.text(), /Add a second factor first/)
    assert.equal((await visitor.post('/desk/members/invitations', { roles: 'admin' })).status, 403)
    assert.equal((await visitor.get('/me/factors')).status, 200)
    assert.equal((await look())?.passed, false)
    const { members } = await admin.ask(listSecondFactors, {})
    assert.ok(members.some(({ member, second_factor }) => member === account.id && !second_factor))
    await addApp()
    assert.equal((await visitor.get('/desk')).status, 200)
    await admin.run(requireSecondFactor, { days: 7 })
  })
})
