import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { look } from '../../src/ui/look.tsx'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening, looks, newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { world, type World } from '../support/world.ts'

describe('every part of the look, in a browser', { skip: needs('chromium') }, () => {
  let w: World
  let browser: Browser
  let site: Awaited<ReturnType<typeof listening>>
  let address: string
  before(async () => {
    w = await world()
    const web = createWeb({ database: w.database, modules: [look], operations: registry([look], () => true), log: console })
    site = await listening((request) => web.fetch(request))
    address = `${site.origin}/o/${w.organization.slug}/dev/look`
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await site?.close()
    await w?.close()
  })

  for (const { scheme, width } of looks) {
    it(`is accessible and fits at ${width} px, ${scheme}`, async () => {
      const { tab, complaints } = await newTab(browser, { scheme, width })
      await tab.goto(address)
      assert.deepEqual(await violations(tab), [])
      assert.equal(await overflows(tab), false)
      assert.deepEqual(complaints, [])
    })
  }

  it('is large enough for fingers on a phone', async () => {
    const { tab } = await newTab(browser, { width: 390 })
    await tab.goto(address)
    const small = await tab.$$eval('.button, .nav a, input:not([type=hidden], [type=checkbox], [type=radio]), select, summary', (all) =>
      all.filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80)))
    assert.deepEqual(small, [])
  })

  it('adds a row where script runs, with the right names', async () => {
    const { tab } = await newTab(browser)
    await tab.goto(address)
    await tab.getByRole('button', { name: 'Add another tool' }).click()
    assert.equal(await tab.locator('[name="tools[2][version]"]').count(), 1)
  })

  it('says of a repeated field without script which one is meant', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.goto(address)
    assert.equal(await tab.getByRole('button', { name: 'Add another tool' }).getAttribute('value'), 'tools')
  })
})
