import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { closeReport } from '../../src/domain/reports/close-report.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const content = {
  title: 'Any address is followed after sign-in', description: 'Open /sign-in?next=//evil.example.\nMy session was 8f3e2a11.\nIt goes there.',
  steps: '1. Sign in.\n2. See where you are.', weakness: 'CWE-601', name: 'Moss Fern', email: 'moss@example.invalid', good_faith: true,
} as const

describe('embargo and disclosure, in a browser without script', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let team: Page
  let reporter: Page
  let one: Awaited<ReturnType<typeof submit>>
  const submit = () => s.as('nobody').run(submitReport, content)

  before(async () => {
    s = await site()
    browser = await openBrowser()
    one = await submit()
    team = (await newTab(browser, { script: false })).tab
    await team.context().addCookies([s.pass])
    reporter = (await newTab(browser, { script: false })).tab
    await follow(reporter, one.phrase)
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const follow = async (tab: Page, phrase: string) => {
    await tab.goto(`${s.home}/track`)
    await tab.getByLabel('Tracking phrase').fill(phrase)
    await tab.getByRole('button', { name: 'Open the report' }).click()
  }
  const atDesk = (tab: Page, report = one.report) => tab.goto(`${s.home}/desk/reports/${report}/disclosure`)
  const atTrack = (tab: Page) => tab.goto(`${s.home}/track/report/disclosure`)
  const sheet = (tab: Page, heading: string) => tab.locator('section', { has: tab.getByRole('heading', { name: heading, exact: true }) })
  const fold = async (tab: Page, title: string) => {
    const details = tab.locator('details.step', { has: tab.locator('summary', { hasText: title }) })
    if (await details.getAttribute('open') === null) await details.locator('summary').click()
    return details
  }
  /** Two elements of one id: a label would lead to the wrong one. */
  const sameIds = (tab: Page) => tab.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, n, all) => all.indexOf(id) !== n))
  const answer = async (tab: Page, how: 'Accept' | 'Decline') => {
    const asked = sheet(tab, 'Your answer is asked for')
    await asked.getByLabel(how, { exact: true }).check()
    await asked.getByRole('button', { name: 'Answer' }).click()
  }
  const propose = async (tab: Page, date: string, reason: string) => {
    const form = await fold(tab, 'Propose a date for the embargo')
    await form.getByLabel('Day').fill(date)
    await form.getByLabel('Hour').fill('14:00')
    await form.getByLabel('Whose clock').fill('Europe/Zurich')
    await form.getByLabel('Why until then').fill(reason)
    await form.getByRole('button', { name: 'Propose this date' }).click()
  }

  it('an embargo is proposed, countered and accepted, each by its own hand', async () => {
    await team.goto(`${s.home}/desk/reports/${one.report}`)
    await team.getByRole('link', { name: 'Embargo and publication' }).click()
    await propose(team, '2026-04-30', 'We ship on the 28th.')
    await team.getByText('We ship on the 28th.').waitFor()
    await reporter.getByRole('link', { name: 'Embargo and publication' }).click()
    await reporter.getByText('The team asked to keep it confidential until').first().waitFor()
    await propose(reporter, '2025-04-01', 'I speak on the 2nd.')
    await reporter.getByRole('link', { name: 'This is past already' }).waitFor()
    assert.equal(await (await fold(reporter, 'Propose a date for the embargo')).getByLabel('Why until then').inputValue(), 'I speak on the 2nd.')
    await propose(reporter, '2026-04-01', 'I speak on the 2nd.')
    await atDesk(team)
    await answer(team, 'Accept')
    await team.getByText('Embargo until 1 Apr 2026').waitFor()
    await atTrack(reporter)
    await reporter.getByText('Embargo until 1 Apr 2026').waitFor()
  })

  it('it ends early, the text is marked by both, and the report is published when both agree', async () => {
    const end = await fold(team, 'End the embargo early')
    await end.getByLabel('Why', { exact: true }).selectOption('leak')
    await end.getByLabel('What you know').fill('It is on a forum.')
    await end.getByRole('button', { name: 'End it now' }).click()
    const text = await fold(team, 'The text that is published')
    await text.getByLabel('Title in public').fill('Sign-in followed any address')
    await text.getByLabel('What happened, in your words').fill('We follow our own addresses alone now.')
    await text.locator('#text-marked-description').fill(content.description.replace('8f3e2a11', '[[8f3e2a11]]'))
    await text.getByRole('button', { name: 'Keep the text' }).click()
    await team.getByText('My session was ████.').waitFor()
    const request = await fold(team, 'Ask to publish it')
    await request.getByLabel('What you have in mind').fill('It is out, so let us tell it well.')
    await request.getByRole('button', { name: 'Ask' }).click()
    await team.getByText('The reporter may still object').waitFor()

    await atTrack(reporter)
    const marks = await fold(reporter, 'What you want to stay sealed')
    await marks.locator('#text-marked-steps').fill('1. Sign in, quickly.')
    await marks.getByRole('button', { name: 'Keep my choice' }).click()
    await reporter.getByRole('alert').waitFor()
    await marks.locator('[name="marked[steps]"]').fill('1. Sign in.\n2. [[See where you are.]]')
    await marks.getByLabel('By a pseudonym').check()
    await marks.getByLabel('The name or pseudonym').fill('moss_under_stone')
    await marks.getByRole('button', { name: 'Keep my choice' }).click()
    await answer(reporter, 'Accept')
    await atDesk(team)
    await team.getByRole('button', { name: 'Publish it now, for good' }).click()
    await team.getByRole('link', { name: 'read it as everybody does' }).click()
    await team.getByText('moss_under_stone').waitFor()
    const page = await team.content()
    for (const secret of ['8f3e2a11', 'See where', 'Moss Fern']) assert.ok(!page.includes(secret), secret)
    assert.ok(page.includes('My session was ████.') && page.includes('It goes there.'))
    await s.settled()
    const [file] = await Promise.all([team.waitForEvent('download'), team.getByRole('link', { name: `${one.reference}.redacted.json` }).click()])
    assert.equal(file.suggestedFilename(), `${one.reference}.redacted.json`)
  })

  it('an invalid report is published after the reporter’s days, naming nobody', async () => {
    const other = await submit()
    await s.as('admin').run(closeReport, { report: other.report, reason: 'not applicable', message: 'It is meant so.' })
    await atDesk(team, other.report)
    await (await fold(team, 'The text that is published')).getByRole('button', { name: 'Keep the text' }).click()
    const request = await fold(team, 'Ask to publish it')
    await request.getByLabel('What you have in mind').fill('Others report it, too.')
    await request.getByRole('button', { name: 'Ask' }).click()
    await team.getByText('The reporter may still object').waitFor()
    s.clock.advance({ hours: 15 * 24 })
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    await atDesk(tab, other.report)
    await tab.getByRole('button', { name: 'Publish it now, for good' }).click()
    await tab.goto(`${s.home}/disclosed`)
    await tab.getByRole('link', { name: content.title }).click()
    await tab.getByText('Closed: not applicable').waitFor()
    assert.ok(!(await tab.content()).includes('Moss Fern'))
    const feed = await (await fetch(`${s.home}/disclosed/feed.atom`)).text()
    assert.ok(feed.includes(content.title) && feed.includes('Sign-in followed any address'))
  })

  it('shows nothing that axe objects to, on a phone and at a desk, by day and by night', async () => {
    const another = await submit()
    for (const look of looks) {
      const { tab, complaints } = await newTab(browser, look)
      await tab.context().addCookies([s.pass])
      for (const path of ['/disclosed', `/disclosed/${one.reference}`, `/desk/reports/${another.report}/disclosure`, '/desk/handling/disclosure']) {
        await tab.goto(s.home + path)
        await openAll(tab)
        assert.deepEqual(await sameIds(tab), [], path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        if (process.env['AVOW_SHOTS']) await tab.screenshot({ path: `${process.env['AVOW_SHOTS']}/${path.split('/').slice(1,
          3).join('-')}-${looks.indexOf(look)}.png`, fullPage: true })
      }
      await follow(tab, another.phrase)
      await atTrack(tab)
      await openAll(tab)
      assert.deepEqual(await violations(tab), [])
      assert.deepEqual(complaints, [])
      await tab.context().close()
    }
  })
})
