import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { bridgeJobs } from '../../src/domain/bridges/index.ts'
import { acceptReport } from '../../src/domain/reports/accept-report.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { verifyReport } from '../../src/domain/reports/verify-report.ts'
import { newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { site, type Site } from '../support/site.ts'
import { trackerServer, type TrackerServer } from '../support/tracker-server.ts'

describe('a report that is passed on', { timeout: 120_000 }, () => {
  let s: Site
  let there: TrackerServer
  let browser: Browser
  let report: string
  before(async () => {
    [s, there, browser] = await Promise.all([site(), trackerServer(), openBrowser()])
    const grace = s.as(s.grace)
    ;({ report } = await s.as('nobody').run(submitReport, { title: 'Stored XSS', description: 'It stays.', steps: 'Write it.', good_faith: true }))
    await grace.run(verifyReport, { report, severity: 'high' })
    await grace.run(acceptReport, { report })
  })
  after(async () => {
    await browser.close()
    await there.close()
    await s.close()
  })

  async function desk(look = {}): Promise<{ tab: Page; complaints: string[] }> {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }

  /** What the queue would do by now. */
  async function everyJob(): Promise<void> {
    const [check, sync] = bridgeJobs({ privateNetwork: true, baseOf: async () => s.home })
    const work = { database: s.database, organizationId: s.organization.id, actor: { kind: 'system', job: 'x' } as const, signal: new AbortController().signal }
    const { bridges, issues } = await s.read(async (tx) => ({
      bridges: await tx.db.selectFrom('bridges').select('id').execute(), issues: await tx.db.selectFrom('bridge_issues').select('id').execute(),
    }))
    for (const { id } of bridges) await check!.run(work, { bridge: id })
    for (const { id } of issues) await sync!.run(work, { issue: id })
  }

  it('goes where somebody chose, says what was sent, and asks when the issue is closed there: all without script', async () => {
    const { tab } = await desk({ script: false })
    await tab.goto(`${s.home}/desk/bridges`)
    await tab.getByLabel('Tracker').selectOption('gitlab')
    await tab.getByLabel('Project').fill('acme/security')
    await tab.getByLabel('Address of its API').fill(there.origin)
    await tab.getByRole('textbox', { name: 'Token' }).fill('secret-token')
    await tab.getByRole('button', { name: 'Connect it' }).click()
    await tab.getByText('The secret is shown only now').waitFor()
    await everyJob()
    await tab.goto(`${s.home}/desk/bridges`)
    await tab.getByRole('cell', { name: 'works' }).waitFor()

    await tab.goto(`${s.home}/desk/reports/${report}`)
    await tab.getByRole('link', { name: 'Pass it on to an issue tracker' }).click()
    assert.ok(!(await tab.locator('main').innerText()).includes('It stays.'))
    await tab.getByRole('link', { name: 'With what was reported' }).click()
    assert.match(await tab.getByRole('textbox', { name: 'Text' }).inputValue(), /^It stays\./)
    await tab.getByRole('textbox', { name: 'Text' }).fill('The comments keep a script.')
    await tab.getByRole('button', { name: 'Send it' }).click()
    await everyJob()
    assert.match(there.issues[0]!.body, /^The comments keep a script\.\n\nhttp.*\/desk\/reports\//)

    Object.assign(there.issues[0]!, { state: 'closed', version: 2 })
    s.clock.advance({ minutes: 11 })
    await everyJob()
    await tab.goto(`${s.home}/desk/reports/${report}`)
    await tab.getByText('The issue was closed: is the fix live?').waitFor()
    await tab.getByRole('button', { name: 'Yes, it is where users are' }).click()
    await tab.getByText('Noted: the fix is live.').waitFor()
    assert.equal(await tab.getByText('is the fix live?').count(), 0)
  })

  it('has pages that everybody can use, on a phone too', async () => {
    const { tab, complaints } = await desk({ width: 390, scheme: 'dark' })
    for (const path of ['/desk/bridges', `/desk/reports/${report}/pass-on?with=report`, `/desk/reports/${report}`]) {
      await tab.goto(s.home + path)
      assert.deepEqual(await violations(tab), [], path)
      assert.equal(await overflows(tab), false, path)
    }
    assert.deepEqual(complaints, [])
  })
})
