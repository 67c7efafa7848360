import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newTab, openBrowser, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

describe('a report, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let phrase: string
  let casePath: string

  before(async () => {
    s = await site()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const researcher = async () => (await newTab(browser, { script: false })).tab
  const team = async (look: Partial<Look> & { script?: boolean } = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }
  const follow = async (tab: Page) => {
    await tab.goto(`${s.home}/track`)
    await tab.getByLabel('Tracking phrase').fill(phrase)
    await tab.getByRole('button', { name: 'Open the report' }).click()
  }

  it('is sent without script: what is wrong stands at its field, a row more comes filled, the phrase is shown', async () => {
    const tab = await researcher()
    await tab.goto(`${s.home}/report`)
    await tab.getByRole('button', { name: 'Send the report' }).click()
    assert.equal(await tab.getByLabel('Title').getAttribute('aria-invalid'), 'true')
    await tab.getByLabel('Title').fill('Stored XSS in a comment')
    await tab.getByLabel('Description').fill('The comment field keeps <script> as it is.')
    await tab.getByLabel('Steps to reproduce').fill('1. Write <script>alert(1)</script>')
    await tab.getByText('Tools you used, and what they printed').click()
    await tab.locator('[name="tools[0][name]"]').fill('curl')
    await tab.getByRole('button', { name: 'Add another tool' }).click()
    assert.equal(await tab.locator('[name="tools[0][name]"]').inputValue(), 'curl')
    await tab.locator('[name="tools[1][name]"]').fill('ffuf')
    await tab.getByLabel('I acted in good faith', { exact: false }).check()
    await tab.getByRole('button', { name: 'Send the report' }).click()
    phrase = (await tab.locator('.copy code').textContent())!
    assert.match(phrase, /^[a-z]+(-[a-z]+){5}$/)
  })

  it('shows the report to whoever has the phrase, and to nobody else, without script', async () => {
    const tab = await researcher()
    await tab.goto(`${s.home}/track/report`)
    assert.equal(await tab.getByText('Stored XSS').count(), 0)
    await follow(tab)
    await tab.getByRole('heading', { name: 'Stored XSS in a comment' }).waitFor()
    await tab.getByText('1. Write <script>alert(1)</script>').waitFor()
    await tab.getByText('Tool: ffuf').waitFor()
  })

  it('is found at the desk, acknowledged, and annotated for the team alone', async () => {
    const { tab } = await team({ script: false })
    await tab.goto(`${s.home}/desk/reports`)
    await tab.getByRole('link', { name: 'Stored XSS in a comment' }).click()
    casePath = new URL(tab.url()).pathname.slice(new URL(s.home).pathname.length)
    await tab.locator('#acknowledgement-message').fill('Thank you, we are looking at it.')
    await tab.getByRole('button', { name: 'Acknowledge', exact: true }).click()
    await tab.getByText('Acknowledged. The reporter can read it now.').waitFor()
    await tab.getByLabel('Your note').fill('Looks like the old sanitiser.')
    await tab.getByRole('button', { name: 'Add the note' }).click()
    await tab.locator('.message-team').getByText('Looks like the old sanitiser.').waitFor()
  })

  it('tells the reporter what was written to them, and never the note', async () => {
    const tab = await researcher()
    await follow(tab)
    await tab.getByText('Thank you, we are looking at it.').waitFor()
    assert.equal(await tab.getByText('old sanitiser').count(), 0)
    await tab.getByLabel('Write to the team').fill('It also works in the profile.')
    await tab.getByRole('button', { name: 'Send' }).click()
    await tab.getByText('It also works in the profile.').waitFor()
  })

  it('appears at the open desk by itself, and keeps what a colleague is typing', async () => {
    const { tab } = await team()
    await tab.goto(s.home + casePath)
    const question = tab.locator('#compose-message')
    await question.fill('Which browser did')
    const other = await team({ script: false })
    await other.tab.goto(s.home + casePath)
    const verify = other.tab.locator('details.step').filter({ has: other.tab.locator('summary', { hasText: /^Verify/ }) })
    if (await verify.getAttribute('open') === null) await verify.locator('summary').click()
    await verify.getByLabel('Or a severity in a word').selectOption('high')
    await verify.getByRole('button', { name: 'Verify', exact: true }).click()
    await tab.locator('.page-head').getByText('Verified').waitFor()
    assert.equal(await question.inputValue(), 'Which browser did')
    assert.equal(await question.isVisible(), true)
  })
})
