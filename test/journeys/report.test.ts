import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { parseVkey, verifyReceipt } from 'avow-verify'
import type { Browser, Page } from 'playwright-core'
import { newTab, openBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const scan = { name: 'scan.txt', mimeType: 'text/plain', buffer: Buffer.from('GET /next?to=//elsewhere.example → 302\n') }

describe('a researcher without script, and what is theirs to keep', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let tab: Page
  let phrase: string

  before(async () => {
    s = await site()
    browser = await openBrowser()
    tab = (await newTab(browser, { script: false })).tab
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const send = (on: Page) => on.getByRole('button', { name: 'Send the report' }).click()
  const fill = async (on: Page, title: string) => {
    await on.getByLabel('Title').fill(title)
    await on.getByLabel('Description').fill('The parameter “to” leads anywhere.')
    await on.getByLabel('Steps to reproduce').fill('Follow /next?to=//elsewhere.example.')
    await on.getByLabel('I acted in good faith', { exact: false }).check()
  }
  const downloaded = async (name: string) => {
    const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('link', { name }).click()])
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const reports = () => s.read((tx) => tx.db.selectFrom('reports').select('id').execute())

  it('finds everything again after a refusal: each field, each tool, and the file', async () => {
    await tab.goto(`${s.home}/report`)
    await fill(tab, '')
    await tab.getByLabel('Files').setInputFiles(scan)
    await tab.getByText('Tools you used, and what they printed').click()
    await tab.locator('[name="tools[0][name]"]').fill('curl')
    await tab.getByRole('button', { name: 'Add another tool' }).click()
    await tab.locator('[name="tools[1][name]"]').fill('ffuf')
    await tab.locator('[name="tools[1][output]"]').fill('302\n200')
    await send(tab)
    await tab.getByRole('heading', { name: 'One thing has to be changed' }).waitFor()
    assert.equal(await tab.getByLabel('Title').getAttribute('aria-invalid'), 'true')
    assert.equal(await tab.getByLabel('Description').inputValue(), 'The parameter “to” leads anywhere.')
    assert.equal(await tab.locator('[name="tools[0][name]"]').inputValue(), 'curl')
    assert.equal(await tab.locator('[name="tools[1][name]"]').inputValue(), 'ffuf')
    assert.equal(await tab.locator('[name="tools[1][output]"]').inputValue(), '302\n200')
    assert.equal(await tab.getByLabel('I acted in good faith', { exact: false }).isChecked(), true)
    await tab.getByText('This file is here already').waitFor()
    assert.deepEqual(await reports(), [])
  })

  it('is given the phrase, and two files that prove to anybody what was reported, file included', async () => {
    await tab.getByLabel('Title').fill('Open redirect at sign-in')
    await send(tab)
    phrase = (await tab.locator('.copy code').textContent())!
    const [receipt, content] = [await downloaded('Receipt'), await downloaded('Content file')]
    assert.match(`${receipt.name} ${content.name}`, /^(\S+)\.tlog-proof \1\.json$/)
    const trust = { keys: [parseVkey((await (await fetch(`${s.home}/log/key`)).text()).trim())], witnesses: [] }
    const files = (bytes: Uint8Array) => ({ receipt: receipt.text, content: content.text, attachments: [{ name: scan.name, bytes }] })
    const { ok, faults, entry, facts } = await verifyReceipt(files(scan.buffer), trust)
    assert.deepEqual([ok, faults, entry?.kind, facts?.['title']], [true, [], 'report.received', 'Open redirect at sign-in'])
    const forged = await verifyReceipt(files(Buffer.from('302')), trust)
    assert.deepEqual([forged.ok, forged.faults.map(({ code }) => code)], [false, ['attachment_differs']])
  })

  it('downloads the file again just as it was', async () => {
    await tab.getByRole('link', { name: 'Read the report' }).click()
    assert.equal((await downloaded(scan.name)).text, scan.buffer.toString())
  })

  it('leaves, and this browser knows nothing of the report any more', async () => {
    await tab.getByRole('button', { name: 'Leave this report' }).click()
    for (const path of ['/track/report', '/track/received', '/track/report/receipt']) {
      await tab.goto(s.home + path)
      assert.equal(await tab.getByText('Open redirect at sign-in').count(), 0, path)
      assert.equal(await tab.getByText(phrase).count(), 0, path)
    }
  })

  it('comes back with the phrase as people write it down', async () => {
    await tab.goto(`${s.home}/track`)
    await tab.getByLabel('Tracking phrase').fill('lusab-babad-gutih-tugad-hajoz-kimor')
    await tab.getByRole('button', { name: 'Open the report' }).click()
    await tab.locator('#phrase-error').waitFor()
    await tab.getByLabel('Tracking phrase').fill(` ${phrase.toUpperCase().replaceAll('-', ' ')} `)
    await tab.getByRole('button', { name: 'Open the report' }).click()
    await tab.getByRole('heading', { name: 'Open redirect at sign-in' }).waitFor()
    assert.doesNotMatch(tab.url(), new RegExp(phrase.slice(0, 5), 'i'))
  })

  it('sends one report however often they click', async () => {
    const other = (await newTab(browser, { script: false })).tab
    await other.goto(`${s.home}/report`)
    await fill(other, 'Clicked twice')
    await other.getByRole('button', { name: 'Send the report' }).dblclick()
    const shown = await other.locator('.copy code').textContent()
    await other.getByRole('link', { name: 'Read the report' }).click()
    await other.getByRole('button', { name: 'Leave this report' }).click()
    await other.getByLabel('Tracking phrase').fill(shown!)
    await other.getByRole('button', { name: 'Open the report' }).click()
    await other.getByRole('heading', { name: 'Clicked twice' }).waitFor()
    assert.equal((await reports()).length, 2)
  })
})
