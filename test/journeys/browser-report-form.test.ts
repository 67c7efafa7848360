import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { addAsset } from '../../src/domain/reports/manage-assets.ts'
import { newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const nuclei = JSON.stringify({ 'template-id': 'open-redirect', info: { name: 'Open redirect', severity: 'medium' },
  'matched-at': 'https://shop.acme.example/next', type: 'http' })

describe('the report form, without script', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let tab: Page

  before(async () => {
    s = await site()
    await s.as('admin').run(addAsset, { name: 'Blog', locator: 'blog.acme.example', in_scope: false, note: 'Somebody else runs it.' })
    browser = await openBrowser()
    tab = (await newTab(browser, { script: false, width: 390 })).tab
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const well = async (name: string) => {
    assert.deepEqual(await violations((await withScript()).tab), [], name)
  }
  /** The same page where axe can run. */
  const withScript = async () => {
    const looked = await newTab(browser, { width: 390 })
    await looked.tab.goto(tab.url())
    return looked
  }
  const look = async (name: string) => {
    assert.equal(await overflows(tab), false, name)
    if (process.env.LOOK) await tab.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true })
  }
  const reports = () => s.read((tx) => tx.db.selectFrom('reports').select(['id', 'queue']).execute())

  it('leads to the calculator and back, with every word and file', async () => {
    await tab.goto(`${s.home}/report`)
    await look('form')
    await well('form')
    await tab.getByLabel('Title').fill('Redirect on the blog')
    await tab.getByLabel('Description').fill('See https://blog.acme.example/next\nIt could be used for phishing.')
    await tab.getByLabel('Steps to reproduce').fill('Follow it.')
    await tab.getByLabel('Files').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('302') })
    await tab.getByText('Tools you used, and what they printed').click()
    await tab.locator('[name="tools[0][name]"]').fill('nuclei')
    await tab.locator('[name="tools[0][output]"]').fill(nuclei)
    await tab.getByLabel('I acted in good faith', { exact: false }).check()
    await tab.getByText('Where exactly, and how severe').click()
    await tab.getByRole('button', { name: 'Work out the vector' }).click()
    await tab.getByRole('button', { name: 'In CVSS 4.0' }).click()
    await tab.getByRole('button', { name: 'In CVSS 3.1' }).click()
    for (const choice of ['Network', 'Low: it works', 'None', 'Yes, such as', 'Yes: another']) await tab.getByLabel(choice, { exact: false }).first().check()
    await tab.getByRole('button', { name: 'Show the score' }).click()
    await tab.getByText('3 answers are missing for a score.').waitFor()
    for (const [metric, value] of [['C', 'L'], ['I', 'L'], ['A', 'N']]) await tab.locator(`[name="${metric}"][value="${value}"]`).check()
    await tab.getByRole('button', { name: 'Show the score' }).click()
    await tab.locator('#score').getByText('6.1').waitFor()
    await look('calculator')
    await tab.getByRole('button', { name: 'Take it into the report' }).click()
    assert.equal(await tab.getByLabel('CVSS vector').inputValue(), 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N')
    assert.equal(await tab.getByLabel('Description').inputValue(), 'See https://blog.acme.example/next\nIt could be used for phishing.')
    assert.equal(await tab.locator('[name="tools[0][output]"]').inputValue(), nuclei)
    await tab.getByLabel('a.txt').waitFor()
  })

  it('shows what the report collides with before it is sent, and gives everything back to be changed', async () => {
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByRole('heading', { name: 'Before you send it' }).waitFor()
    await tab.getByText('Blog is not in scope').waitFor()
    await tab.getByText('social engineering', { exact: false }).first().waitFor()
    await tab.getByRole('rowheader', { name: 'Open redirect' }).waitFor()
    await look('review')
    assert.deepEqual(await reports(), [])
    await tab.getByRole('button', { name: 'Change it first' }).click()
    assert.equal(await tab.getByLabel('Title').inputValue(), 'Redirect on the blog')
    await tab.getByLabel('a.txt').waitFor()
    await tab.getByLabel('Version or commit').fill('2.0')
  })

  it('sends it all the same where the reporter says so', async () => {
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByRole('heading', { name: 'We have your report' }).waitFor()
    const [report] = await reports()
    const desk = (await newTab(browser, { script: false })).tab
    await desk.context().addCookies([s.pass])
    await desk.goto(`${s.home}/desk/reports/${report!.id}`)
    await desk.getByRole('link', { name: 'a.txt' }).waitFor()
    await desk.getByText('nuclei: one finding').waitFor()
    await desk.getByText('things that we ask for are there').waitFor()
    if (process.env.LOOK) await desk.screenshot({ path: `${process.env.LOOK}/case.png`, fullPage: true })
  })

  it('is a calculator of its own for anybody', async () => {
    const { tab: open, complaints } = await newTab(browser)
    await open.goto(`${s.home}/cvss?cvss_version=4.0`)
    for (const [metric, value] of Object.entries({ AV: 'N', AC: 'L', AT: 'N', PR: 'N', UI: 'N', VC: 'H', VI: 'H', VA: 'H', SC: 'N', SI: 'N', SA: 'N' })) {
      await open.locator(`[name="${metric}"][value="${value}"]`).check()
    }
    await open.locator('#score').getByText('9.3').waitFor()
    assert.deepEqual(await violations(open), [])
    assert.deepEqual(complaints, [])
  })

  it('has its pages at the desk and for the public in order', async () => {
    const { tab: open } = await newTab(browser)
    await open.context().addCookies([s.pass])
    for (const path of ['/desk/expectations', '/desk/scope', '/report/known', '/report/weaknesses']) {
      await open.goto(s.home + path)
      assert.deepEqual(await violations(open), [], path)
      if (process.env.LOOK) await open.screenshot({ path: `${process.env.LOOK}/${path.replaceAll('/', '-').slice(1)}.png` })
    }
  })
})
