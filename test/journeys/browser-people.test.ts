import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runVerify } from 'avow-verify/cli'
import type { Browser, Page as Tab } from 'playwright-core'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import { listedUnder } from '../../src/access/people.ts'
import { startSession } from '../../src/access/sessions.ts'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { site, type Site } from '../support/site.ts'

const policy = `# Security

Everybody accepts every policy within two weeks.[^acceptance]

[^acceptance]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.
`
const file = `name,email,country,manager,start
Dora Lind,dora@example.org,SE,,2026-01-05
Emil Brandt,emil@example.org,DE,dora@example.org,2026-01-05
`

describe('a team, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let dora: string
  const shot = process.env['SHOTS']
  const run = (name: string, input: object, who: Parameters<Site['as']>[0] = s.grace) =>
    s.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input) as Promise<any>

  before(async () => {
    s = await site()
    await run('policy.draft', { policy: 'security', text: policy })
    await run('policy.submit', { policy: 'security' })
    await run('policy.approve', { policy: 'security' }, 'admin')
    await run('policy.rehearse', { policy: 'security' })
    await run('policy.publish', { policy: 'security' })
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const opened = async (look: Partial<Look> & { script?: boolean } = {}, session?: string) => {
    const { tab, complaints } = await newTab(browser, look)
    await tab.context().addCookies([{ ...s.pass, ...session && { value: session } }])
    return { tab, complaints }
  }
  const press = (tab: Tab, name: string) => tab.getByRole('button', { name, exact: true }).click()
  const picture = async (tab: Tab, name: string) => { if (shot) await tab.screenshot({ path: `${shot}/${name}.png`, fullPage: true }) }

  it('takes a phone and no script to import a file: what is wrong with its line, what would change, then the change', async () => {
    const { tab } = await opened({ script: false, width: 390 })
    await tab.goto(`${s.home}/desk/people/import`)
    await tab.getByLabel('Or its lines').fill(file.replace('SE', 'Sweden'))
    await press(tab, 'Look at what would change')
    assert.match(await tab.locator('main').innerText(), /Line 2, country/)
    assert.equal(await tab.getByRole('button', { name: 'Import this' }).count(), 0)
    await picture(tab, 'import-faults')
    await tab.getByLabel('Or its lines').fill(file)
    await press(tab, 'Look at what would change')
    await tab.getByRole('heading', { name: '2 to add, 0 to change, 0 to end, 0 as they are' }).waitFor()
    assert.equal(await overflows(tab), false)
    await picture(tab, 'import-preview')
    await press(tab, 'Import this')
    await tab.getByText('Imported: 2 added, 0 changed, 0 ended.').waitFor()
    await picture(tab, 'team-phone')
  })

  it('takes a phone and no script to tick what a newcomer’s list asks of their manager', async () => {
    const accountId = await createAccount(s.database.global, s.keyring, { name: 'Dora Lind', address: 'dora@example.org' }, null)
    await s.write(async (tx) => addMember(tx, accountId, ['member'], { listedAs: (dora = (await listedUnder(tx, 'dora@example.org'))!.id) }))
    const { tab } = await opened({ script: false, width: 390 }, await startSession(s.database.global, accountId, { methods: ['password', 'totp'] }))
    await tab.goto(`${s.home}/me`)
    assert.match(await tab.locator('main').innerText(), /Accept the policy · “Security”\n[^]*Your checklist/)
    await picture(tab, 'me-phone')
    await tab.getByRole('link', { name: /^Open.*Your checklist/ }).click()
    await tab.getByRole('heading', { level: 1, name: 'My checklist' }).waitFor()
    const before = await tab.getByRole('button', { name: /^Done.*Emil Brandt/ }).count()
    assert.ok(before > 0)
    await picture(tab, 'checklist-phone')
    await tab.getByRole('button', { name: /^Done.*Emil Brandt/ }).first().click()
    await tab.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await tab.getByRole('button', { name: /^Done.*Emil Brandt/ }).count(), before - 1)
    assert.equal(await overflows(tab), false)
  })

  it('reminds everybody who is late with one click', async () => {
    await run('acceptance.ask', {})
    s.clock.advance({ hours: 24 * 20 })
    const { tab } = await opened({ script: false })
    await tab.goto(`${s.home}/desk/people/duties`)
    await picture(tab, 'duties-late')
    await press(tab, 'Remind all who are late')
    await tab.getByText(/were reminded|was reminded/).waitFor()
    await press(tab, 'Remind all who are late')
    await tab.getByText('Nobody was reminded: they had a letter within the last day, or owe nothing.').waitFor()
  })

  it('draws a sample that anybody verifies with the log’s key alone', async () => {
    const { tab } = await opened({ script: false })
    await tab.goto(`${s.home}/desk/samples`)
    await tab.getByLabel('Of', { exact: true }).selectOption({ label: 'People who joined' })
    await tab.getByLabel('First day').fill('2026-01-01')
    await tab.getByLabel('Last day').fill('2026-12-31')
    await tab.getByLabel('How many are drawn').fill('2')
    await press(tab, 'Fix it')
    await tab.getByLabel('Your words').fill('seven grey geese')
    await s.settled()
    await press(tab, 'Draw the sample')
    const link = tab.getByRole('link', { name: 'Download everything' })
    await link.waitFor()
    await picture(tab, 'sample-drawn')
    await s.settled()
    const zip = await (await tab.request.get(new URL((await link.getAttribute('href'))!, s.home).href)).body()
    const folder = mkdtempSync(join(tmpdir(), 'avow-sample-'))
    writeFileSync(join(folder, 'sample.zip'), zip)
    if (shot) writeFileSync(`${shot}/sample.zip`, zip)
    const key = (await (await fetch(`${s.home}/log/key`)).text()).trim()
    let said = ''
    const verified = await runVerify([join(folder, 'sample.zip'), '--key', key], { write: (text) => { said += text } })
    rmSync(folder, { recursive: true })
    if (shot) writeFileSync(`${shot}/sample.txt`, said)
    assert.equal(verified, 0, said)
  })

  it('keeps a person who is on legal hold, named by their address', async () => {
    const { tab } = await opened({ script: false })
    await tab.goto(`${s.home}/desk/holds`)
    await tab.getByLabel('A person of the team').check()
    await tab.getByLabel('Which one').fill('dora@example.org')
    await tab.getByLabel('Why').fill('A dispute with a customer.')
    await press(tab, 'Place the hold')
    await tab.getByRole('rowheader', { name: 'Dora Lind' }).waitFor()
  })

  for (const look of looks) {
    it(`is accessible and fits: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await opened(look)
      const pages = ['/me', '/me/checklist', '/me/team', '/desk/people', '/desk/people/new', '/desk/people/import', `/desk/people/${dora}`,
        '/desk/people/duties', '/desk/checklists', '/desk/responsibilities', '/desk/samples', '/desk/holds', '/desk/training', '/updates']
      for (const path of pages) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        await picture(tab, `team${path.replace(dora, 'person').replaceAll('/', '-')}-${look.width}-${look.scheme}`)
      }
      assert.deepEqual(complaints, [])
    })
  }
})
