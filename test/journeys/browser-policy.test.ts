import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { policies } from '../../src/domain/policies/index.ts'
import { newTab, openBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const text = `# Security at Halden Works

We acknowledge every report within one week.[^ack] We fix what is critical within 14 days.[^fix]

- Access to each system is reviewed every quarter.[^access]
- Please tell nobody else before it is fixed.

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
[^fix]: Every \`report.accepted\` where severity is critical is followed by \`report.fixed\` within 14 days.
[^access]: For each system, \`access.reviewed\` happens at least every 3 months.
`

describe('policies, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser

  before(async () => {
    s = await site()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const run = (name: string, input: object) => s.as(s.grace).run(policies.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
  const signedIn = async (look: Parameters<typeof newTab>[1] = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }

  it('says that no policy is published, and lets people report all the same', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.goto(s.home)
    await tab.getByRole('heading', { name: 'No policy is published yet' }).waitFor()
    assert.equal(await tab.locator('main a[href$="/report"]').count(), 1)
  })

  it('shows while it is typed what each sentence will mean', async () => {
    const { tab, complaints } = await signedIn()
    await tab.goto(`${s.home}/desk/new-policy`)
    await tab.getByLabel('Short name').fill('security')
    await tab.getByLabel('Text').fill(text.replace('followed', 'folowed'))
    await tab.getByText('did you mean “followed”?').waitFor()
    await tab.getByLabel('Text').fill(text)
    await tab.getByText('within seven days').first().waitFor()
    assert.deepEqual(complaints, [])
  })

  it('shows the same by the Preview button without script, and keeps what was typed', async () => {
    const { tab } = await signedIn({ script: false })
    await tab.goto(`${s.home}/desk/new-policy`)
    await tab.getByLabel('Short name').fill('security')
    await tab.getByLabel('Text').fill(text)
    await tab.getByRole('button', { name: 'Preview' }).click()
    await tab.getByText('within seven days').first().waitFor()
    assert.equal((await tab.getByLabel('Text').inputValue()).trim(), text.trim())
    assert.equal(await tab.getByLabel('Short name').inputValue(), 'security')
  })

  it('goes from the draft to the security page without script', async () => {
    const { tab } = await signedIn({ script: false })
    await tab.goto(`${s.home}/desk/new-policy`)
    await tab.getByLabel('Short name').fill('security')
    await tab.getByLabel('Text').fill(text)
    await tab.getByRole('button', { name: 'Save the draft' }).click()
    await tab.getByRole('button', { name: 'Submit for approval' }).click()
    await tab.getByRole('button', { name: 'Rehearse' }).click()
    await tab.getByRole('link', { name: 'Go on' }).click()
    await tab.getByRole('button', { name: 'Approve this text' }).click()
    await tab.getByLabel('Choose “We acknowledge every report within one week.”').check()
    await tab.getByRole('button', { name: 'Change who sees them' }).click()
    await tab.getByRole('button', { name: 'Put in force' }).click()
    await tab.getByText('Published. The record has it.').waitFor()
    await tab.goto(s.home)
    await tab.getByRole('heading', { name: 'Security at Halden Works', level: 1 }).waitFor()
    await s.settled()
    await tab.reload()
    await tab.getByText('2 promised sentences have no public standing.').waitFor()
  })

  it('opens what is behind a promise, without script, and leads there from the sentence', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.goto(s.home)
    assert.equal(await tab.locator('.promise-link').first().getAttribute('href'), '#c-ack')
    await tab.locator('#c-ack summary').click()
    await tab.getByText('Whenever a report is received, it is acknowledged within seven days.').waitFor()
  })

  it('keeps to itself what was not made public', async () => {
    const { tab } = await newTab(browser)
    await tab.goto(s.home)
    assert.equal(await tab.locator('#c-fix summary').count(), 0)
    assert.equal(await tab.locator('#c-fix').textContent(), 'A promise without a public standing.')
  })

  it('shows what a new version changed', async () => {
    await run('policy.draft', { text: text.replace('one week', 'five days').replace('7 days', '5 days'), summary: 'Faster answers.', significant: true })
    const { tab } = await signedIn()
    await tab.goto(`${s.home}/desk/policies/security/changes`)
    assert.deepEqual(await tab.locator('.diff del').allTextContents(), ['one', 'week', '7'])
    assert.deepEqual(await tab.locator('.diff ins').allTextContents(), ['five', 'days', '5'])
  })
})
