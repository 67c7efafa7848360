import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createAccount } from '../../src/access/accounts.ts'
import type { Member } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { acknowledgeReport } from '../../src/domain/reports/acknowledge-report.ts'
import { changeMany } from '../../src/domain/reports/desk/change-case.ts'
import { orderByDuties } from '../../src/domain/reports/desk/due-order.ts'
import { saveTemplate } from '../../src/domain/reports/desk/templates.ts'
import { markRead } from '../../src/domain/reports/desk/reads.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { looks, newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const titles = ['Script runs in the search box', 'Anybody reads anybody’s invoices', 'The reset link never ends',
  'A very long title that tells of the header, the parser and the cache']

describe('the desk, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let ben: Member
  const reports: string[] = []
  before(async () => {
    s = await site()
    browser = await openBrowser()
    for (const title of titles) {
      reports.push((await s.as('nobody').run(submitReport,
        { title, description: 'See for yourself.', steps: '1. Look.', name: 'Moss Fern', good_faith: true })).report)
      s.clock.advance({ minutes: 5 })
    }
    const accountId = await createAccount(s.database.global, s.keyring, { name: 'Ben Ode', address: 'ben@example.org' }, null)
    await s.write((tx) => addMember(tx, accountId, ['triager']))
    ben = { kind: 'member', accountId, personName: 'Ben Ode', roles: ['triager'] }
    await s.as(ben).run(changeMany, { reports: [reports[2]!], assignee: 'me', add_tag: 'mail' })
    await s.as('admin').run(saveTemplate, { name: 'Thanks', body: 'Dear {reporter}, thank you for {reference}.' })
    await s.settled()
    await s.write(orderByDuties)
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const desk = async (look: Parameters<typeof newTab>[1] = {}) => {
    const { tab, complaints } = await newTab(browser, look)
    await tab.context().addCookies([s.pass])
    return { tab, complaints }
  }
  const focused = (tab: Page) => tab.evaluate(() => document.activeElement?.textContent ?? '')

  it('is walked by keys alone: tick two, tag them, undo, open one, answer from a template', async () => {
    const { tab, complaints } = await desk()
    await tab.goto(`${s.home}/desk/reports`)
    await tab.keyboard.press('?')
    await tab.getByRole('heading', { name: 'Keys' }).waitFor()
    await tab.keyboard.press('Escape')
    for (const key of ['j', 'x', 'j', 'x', 'b']) await tab.keyboard.press(key)
    assert.equal(await tab.locator('[data-tick]:checked').count(), 2)
    await tab.getByLabel('Add a tag').focus()
    await tab.keyboard.type('shop')
    await tab.keyboard.press('Enter')
    await tab.getByText('2 reports were changed.').waitFor()
    assert.equal(await tab.locator('.tag', { hasText: 'shop' }).count(), 2)
    await tab.keyboard.press('u')
    await tab.getByText('Taken back in 2 reports.').waitFor()
    await tab.keyboard.press('j')
    const title = await focused(tab)
    await tab.keyboard.press('Enter')
    await tab.getByRole('heading', { level: 1, name: title }).waitFor()
    await tab.keyboard.press('a')
    await tab.getByText('Handed over.').waitFor()
    await tab.getByLabel('Template').selectOption({ label: 'Thanks' })
    await tab.getByRole('button', { name: 'Insert' }).press('Enter')
    assert.match(await tab.locator('#compose-message').inputValue(), /^Dear Moss Fern, thank you for R-/)
    assert.equal(await focused(tab), await tab.locator('#compose-message').evaluate((box) => box.textContent))
    await tab.getByRole('button', { name: 'Send to Moss Fern' }).press('Enter')
    await tab.getByText('Sent. The reporter can read it now.').waitFor()
    assert.deepEqual(complaints, [])
  })

  it('tells what a colleague did, and who looks, without touching what is being typed', async () => {
    const { tab } = await desk()
    await tab.goto(`${s.home}/desk/reports/${reports[1]}`)
    await tab.locator('#compose-note').fill('Half a thought')
    await s.as(ben).run(markRead, { report: reports[1] })
    await s.as(ben).run(acknowledgeReport, { report: reports[1], message: 'Read.' })
    await tab.getByText('acknowledged it a moment ago').waitFor()
    await tab.getByText('Ben Ode is looking at this too').waitFor()
    assert.equal(await tab.locator('#compose-note').inputValue(), 'Half a thought')
  })

  it('keeps what is typed, also when the browser is closed, and forgets it once it is sent', async () => {
    const [one, address] = [await desk(), `${s.home}/desk/reports/${reports[0]}`]
    await one.tab.goto(address)
    await one.tab.locator('#compose-message').fill('Half a sentence')
    await one.tab.getByText('Kept as your draft.').first().waitFor()
    await one.tab.locator('#compose-note').fill('A thought')
    await one.tab.close()
    const { tab, complaints } = await desk()
    await tab.goto(address)
    assert.equal(await tab.locator('#compose-message').inputValue(), 'Half a sentence')
    assert.equal(await tab.locator('#compose-note').inputValue(), 'A thought')
    await tab.locator('#compose-message').fill('A whole sentence.')
    await tab.getByRole('button', { name: 'Send as the acknowledgement' }).click()
    await tab.getByText('Acknowledged. The reporter can read it now.').waitFor()
    assert.equal(await tab.locator('#compose-message').inputValue(), '')
    await tab.getByText('A whole sentence.').waitFor()
    await tab.locator('#compose-message').fill('Begun and left')
    await tab.locator('#compose-note').fill('In between')
    await tab.getByRole('button', { name: 'Add the note' }).click()
    await tab.getByText('Noted for the team.').waitFor()
    assert.equal(await tab.locator('#compose-message').inputValue(), 'Begun and left')
    assert.deepEqual([...one.complaints, ...complaints], [])
  })

  it('inserts a template, hands over and undoes without script', async () => {
    const { tab } = await desk({ script: false })
    await tab.goto(`${s.home}/desk/reports/${reports[3]}`)
    await tab.locator('#compose-message').fill('Typed before.')
    await tab.getByLabel('Template').selectOption({ label: 'Thanks' })
    await tab.getByRole('button', { name: 'Insert' }).click()
    assert.match(await tab.getByLabel('Your message').inputValue(), /^Typed before\.\n\nDear Moss Fern/)
    await tab.goto(`${s.home}/desk/reports/${reports[3]}`)
    await tab.getByText('Hand it over').first().click()
    await tab.getByLabel('To whom').selectOption({ label: 'Ben Ode' })
    await tab.getByRole('button', { name: 'Hand it over' }).click()
    await tab.getByText('Handed over.').waitFor()
    await tab.getByRole('button', { name: /^Undo/ }).first().click()
    await tab.getByText('Taken back.').waitFor()
  })

  for (const look of looks) {
    it(`has nothing to complain about: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await desk(look)
      for (const path of ['/desk/reports', `/desk/reports/${reports[2]}`, '/desk/case-settings']) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        if (process.env.AVOW_SHOTS) await tab.screenshot({ path: `${process.env.AVOW_SHOTS}/${path.replaceAll(/\W+/g, '-')}-${look.scheme}-${look.width}.png`,
          fullPage: true })
      }
      assert.deepEqual(complaints, [])
    })
  }
})
