import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { inviteGuest } from '../../src/domain/guests/invite-guest.ts'
import { nameMediator } from '../../src/domain/guests/mediators.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { listMails } from '../../src/mail/index.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const content = {
  title: 'Script runs in the search box', description: 'The term is written into the page as it is.\nSee for yourself.', steps: '1. Search for <script>.',
  weakness: 'CWE-79', name: 'Moss Fern', email: 'moss@example.invalid', good_faith: true,
} as const

describe('a case, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let original: Awaited<ReturnType<typeof submit>>
  let later: typeof original
  const submit = () => s.as('nobody').run(submitReport, content)

  before(async () => {
    s = await site()
    browser = await openBrowser()
    original = await submit()
    await s.settled()
    later = await submit()
    await s.as('admin').run(nameMediator, { name: 'Judge Juniper', address: 'juniper@example.invalid' })
    await s.settled()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const team = async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    return tab
  }
  const caseOf = (report: string) => `${s.home}/desk/reports/${report}`
  const follow = async (tab: Page, phrase: string) => {
    await tab.goto(`${s.home}/track`)
    await tab.getByLabel('Tracking phrase').fill(phrase)
    await tab.getByRole('button', { name: 'Open the report' }).click()
  }

  it('keeps a draft for its writer, says to whom a message goes, and asks', async () => {
    const tab = await team()
    await tab.goto(caseOf(original.report))
    const box = tab.locator('#compose-message')
    await box.fill('Which browser')
    await tab.getByRole('button', { name: 'Keep as a draft' }).first().click()
    assert.equal(await box.inputValue(), 'Which browser')
    await tab.getByRole('heading', { name: 'To Moss Fern' }).waitFor()
    await box.fill('Which browser is it?')
    await tab.getByRole('button', { name: 'Ask, and wait for the answer' }).click()
    await tab.getByText('Waiting for the reporter’s answer since').waitFor()
    assert.equal(await box.inputValue(), '')
  })

  it('is closed as a duplicate that names its original, and gives the reporter the file', async () => {
    const tab = await team()
    await tab.goto(caseOf(later.report))
    await tab.locator('summary', { hasText: 'Close without a fix' }).click()
    await tab.locator('#closure-reason').selectOption('duplicate')
    await tab.locator('#closure-message').fill('Somebody was faster, by a moment.')
    await tab.getByRole('button', { name: 'Close without a fix' }).click()
    await tab.getByRole('link', { name: 'Name the report that came first' }).waitFor()
    assert.equal(await tab.locator('#message').inputValue(), 'Somebody was faster, by a moment.')
    await tab.getByLabel('What came first').fill(original.reference)
    await tab.getByRole('button', { name: 'Close without a fix' }).click()
    await tab.getByRole('link', { name: original.reference }).waitFor()

    const reporter = (await newTab(browser, { script: false })).tab
    await follow(reporter, later.phrase)
    await reporter.getByRole('heading', { name: 'What came first' }).waitFor()
    assert.equal((await reporter.content()).includes(original.reference), false)
    const [download] = await Promise.all([reporter.waitForEvent('download'), reporter.getByRole('link', { name: 'The file that binds us' }).click()])
    assert.equal(download.suggestedFilename(), `${later.reference}.duplicate.json`)
  })

  it('lets a guest in by a link and a step, who sees what was ticked', async () => {
    await s.as('admin').run(inviteGuest, { report: original.report, name: 'Vendor Vale', address: 'vale@example.invalid', sees_report: true })
    const letter = (await s.read((tx) => listMails(tx))).find(({ address }) => address === 'vale@example.invalid')!
    const { tab } = await newTab(browser, { script: false })
    await tab.goto(`${s.home}${/\{link:([^}]+)\}/.exec(letter.body)![1]!}`)
    await tab.getByRole('button', { name: 'Open the case' }).click()
    await tab.getByText('See for yourself.').waitFor()
    assert.equal(await tab.getByText('Which browser is it?').count(), 0)
    await tab.getByLabel('To the security team').fill('Ours has it too.')
    await tab.getByRole('button', { name: 'Send to the team' }).click()
    await tab.getByText('Ours has it too.').waitFor()
  })

  it('shows nothing that axe objects to, on a phone and at a desk, by day and by night', async () => {
    const paths = [`/desk/reports/${original.report}`, `/desk/reports/${later.report}`, `/desk/reports/${original.report}/guests`, '/desk/handling']
    for (const look of looks) {
      const { tab, complaints } = await newTab(browser, look)
      await tab.context().addCookies([s.pass])
      for (const path of paths) {
        await tab.goto(s.home + path)
        await openAll(tab)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
      }
      for (const { phrase } of [original, later]) {
        await follow(tab, phrase)
        assert.deepEqual(await violations(tab), [])
      }
      assert.deepEqual(complaints, [])
      await tab.context().close()
    }
  })
})
