import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { addMember } from '../../src/access/memberships.ts'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { site, type Site } from '../support/site.ts'

const text = `# Rules of the house

Everybody reads and accepts every policy within two weeks.[^accept] Screens are locked when nobody sits before them.

[^accept]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.
`

describe('accepting a policy, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  const shot = process.env['SHOTS']
  const run = (name: string, input: object, who: Parameters<Site['as']>[0] = s.grace) =>
    s.as(who).run(operations.verbs.find((verb) => verb.name === name)!, { ...name.startsWith('policy.') && { policy: 'house' }, ...input })
  async function publish(body: string, significant: boolean): Promise<void> {
    await run('policy.draft', { text: body, significant, summary: 'Doors are locked too.' })
    await run('policy.submit', {})
    await run('policy.approve', {}, 'admin')
    await run('policy.rehearse', {})
    await run('policy.publish', {})
    await run('acceptance.ask', {}, { kind: 'system', job: 'acceptances.ask' })
  }

  before(async () => {
    s = await site()
    if (s.grace.kind !== 'member') throw new Error('Grace is a member.')
    const { accountId } = s.grace
    if (!await s.read((tx) => tx.db.selectFrom('memberships').select('account_id').where('account_id', '=', accountId).executeTakeFirst())) {
      await s.write((tx) => addMember(tx, accountId, ['admin']))
    }
    await publish(text, false)
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

  it('takes a phone and no script: read, tick, accept, keep the receipt', async () => {
    const { tab } = await team({ script: false, width: 390 })
    await tab.goto(`${s.home}/me/policies`)
    await tab.getByRole('link', { name: 'Rules of the house' }).click()
    await tab.getByRole('button', { name: 'Accept' }).click()
    assert.match(await tab.getByRole('alert').innerText(), /Tick that you have read it/)
    await tab.getByLabel('I have read this policy and accept it.').check()
    await tab.getByRole('button', { name: 'Accept' }).click()
    await tab.getByText('You have accepted this version').waitFor()
    const receipt = await tab.request.get(`${s.home}/me/policies/house/receipt`)
    assert.match(await receipt.text(), /^c2sp\.org\/tlog-proof@v1/)
  })

  it('shows what has changed when it has to be accepted anew', async () => {
    await publish(text.replace('Screens are', 'Screens and doors are'), true)
    const { tab } = await team()
    await tab.goto(`${s.home}/me/policies/house`)
    assert.match(await tab.locator('.diff ins').allInnerTexts().then((all) => all.join(' ')), /doors/)
  })

  for (const look of looks) {
    it(`is accessible and fits: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await team(look)
      for (const path of ['/me/policies', '/me/policies/house', '/desk/acceptances', '/updates']) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        if (shot) await tab.screenshot({ path: `${shot}/acc${path.replaceAll('/', '-')}-${look.width}-${look.scheme}.png`, fullPage: true })
      }
      assert.deepEqual(complaints, [])
    })
  }
})
