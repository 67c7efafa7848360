import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { addAsset } from '../../src/domain/reports/manage-assets.ts'
import { listening, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

describe('a report that is begun, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser

  before(async () => {
    s = await site()
    await s.as('admin').run(addAsset, { name: 'Shop', locator: 'shop.acme.example' })
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const look = async (tab: Page, name: string) => {
    assert.equal(await overflows(tab), false, name)
    if (process.env.LOOK) await tab.screenshot({ path: `${process.env.LOOK}/${name}.png`, fullPage: true })
  }
  /** The browser is closed and opened again: what it keeps are its cookies alone. */
  const reopened = async (tab: Page, script: boolean) => {
    const cookies = await tab.context().cookies()
    await tab.context().close()
    const opened = (await newTab(browser, { script, width: 390 })).tab
    await opened.context().addCookies(cookies.filter(({ expires }) => expires > 0))
    return opened
  }
  const proof = { name: 'proof.txt', mimeType: 'text/plain', buffer: Buffer.from('GET /next?to=//elsewhere.example') }
  const goodFaith = 'I acted in good faith'
  const begin = async (tab: Page, title: string) => {
    await tab.goto(`${s.home}/report`)
    await tab.getByLabel('Title').fill(title)
    await tab.getByLabel('Description').fill('Ein Umweg führt hinaus 🐛 مرحبا')
    await tab.getByLabel('Files').setInputFiles(proof)
    await tab.getByLabel(goodFaith, { exact: false }).check()
  }
  const isThere = async (tab: Page, title: string) => {
    assert.equal(await tab.getByLabel('Title').inputValue(), title)
    assert.equal(await tab.getByLabel('Description').inputValue(), 'Ein Umweg führt hinaus 🐛 مرحبا')
    assert.equal(await tab.getByLabel('proof.txt').isChecked(), true)
    assert.equal(await tab.getByLabel(goodFaith, { exact: false }).isChecked(), true)
  }
  const send = async (tab: Page) => {
    await tab.getByLabel('Steps to reproduce').fill('Follow it.')
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByRole('heading', { name: 'We have your report' }).waitFor()
  }
  const filesSent = async () => (await s.read((tx) => tx.db.selectFrom('attachments').select('id').where('owner_kind', '=', 'report').execute())).length
  const draftsKept = async () => (await s.read((tx) => tx.db.selectFrom('begun_reports').select('kept_until').execute())).length

  it('is kept by itself where script runs, with its files and the word of good faith, and is there when the browser comes back', async () => {
    const { tab, complaints } = await newTab(browser, { width: 390 })
    await begin(tab, 'Typed and left')
    await tab.getByText('Your draft is kept').waitFor()
    await tab.getByLabel('proof.txt').waitFor()
    assert.deepEqual(await violations(tab), [])
    assert.deepEqual(complaints, [])
    const back = await reopened(tab, true)
    await back.goto(`${s.home}/report`)
    await isThere(back, 'Typed and left')
    await look(back, 'draft-back')
    await send(back)
    assert.equal(await filesSent(), 1)
    assert.equal(await draftsKept(), 0)
    await back.context().close()
  })

  it('is kept by a button without script, and goes on in another browser by its phrase', async () => {
    const { tab } = await newTab(browser, { script: false, width: 390 })
    await begin(tab, 'Kept for later')
    await tab.getByRole('button', { name: 'Keep it for later' }).click()
    await tab.getByText('Your draft is kept').waitFor()
    await isThere(tab, 'Kept for later')
    const back = await reopened(tab, false)
    await back.goto(`${s.home}/report`)
    await isThere(back, 'Kept for later')
    await back.getByText('Go on in another browser').click()
    const phrase = (await back.locator('#draft code').textContent())!
    const other = (await newTab(browser, { script: false, width: 390 })).tab
    await other.goto(`${s.home}/report/draft`)
    await other.getByLabel('Phrase of the draft').fill(phrase)
    await other.getByRole('button', { name: 'Open the draft' }).click()
    await isThere(other, 'Kept for later')
    await send(other)
    assert.equal(await filesSent(), 2)
  })

  it('is found in the account of whoever was signed in, and forgotten there with its files', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    await begin(tab, 'Begun while signed in')
    await tab.getByRole('button', { name: 'Keep it for later' }).click()
    const elsewhere = (await newTab(browser, { script: false, width: 390 })).tab
    await elsewhere.context().addCookies([s.pass])
    await elsewhere.goto(`${s.home}/me/reports`)
    await look(elsewhere, 'my-drafts')
    await elsewhere.getByRole('button', { name: 'Begun while signed in', exact: true }).click()
    await isThere(elsewhere, 'Begun while signed in')
    await elsewhere.goto(`${s.home}/me/reports`)
    await elsewhere.getByRole('button', { name: 'Forget' }).click()
    assert.equal(await elsewhere.getByText('Begun while signed in').count(), 0)
    assert.equal(await draftsKept(), 0)
    assert.equal((await s.read((tx) => tx.db.selectFrom('attachments').select('id').where('held_until', 'is not', null).execute())).length, 0)
  })

  it('comes filled from a form on another site, which files nothing and speaks for nobody', async () => {
    const form = `<form method="post" action="${s.home}/report/from-elsewhere" accept-charset="utf-8"><input name="asset" value="shop">
      <input name="title" value="From outside"><textarea name="description">What is <b>wrong</b></textarea>
      <input name="good_faith" value="yes"><input name="claim_key" value="ssh-ed25519 AAAA"><button>Go</button></form>`
    const other = await listening(() => new Response(`<!doctype html>${form}`, { headers: { 'content-type': 'text/html' } }))
    try {
      const { tab } = await newTab(browser, { script: false, width: 390 })
      await tab.goto(`${s.home}/report`)
      await tab.goto(other.origin.replace('127.0.0.1', 'localhost'))
      await tab.getByRole('button', { name: 'Go' }).click()
      await tab.getByRole('heading', { name: 'Go on with your report' }).waitFor()
      await tab.getByText('What is <b>wrong</b>').waitFor()
      assert.equal(await tab.getByText('ssh-ed25519').count(), 0)
      await look(tab, 'from-elsewhere')
      await tab.getByRole('button', { name: 'Go on' }).click()
      assert.equal(await tab.getByLabel('Title').inputValue(), 'From outside')
      assert.equal(await tab.locator('[name=asset] option:checked').textContent(), 'Shop')
      assert.equal(await tab.getByLabel(goodFaith, { exact: false }).isChecked(), false)
      assert.equal(await tab.locator('[name=claim_key]').inputValue(), '')
      assert.equal(await draftsKept(), 0)
      await tab.getByLabel(goodFaith, { exact: false }).check()
      await send(tab)
    } finally {
      await other.close()
    }
  })

  it('comes filled by a link, and takes a reason for each field that is left out', async () => {
    const { tab } = await newTab(browser, { script: false, width: 390 })
    await tab.goto(`${s.home}/report?asset=Shop&title=By%20a%20link&good_faith=yes&description=not%20by%20link`)
    assert.equal(await tab.getByLabel('Title').inputValue(), 'By a link')
    assert.equal(await tab.getByLabel('Description').inputValue(), '')
    assert.equal(await tab.getByLabel(goodFaith, { exact: false }).isChecked(), false)
    await tab.getByLabel('Description').fill('Seen once.')
    await tab.getByLabel(goodFaith, { exact: false }).check()
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByLabel('Why no steps').fill('It happened once.')
    await look(tab, 'left-out')
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.getByRole('heading', { name: 'We have your report' }).waitFor()
  })

  it('is entered by the team, and split, in a browser', async () => {
    const { tab } = await newTab(browser)
    await tab.context().addCookies([s.pass])
    await tab.goto(`${s.home}/desk/new-report`)
    await tab.getByLabel('By which way').fill('by telephone')
    await tab.getByLabel('Title').fill('Two things at once')
    await tab.getByLabel('Description').fill('A redirect, and a script.')
    await tab.getByLabel('Files').setInputFiles(proof)
    assert.deepEqual(await violations(tab), [])
    await tab.getByRole('button', { name: 'Enter the report' }).click()
    await tab.getByRole('link', { name: 'Open the case' }).click()
    await tab.getByRole('link', { name: 'Split it into several reports' }).click()
    await tab.locator('[name="parts[0][title]"]').fill('The redirect')
    await tab.locator('[name="parts[0][description]"]').fill('Any address is followed.')
    assert.deepEqual(await violations(tab), [])
    await look(tab, 'split')
    await tab.getByRole('button', { name: 'Split', exact: true }).click()
    await tab.getByText('Split. The reporter can read it now').waitFor()
  })

  it('has its pages in order by day and by night, on a phone and at a desk', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const { tab } = await newTab(browser, { scheme, width })
        await tab.context().addCookies([s.pass])
        for (const path of ['/report', '/report/draft', '/cvss', '/desk/scope/elsewhere', '/desk/new-report']) {
          await tab.goto(s.home + path)
          await openAll(tab)
          assert.deepEqual(await violations(tab), [], `${path} ${scheme} ${width}`)
          await look(tab, `page${path.replaceAll('/', '-')}-${scheme}-${width}`)
        }
        await tab.context().close()
      }
    }
  })
})
