import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { factJobs } from '../../src/domain/facts/index.ts'
import { addAsset } from '../../src/domain/reports/manage-assets.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { weird } from '../bench/made/weird.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const told = {
  title: 'Critical overflow', weakness: 'CWE-79', endpoint: '/find', parameter: 'term', cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', good_faith: true,
  steps: 'Open https://shop.example/find?term=1 and https://blog.shop.example/, then read lib/none.c:12.',
  description: 'CVSS score: 9.8. As CVE-2099-1000 it is a bypass. The value of the term parameter is written into the page as it was sent, wherever it stands.',
}

/** Those that pages have most trouble with. */
const widest = [
  'bidirectional overrides', 'NUL', 'terminal colours', 'one long line', 'stacked marks', 'hypertext', 'what a regular expression fears', 'addresses',
]

describe('facts about a report, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let report: string
  const look = async (of: object): Promise<string> => {
    const id = (await s.as('nobody').run(submitReport, of)).report
    const [job] = factJobs({ dataFolder: '/nonexistent', privateNetwork: false, replay: { seconds: 1 } })
    const work = { database: s.database, organizationId: s.organization.id, actor: { kind: 'system', job: 'check' }, signal: AbortSignal.timeout(60_000) }
    await (job as { run(work: object, payload: object): Promise<void> }).run(work, { report: id })
    return id
  }
  before(async () => {
    s = await site()
    browser = await openBrowser()
    const { asset } = await s.as('admin').run(addAsset, { name: 'Shop', locator: 'https://shop.example' })
    await s.as('admin').run(addAsset, { name: 'Blog', locator: 'https://blog.shop.example', in_scope: false })
    await look({ ...told, asset })
    report = await look({ ...told, asset, title: 'The same again' })
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })
  const opened = async (how: Parameters<typeof newTab>[1], path: string) => {
    const { tab, complaints } = await newTab(browser, how)
    await tab.context().addCookies([s.pass])
    await tab.goto(`${s.home}${path}`)
    return { tab, complaints }
  }

  it('say what stands out first, in words and not by colour alone, and lead to the other report', async () => {
    const { tab } = await opened({ script: false }, `/desk/reports/${report}`)
    const lines = await tab.locator('.fact-glance li').allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, ' ')))
    assert.match(lines[0]!, /No: Out of scope: blog\.shop\.example/)
    assert.match(lines.join('\n'), /No: No such id: CVE-2099-1000/)
    assert.match(lines.join('\n'), /Hint: The CVSS vector and the text do not go together: 9\.8/)
    const panel = tab.getByRole('region', { name: 'Facts' })
    assert.doesNotMatch(lines.join('\n'), /no source repository is attached/, 'is true of every report')
    assert.match((await panel.textContent())!, /no source repository is attached/)
    assert.equal(await panel.getByRole('heading', { level: 3 }).count(), 2)
    await panel.getByRole('link').first().click()
    await tab.getByRole('heading', { level: 1, name: 'Critical overflow' }).waitFor()
  })

  for (const { scheme, width } of looks) it(`are accessible and fit at ${width} px, ${scheme}`, async () => {
    const { tab, complaints } = await opened({ scheme, width }, `/desk/reports/${report}`)
    await openAll(tab)
    assert.deepEqual([await violations(tab), await overflows(tab), complaints], [[], false, []])
  })

  it('stand with the case and the list whatever was written', async () => {
    const wide: string[] = []
    for (const odd of widest) {
      const description = weird[odd]!()
      const title = `${odd} ${[...description].slice(0, 100).join('')}`
      const id = await look({ title, description, steps: description, endpoint: description.slice(0, 300), good_faith: true })
      const { tab, complaints } = await opened({ width: 390 }, `/desk/reports/${id}`)
      await openAll(tab)
      if (await overflows(tab)) wide.push(odd)
      assert.deepEqual(complaints, [], odd)
      assert.equal(await tab.locator('script:not([src])', { hasText: 'alert(1)' }).count(), 0)
      await tab.context().close()
    }
    for (const width of [390, 1280]) {
      const { tab, complaints } = await opened({ width }, '/desk/reports')
      if (await overflows(tab)) wide.push(`the list at ${width}`)
      assert.deepEqual(complaints, [])
    }
    assert.deepEqual(wide, [])
  })
})
