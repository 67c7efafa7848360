import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { rolesOf } from '../../src/access/memberships.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { showDomain } from '../support/domains.ts'
import { identityProvider, type IdentityProvider } from '../support/identity-provider.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const people = {
  ada: { email: 'ada@example.org', name: 'Ada Lovelace', groups: ['engines'] },
  eve: { email: 'eve@elsewhere.example', name: 'Eve', groups: ['engines'] },
}

describe('single sign-on, in a browser, with a real provider', { skip: needs('chromium') }, () => {
  let s: Site
  let provider: IdentityProvider
  let browser: Browser

  before(async () => {
    s = await site()
    provider = await identityProvider(`${s.home}/sign-in/provider/callback`, people)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await provider?.close()
    await s?.close()
  })

  const desk = async (script = true) => {
    const opened = await newTab(browser, { script })
    await opened.tab.context().addCookies([s.pass])
    return opened
  }

  async function signInAs(tab: Page, name: string) {
    await tab.goto(`${s.home}/sign-in?to=/desk/policies`)
    await tab.getByRole('link', { name: 'Sign in with Example login' }).click()
    await tab.getByRole('link', { name: 'Go on' }).click()
    await tab.waitForURL(`${provider.issuer}/**`)
    await tab.getByLabel('Name').fill(name)
    await tab.getByRole('button', { name: 'Go on' }).click()
    await tab.waitForURL(`${s.home}/**`)
  }

  it('is set up at the desk, with script off: provider, domain, and who is let in', async () => {
    const { tab, complaints } = await desk(false)
    await tab.goto(`${s.home}/desk/single-sign-on`)
    await tab.getByLabel('What your people call it').fill('Example login')
    await tab.getByLabel('Issuer').fill('login.example.org')
    await tab.getByLabel('Client ID').fill(provider.client.client_id)
    await tab.getByLabel('Client secret').fill(provider.client.client_secret)
    await tab.getByRole('button', { name: 'Set the provider' }).click()
    await tab.getByText('Write it as your provider does').first().waitFor()
    await tab.getByLabel('Issuer').fill(provider.issuer)
    await tab.getByLabel('Client secret').fill(provider.client.client_secret)
    await tab.getByRole('button', { name: 'Set the provider' }).click()
    await tab.getByText('The provider is set.').waitFor()
    assert.doesNotMatch(await tab.content(), /only-for-a-test/)
    await tab.getByLabel('Domain', { exact: true }).fill('Example.org')
    await tab.getByRole('button', { name: 'Claim the domain' }).click()
    await tab.getByText('_avow.example.org').waitFor()
    await showDomain(s, 'example.org')
    await tab.getByLabel('Group (optional)').fill('Engines')
    await tab.getByLabel('Member', { exact: true }).check()
    await tab.getByRole('button', { name: 'Set the roles' }).click()
    await tab.getByRole('rowheader', { name: 'engines' }).waitFor()
    assert.deepEqual(complaints.filter((one) => !/status of 4\d\d/.test(one)), [])
  })

  it('lets somebody of the domain in, as a member, and goes on to where they wanted', async () => {
    const { tab, complaints } = await newTab(browser)
    await signInAs(tab, 'ada')
    assert.equal(new URL(tab.url()).pathname.endsWith('/desk/policies'), true, tab.url())
    await tab.getByText('Ada Lovelace').first().waitFor()
    assert.deepEqual(complaints.filter((one) => !/status of 4\d\d/.test(one)), [])
    const { account_id: account } = await s.read((tx) => tx.db.selectFrom('provider_identities').select('account_id').executeTakeFirstOrThrow())
    assert.deepEqual(await s.read((tx) => rolesOf(tx, account)), ['member'])
  })

  it('signs out here, and at the provider too', async () => {
    const { tab } = await newTab(browser, { script: false })
    await signInAs(tab, 'ada')
    await tab.getByRole('button', { name: 'Sign out' }).click()
    await tab.getByText('You are signed out here').waitFor()
    await tab.getByRole('link', { name: 'Sign out at Example login' }).click()
    await tab.waitForURL(`${provider.issuer}/session/end**`)
    await tab.goto(`${s.home}/desk`)
    await tab.getByText('Sign in first').first().waitFor()
  })

  it('tells somebody of another domain why not', async () => {
    const { tab } = await newTab(browser)
    await signInAs(tab, 'eve')
    await tab.getByText('Your provider cannot speak for your mail address here').waitFor()
  })

  it('comes back from a provider that was turned away from', async () => {
    const { tab } = await newTab(browser, { script: false })
    await tab.goto(`${s.home}/sign-in/provider`)
    await tab.getByRole('link', { name: 'Go on' }).click()
    await tab.getByRole('button', { name: 'Cancel' }).click()
    await tab.getByText('Your provider did not let you in').waitFor()
    await tab.getByRole('link', { name: 'Start again' }).click()
    await tab.waitForURL(`${provider.issuer}/**`)
  })

  it('is not required before somebody can enter without it', async () => {
    const { tab } = await desk(false)
    await tab.goto(`${s.home}/desk/single-sign-on`)
    await tab.getByRole('button', { name: 'Require single sign-on for example.org' }).click()
    await tab.getByText('Name an administrator with a password').first().waitFor()
  })

  it('reads well on every screen', async () => {
    for (const look of looks) {
      const { tab } = await newTab(browser, look)
      await tab.context().addCookies([s.pass])
      for (const path of ['/desk/single-sign-on', '/desk/directory', '/sign-in/provider']) {
        await tab.goto(s.home + path)
        await openAll(tab)
        assert.deepEqual(await violations(tab), [], `${path} ${look.scheme} ${look.width}`)
        assert.equal(await overflows(tab), false, `${path} ${look.width}`)
      }
    }
  })

  it('makes a key of the directory, which is shown once', async () => {
    const { tab } = await desk(false)
    await tab.goto(`${s.home}/desk/directory`)
    await tab.getByLabel('What the key is for').fill('Example directory')
    await tab.getByRole('button', { name: 'Make the key' }).click()
    const key = await tab.getByText(/^avow_directory_/).innerText()
    const response = await fetch(`${s.home}/scim/v2/Users`, { headers: { authorization: `Bearer ${key}` } })
    assert.equal(response.status, 200)
    await tab.getByRole('link', { name: 'Back to the directory' }).click()
    assert.doesNotMatch(await tab.content(), /avow_directory_/)
  })
})
