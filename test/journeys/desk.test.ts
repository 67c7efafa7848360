import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { verifyLog } from 'avow-verify'
import type { Browser, Page } from 'playwright-core'
import { createInvitation } from '../../src/domain/accounts/index.ts'
import { newTab, openBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { appWith } from '../support/second-factor.ts'
import { site, type Site } from '../support/site.ts'

const policy = `# Security at Halden Works

We acknowledge every report within one week.[^ack] What we accept is fixed within 30 days.[^fix]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
[^fix]: Every \`report.accepted\` is followed by \`report.fixed\` within 30 days.
`
const report = { title: 'Open redirect', description: 'It redirects anywhere.', steps: 'Follow the link.', good_faith: true }
const second = { ...report, title: 'Session survives sign-out' }

describe('a company, from its first link to the outsider who checks it', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let tab: Page
  let complaints: string[]
  let phrase: string

  before(async () => {
    s = await site()
    // The first administrator is alone, and approves what they have written.
    await s.write((tx) => tx.db.deleteFrom('memberships').execute())
    browser = await openBrowser();
    ({ tab, complaints } = await newTab(browser))
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  /** As the reporter: with a phrase where there is one already. */
  const api = async (path: string, body: object, known?: string) => {
    const headers = { 'content-type': 'application/json', ...(known && { authorization: `Phrase ${known}` }) }
    const answer = await fetch(`${s.home}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.equal(answer.ok, true, await answer.clone().text())
    return (answer.status === 204 ? {} : await answer.json()) as { phrase: string }
  }

  const outsider = () => verifyLog({ url: s.home, fetch, now: s.clock.now().epochMilliseconds })

  /** The standing of a promise as visitors see it, once the ledger has what happened. */
  const shown = async (mark: string, words: string) => {
    const visitor = (await newTab(browser, { script: false })).tab
    for (let attempt = 0; attempt < 50; attempt++) {
      await visitor.goto(s.home)
      if ((await visitor.locator(`#c-${mark} .standing`).innerText()).startsWith(words)) break
      await visitor.waitForTimeout(100)
    }
    assert.match(await visitor.locator(`#c-${mark} .standing`).innerText(), new RegExp(`^${words}`))
    await visitor.context().close()
  }

  const openCase = async (title: string) => {
    await tab.goto(`${s.home}/desk/reports`)
    await tab.getByRole('link', { name: title }).click()
    await tab.getByRole('heading', { name: title }).waitFor()
  }

  /** Takes a step of the open case, and waits until it is said to be done. */
  const step = async (name: string, said: string, fill: () => Promise<unknown> = async () => {}) => {
    const box = tab.locator('details.step').filter({ has: tab.locator('summary', { hasText: new RegExp(`^${name}`) }) })
    if (await box.getAttribute('open') === null) await box.locator('summary').click()
    await fill()
    await box.getByRole('button', { name, exact: true }).click()
    await tab.getByText(said).waitFor()
  }

  it('lets the first administrator in by a link that works once', async () => {
    const link = await s.write((tx) => createInvitation(tx, ['admin'], null))
    await tab.goto(s.home + link)
    await tab.getByLabel('Your name').fill('Ines Halden')
    await tab.getByLabel('Mail address').fill('ines@halden.example')
    await tab.getByLabel('Password').fill('short')
    await tab.getByRole('button', { name: 'Make my account' }).click()
    assert.equal(await tab.getByLabel('Password').getAttribute('aria-invalid'), 'true')
    assert.equal(await tab.getByLabel('Your name').inputValue(), 'Ines Halden')
    await tab.getByLabel('Password').fill('plough and harrow and rake')
    await tab.getByRole('button', { name: 'Make my account' }).click()
    await tab.getByRole('button', { name: 'Add an app' }).click()
    await tab.getByText('The camera does not work?').click()
    const app = appWith(await tab.locator('[data-copy="the key"] code').innerText())
    await tab.getByLabel('Code', { exact: true }).fill(app.next())
    await tab.getByRole('button', { name: 'Add the app' }).click()
    await tab.getByRole('link', { name: 'I have kept them' }).click()
    await tab.getByRole('heading', { name: 'Begin with a policy' }).waitFor()
    assert.equal((await fetch(s.home + link)).status, 404)
  })

  it('puts its policy in force, and shows that nothing has called for the promises yet', async () => {
    await tab.goto(`${s.home}/desk/new-policy`)
    await tab.getByLabel('Short name').fill('security')
    await tab.getByLabel('Text').fill(policy)
    await tab.getByRole('button', { name: 'Save the draft' }).click()
    await tab.getByRole('button', { name: 'Submit for approval' }).click()
    await tab.getByRole('button', { name: 'Rehearse' }).click()
    await tab.getByRole('link', { name: 'Go on' }).click()
    await tab.getByRole('button', { name: 'Approve this text' }).click()
    for (const box of await tab.locator('[name=marks]').all()) await box.check()
    await tab.getByRole('button', { name: 'Change who sees them' }).click()
    await tab.getByRole('button', { name: 'Put in force' }).click()
    await tab.getByText('Published. The record has it.').waitFor()
    await shown('ack', 'Not called for yet')
  })

  it('sees a duty appear on the open desk when a report arrives', async () => {
    await tab.goto(`${s.home}/desk`)
    await tab.getByText('All done').waitFor();
    ({ phrase } = await api('report/submit', report))
    await tab.getByRole('link', { name: 'Open redirect' }).waitFor()
    await tab.getByText('We acknowledge every report within one week.').waitFor()
    await shown('ack', 'Due')
  })

  it('keeps the promise by acknowledging', async () => {
    await openCase('Open redirect')
    await step('Acknowledge', 'Acknowledged.', () => tab.locator('#acknowledgement-message').fill('Thank you, we are looking at it.'))
    await shown('ack', 'Kept')
  })

  it('asks the reporter, and reads the answer without loading the page again', async () => {
    await tab.locator('#compose-message').fill('Which browser?')
    await tab.getByRole('button', { name: 'Ask, and wait for the answer' }).click()
    await tab.getByText('Waiting for the reporter’s answer').first().waitFor()
    const id = new URL(tab.url()).pathname.split('/').at(-1)!
    await api('report/answer', { report: id, message: 'Every browser that I have.' }, phrase)
    await tab.getByText('Every browser that I have.').waitFor()
    assert.equal(await tab.getByText('Waiting for the reporter’s answer').count(), 0)
  })

  it('refuses a vector that is none, and takes the severity from one', async () => {
    await step('Verify', 'One thing has to be changed', () => tab.getByLabel('CVSS vector').fill('CVSS:3.1/AV:N'))
    assert.equal(await tab.getByLabel('CVSS vector').inputValue(), 'CVSS:3.1/AV:N')
    await step('Verify', 'Verified.', () => tab.getByLabel('CVSS vector').fill('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'))
    await tab.locator('.page-head').getByText('Critical').waitFor()
  })

  it('accepts, fixes and resolves, and each promise follows', async () => {
    await step('Accept', 'Accepted.')
    await shown('fix', 'Due')
    await step('Fix is live', 'Noted: the fix is live.')
    await shown('fix', 'Kept')
    await step('Resolve', 'Resolved.', () => tab.locator('#resolution-message').fill('It is fixed. Thank you.'))
    await tab.goto(`${s.home}/desk`)
    await tab.getByText('All done').waitFor()
  })

  it('misses the target when nobody answers in time, and never loses that from its record', async () => {
    await api('report/submit', second)
    await shown('ack', 'Due')
    s.clock.advance({ hours: 8 * 24 })
    await shown('ack', 'Target missed')
    await tab.goto(`${s.home}/desk`)
    await tab.getByRole('region', { name: 'Late' }).getByRole('link', { name: second.title }).waitFor()
    await openCase(second.title)
    await step('Acknowledge', 'Acknowledged.', () => tab.locator('#acknowledgement-message').fill('We are late. Sorry.'))
    type Standings = { commitments: { mark: string; record: { total: number; in_time: number } }[] }
    const { commitments } = await (await fetch(`${s.home}/standings.json`)).json() as Standings
    assert.deepEqual(commitments.filter(({ mark }) => mark === 'ack').map(({ record: { total, in_time } }) => [total, in_time]), [[2, 1]])
  })

  it('is checked by an outsider: the log is whole, and no standing differs from what can be read', async () => {
    const { faults, standings } = await outsider()
    assert.deepEqual(faults, [])
    assert.deepEqual(standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`).toSorted(), ['ack attested', 'fix attested'])
  })

  it('is recomputed by an outsider once the entries have opened: every public standing is the one that is shown', async () => {
    s.clock.advance({ hours: 24 * 365 })
    const { faults, standings } = await outsider()
    assert.deepEqual(faults, [])
    assert.deepEqual(standings!.commitments.map(({ mark, verdict, computed, said }) => [mark, verdict, computed, said]).toSorted(), [
      ['ack', 'confirmed', 'kept', 'kept'], ['fix', 'confirmed', 'kept', 'kept'],
    ])
  })

  it('complained of nothing in the browser but the one refusal', () => {
    assert.deepEqual(complaints.filter((line) => !line.includes('422')), [])
  })
})
