import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const page = `<!doctype html><title>x</title><nav>Home</nav><h1>Security at Halden Works</h1>
<p>We acknowledge every report within one week. Everything is encrypted in transit. We make backups.</p>
<p>Please tell nobody else before it is fixed. We may pay a reward.</p>`

describe('importing a page that exists, in a browser', { skip: needs('chromium') }, () => {
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

  const reading = async (look: Parameters<typeof newTab>[1]) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    await opened.tab.goto(`${s.home}/desk/policies`)
    await opened.tab.getByRole('link', { name: 'Import a page' }).click()
    await opened.tab.getByLabel('File').setInputFiles({ name: 'security.html', mimeType: 'text/html', buffer: Buffer.from(page) })
    await opened.tab.getByRole('button', { name: 'Read it' }).click()
    await opened.tab.getByRole('heading', { name: 'Sentence by sentence' }).waitFor()
    return opened
  }

  it('asks for a text, where none was given', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    await tab.goto(`${s.home}/desk/import-policy`)
    await tab.getByRole('button', { name: 'Read it' }).click()
    assert.match(await tab.getByRole('alert').innerText(), /Paste the text of the page/)
  })

  it('takes an uploaded page with script off, comes back filled until every guess is confirmed, and saves a draft', async () => {
    const { tab } = await reading({ script: false })
    await tab.getByLabel('Short name').fill('security')
    const sentence = (words: string) => tab.getByRole('listitem').filter({ hasText: words })
    await sentence('one week').getByLabel('Rule “ack”').fill('Every `report.received` is followed by `report.acknowledged` within 5 days.')
    await sentence('in transit').getByLabel('What it is').selectOption('statement')
    await tab.getByRole('button', { name: 'Save as a draft' }).click()
    assert.match(await tab.getByRole('alert').innerText(), /“backups”: confirm that 1 day is meant/)
    assert.match(await sentence('one week').getByLabel('Rule “ack”').inputValue(), /within 5 days/)
    assert.equal(await sentence('in transit').getByLabel('What it is').inputValue(), 'statement')
    await sentence('backups').getByLabel('1 day is meant').check()
    await tab.getByRole('button', { name: 'Save as a draft' }).click()
    await tab.getByText('Version 1 is saved as a draft').waitFor()
    await tab.goto(`${s.home}/desk/policies/security/draft`)
    const text = await tab.getByLabel('Text').inputValue()
    assert.ok(text.startsWith('# Security at Halden Works\n\nWe acknowledge every report within one week.[^ack] '
      + 'Everything is encrypted in transit. We make backups.[^backups]\n'))
    assert.match(text, /\[\^ack\]: .* within 5 days\.\n\[\^backups\]: /)
  })

  for (const look of looks) {
    it(`is accessible, fits, and complains of nothing at ${look.width} px, ${look.scheme}`, async () => {
      const { tab, complaints } = await reading(look)
      await tab.getByRole('button', { name: 'Save as a draft' }).click()
      await tab.getByRole('alert').waitFor()
      await openAll(tab)
      assert.deepEqual(await violations(tab), [])
      assert.equal(await overflows(tab), false)
      assert.deepEqual(complaints.filter((line) => !line.includes('422')), [])
    })
  }
})
