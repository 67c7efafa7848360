import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import { startSession } from '../../src/access/sessions.ts'
import { accounts } from '../../src/domain/accounts/index.ts'
import { policies } from '../../src/domain/policies/index.ts'
import { reports } from '../../src/domain/reports/index.ts'
import { looks, newTab, openBrowser, violations } from '../support/browser.ts'
import { site, type Site } from '../support/site.ts'

const verbs = [...accounts, policies, reports].flatMap((module) => module.verbs)

/** Who may do what, at the desk, in a browser: the pages as they look, and the way of a second person on a phone. */
describe('roles in a browser', () => {
  let s: Site
  let browser: Browser
  const run = (name: string, input: object) => s.as(s.grace).run(verbs.find((verb) => verb.name === name)!, input)

  before(async () => { [s, browser] = await Promise.all([site(), openBrowser()]) })
  after(async () => {
    await browser.close()
    await s.close()
  })

  /** Somebody of the team, and the cookie of their session. */
  async function colleague(name: string, role: string) {
    const account = await s.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name, address: `${name.toLowerCase()}@example.org` }, null)
      await addMember(tx, id, [role])
      return id
    })
    return { account, cookie: { ...s.pass, value: await startSession(s.database.global, account, { methods: ['password', 'totp'], confirmed: true }) } }
  }
  const visit = async (tab: Page, path: string) => {
    await tab.goto(`${s.home}${path}`)
    assert.deepEqual(await violations(tab), [], path)
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the window`)
  }

  it('lets a deputy approve on a phone what waits, with script off', async () => {
    const { cookie } = await colleague('Dana', 'deputy')
    await run('policy.draft', { policy: 'security', text: '# Security\n\nWe answer every report.' })
    await run('policy.submit', { policy: 'security' })
    await run('policy.approve', { policy: 'security' })
    const { tab } = await newTab(browser, { width: 390, script: false })
    await tab.context().addCookies([cookie])
    await tab.goto(`${s.home}/desk/approvals`)
    await tab.getByRole('button', { name: 'Approve this text' }).click()
    assert.match(await tab.locator('main').innerText(), /Approved\.\s[^]*Nothing waits/)
    await tab.context().close()
  })

  it('draws each page well, by day and by night, at a desk and on a phone', async () => {
    const ben = await colleague('Ben', 'triager')
    await run('role.define', { name: 'code-reviewer', permissions: ['reports.read', 'policies.read', 'own.do'] })
    await run('member.invite', { roles: ['auditor'], until: '2026-03-01' })
    await run('absence.announce', { from: '2026-01-05', until: '2026-01-09', delegate: ben.account })
    await run('access.break-glass', { reason: 'Ben is away, and a report that is restricted to him has to be answered tonight.' })
    const content = { title: 'An overflow', description: 'It overflows when it is counted twice over.', steps: 'Count it twice.', good_faith: true }
    const { report } = await s.as('nobody').run(verbs.find(({ name }) => name === 'report.submit')!, content) as { report: string }
    await run('report.restrict', { report })
    const pages = [
      '/desk', '/desk/members', `/desk/members/${ben.account}`, '/desk/roles', '/desk/absences', '/desk/emergencies', '/desk/emergency', '/desk/approvals',
      '/desk/set-up', '/desk/keys', `/desk/reports/${report}`,
    ]
    // The other two looks differ from these in nothing but what the pages of the whole site share.
    for (const look of looks.filter(({ scheme, width }) => (scheme === 'dark') === (width < 600))) {
      const { tab, complaints } = await newTab(browser, look)
      await tab.context().addCookies([s.pass])
      for (const path of pages) await visit(tab, path)
      assert.deepEqual(complaints, [])
      await tab.context().close()
    }
  })
})
