import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import { startSession } from '../../access/sessions.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { cookieBrowser, type CookieBrowser } from '../../../test/support/cookie-browser.ts'
import { world, type World } from '../../../test/support/world.ts'
import { eraseAccount } from '../accounts/me/erase-account.ts'
import { eraseReport } from './erase-report.ts'
import { reports } from './index.ts'
import { submitReport } from './submit-report.ts'

const given = { title: 'A weakness', description: 'It is weak.', steps: 'Look at it.', good_faith: true }

describe('reports that a researcher keeps', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let rahel: CookieBrowser
  let n = 0
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules: [reports], operations: registry([reports], () => true), log: { error: (...args) => console.error(args) } })
    rahel = await researcher()
  })
  after(() => w.close())

  async function researcher(slug = w.organization.slug): Promise<CookieBrowser> {
    const id = await createAccount(w.database.global, w.keyring, { name: 'Rahel', address: `rahel-${n += 1}@example.net` }, null)
    const one = cookieBrowser({ app, slug })
    one.jar.set('avow-session', await startSession(w.database.global, id, { methods: ['password'] }))
    return one
  }
  const send = async () => await w.as('nobody').run(submitReport, given) as { report: string; phrase: string; reference: string }
  const mine = async (one: CookieBrowser) => (await one.go('/me/reports')).text()

  it('come to the account by their phrase, and open without it', async () => {
    const { report, phrase, reference } = await send()
    assert.equal((await rahel.submit('/me/reports', '/me/reports', { phrase: 'lusab-babad-gutih-tugad-hajoz-kimor' })).status, 422)
    assert.equal((await rahel.submit('/me/reports', '/me/reports', { phrase })).status, 303)
    assert.ok((await mine(rahel)).includes(reference))
    await rahel.submit('/me/reports', `/me/reports/${report}/open`)
    const page = await rahel.go('/track/report')
    assert.equal(page.status, 200)
    assert.ok((await page.text()).includes('It is weak.'))
    assert.equal((await rahel.submit('/track/report', '/track/report/messages', { message: 'I have more.' })).status, 303)
  })

  it('come to the account by themselves where they are sent signed in', async () => {
    const sent = await rahel.submit('/report', '/report', { ...given, good_faith: 'yes', title: 'Sent while signed in' })
    assert.equal(sent.status, 303)
    assert.ok((await mine(rahel)).includes('Sent while signed in'))
  })

  it('open to nobody else, nor after signing out, nor in another organisation', async () => {
    const { report, phrase } = await send()
    await rahel.submit('/me/reports', '/me/reports', { phrase })
    const stranger = await researcher()
    await stranger.submit('/me/reports', `/me/reports/${report}/open`)
    assert.equal((await stranger.go('/track/report')).status, 401)
    await rahel.submit('/me/reports', `/me/reports/${report}/open`)
    const signedOut = cookieBrowser({ app, slug: w.organization.slug })
    signedOut.jar.set('avow-report', rahel.jar.get('avow-report')!)
    assert.equal((await signedOut.go('/track/report')).status, 401)
    assert.equal((await signedOut.go('/me/reports')).status, 401)
    const elsewhere = cookieBrowser({ app, slug: w.other.slug })
    for (const [name, value] of rahel.jar) elsewhere.jar.set(name, value)
    assert.equal((await elsewhere.go('/track/report')).status, 401)
    assert.ok(!(await mine(elsewhere)).includes(report))
  })

  it('are taken out again, and the report stays', async () => {
    const { report, phrase, reference } = await send()
    await rahel.submit('/me/reports', '/me/reports', { phrase })
    assert.equal((await rahel.submit('/me/reports', `/me/reports/${report}/end`)).status, 303)
    assert.ok(!(await mine(rahel)).includes(reference))
    assert.equal((await rahel.submit('/me/reports', `/me/reports/${report}/end`)).status, 404)
    assert.equal((await rahel.submit('/me/reports', '/me/reports', { phrase })).status, 303)
  })

  it('open nothing of the desk', async () => {
    for (const path of ['/desk/reports', '/desk/scope']) assert.equal((await rahel.go(path)).status, 401)
  })

  it('are nobody’s any more once the account is erased, in whichever organisation', async () => {
    const { phrase } = await send()
    await rahel.submit('/me/reports', '/me/reports', { phrase })
    const kept = () => w.read((tx) => tx.db.selectFrom('kept_reports').select('account_id').distinct().execute())
    const [{ account_id }] = await kept() as [{ account_id: string }]
    await eraseAccount(w.database, account_id)
    assert.deepEqual(await kept(), [])
    assert.equal((await rahel.go('/me/reports')).status, 401)
    rahel = await researcher()
  })

  it('are nobody’s any more once it is erased who reported', async () => {
    const { report, phrase, reference } = await send()
    await rahel.submit('/me/reports', '/me/reports', { phrase })
    await w.as('admin').run(eraseReport, { report, what: 'identity' })
    assert.ok(!(await mine(rahel)).includes(reference))
  })
})
