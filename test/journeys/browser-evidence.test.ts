import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { runChecks } from '../../src/domain/systems/index.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { site, type Site } from '../support/site.ts'

const text = `# Security

Access is reviewed every quarter.[^access] We test restores every year.[^restore] We never sue researchers who act in good faith.[^court]

[^access]: For each system, \`access.reviewed\` happens at least every 3 months.
[^restore]: \`restore.drilled\` happens at least every year.
[^court]: \`legal-action.taken\` never happens.
`

const pages = [
  '/desk', '/desk/systems', '/desk/systems/avow', '/desk/systems/web-app', '/desk/sources?kind=check.sso', '/desk/evidence',
  '/desk/evidence?kind=finding.opened', '/desk/evidence?kind=access.reviewed&system=avow', '/desk/evidence/absence/security/court',
  '/desk/evidence/import', '/desk/calendar',
]

describe('evidence, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser

  before(async () => {
    s = await site()
    const run = (name: string, input: object, who: Parameters<Site['as']>[0] = s.grace) =>
      s.as(who).run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
    await run('policy.draft', { text })
    await run('policy.submit', {})
    await run('policy.approve', {}, 'admin')
    await run('policy.rehearse', {})
    await run('policy.publish', {})
    await s.as(s.grace).run(operations.verbs.find(({ name }) => name === 'evidence.record')!, { kind: 'access.reviewed', subjects: { system: 'avow' } })
    await runChecks(s.database, s.organization.id, { kind: 'system', job: 'checks.look' }, { baseOf: async () => 'http://127.0.0.1:9' })
    await s.settled()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const team = async (look: Partial<Look> & { script?: boolean } = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }

  it('is recorded from a duty with script off: a system listed, a review that it owes, done', async () => {
    const { tab } = await team({ script: false })
    await tab.goto(`${s.home}/desk/systems`)
    await tab.getByLabel('Name', { exact: true }).fill('The web app')
    await tab.getByLabel('Short name').fill('Web App')
    await tab.getByRole('button', { name: 'Add the system' }).click()
    assert.equal(await tab.getByLabel('Name', { exact: true }).inputValue(), 'The web app')
    await tab.getByLabel('Short name').fill('web-app')
    await tab.getByRole('button', { name: 'Add the system' }).click()
    await s.settled()
    await tab.goto(`${s.home}/desk`)
    await tab.getByRole('link', { name: /Record.*Review access The web app/ }).click()
    assert.equal(await tab.getByLabel('System').inputValue(), 'web-app')
    await tab.getByRole('button', { name: 'Record' }).click()
    await tab.getByText('Recorded. It stands in the ledger from now on.').waitFor()
  })

  // Each page once more where it has something to show, at the two looks that differ most.
  for (const look of looks.filter(({ scheme, width }) => (scheme === 'dark') === (width < 600))) {
    it(`is accessible and fits on every page at ${look.width} px, ${look.scheme}`, async () => {
      const { tab, complaints } = await team(look)
      for (const path of pages) {
        await tab.goto(s.home + path)
        await openAll(tab)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
      }
      assert.deepEqual(complaints, [])
    })
  }
})
