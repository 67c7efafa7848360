import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page as Tab } from 'playwright-core'
import { startSession } from '../../src/access/sessions.ts'
import { createInvitation } from '../../src/domain/accounts/index.ts'
import { newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { addAppTo, appWith, type App } from '../support/second-factor.ts'
import { site, type Site } from '../support/site.ts'

const password = 'lantern orbit gravel teapot'

describe('second factors in a browser', () => {
  let s: Site
  let browser: Browser
  let home: string
  before(async () => {
    s = await site({ host: 'localhost' })
    browser = await openBrowser()
    // A browser makes passkeys for names, not for numbers.
    home = s.home.replace('127.0.0.1', 'localhost')
  })
  after(async () => {
    await browser.close()
    await s.close()
  })

  const press = (tab: Tab, name: string) => tab.getByRole('button', { name, exact: true }).click()
  const heading = (tab: Tab) => tab.locator('h1').innerText()

  async function join(tab: Tab, address: string): Promise<void> {
    await tab.goto(home + await s.write((tx) => createInvitation(tx, ['admin'], null)))
    await tab.getByLabel('Your name').fill('Ada Holm')
    await tab.getByLabel('Mail address').fill(address)
    await tab.getByLabel('Password', { exact: true }).fill(password)
    await press(tab, 'Make my account')
  }

  async function signIn(tab: Tab, address: string): Promise<void> {
    await tab.goto(`${home}/sign-in`)
    await tab.getByLabel('Mail address').fill(address)
    await tab.getByLabel('Password').fill(password)
    await press(tab, 'Sign in')
  }

  /** A new tab of somebody whose session is an hour old: what is dangerous asks them again. */
  async function asGraceOfAnHourAgo({ script }: { script: boolean }) {
    const opened = await newTab(browser, { script })
    const { accountId } = s.grace as { accountId: string }
    const value = await startSession(s.database.global, accountId, { methods: ['password', 'totp'] })
    await opened.tab.context().addCookies([{ name: 'avow-session', value, url: new URL(home).origin }])
    return { ...opened, app: await addAppTo(s.database, s.organization.id, accountId) }
  }

  async function virtualAuthenticator(tab: Tab): Promise<void> {
    const cdp = await tab.context().newCDPSession(tab)
    await cdp.send('WebAuthn.enable')
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
        automaticPresenceSimulation: true },
    })
  }

  it('are an app and recovery codes with script off: whoever joins adds the app, and each code lets in once', async () => {
    const { tab, complaints } = await newTab(browser, { script: false, width: 390 })
    await join(tab, 'ada@example.org')
    assert.equal(await heading(tab), 'Second factor')
    await press(tab, 'Add an app')
    await tab.getByText('The camera does not work?').click()
    const app: App = appWith(await tab.locator('[data-copy="the key"] code').innerText())
    await tab.getByLabel('Code', { exact: true }).fill('000 000')
    await press(tab, 'Add the app')
    assert.match(await tab.getByRole('alert').innerText(), /not the code/)
    await tab.getByLabel('Code', { exact: true }).fill(app.next())
    await press(tab, 'Add the app')
    assert.equal(await heading(tab), 'Keep these codes')
    assert.equal(await overflows(tab), false)
    const codes = (await tab.locator('[data-copy="the codes"] code').innerText()).split('\n')
    assert.equal(codes.length, 10)
    await tab.getByRole('link', { name: 'I have kept them' }).click()
    assert.match(tab.url(), /\/desk$/)

    await press(tab, 'Sign out')
    await signIn(tab, 'ada@example.org')
    assert.equal(await heading(tab), 'Second factor')
    await tab.goto(`${home}/desk`)
    assert.equal(await heading(tab), 'Sign in first', 'the password alone opens nothing')
    await signIn(tab, 'ada@example.org')
    await tab.getByLabel('Code').fill(app.next())
    await press(tab, 'Sign in')
    assert.match(tab.url(), /\/desk$/)

    for (const [code, opens] of [[codes[0]!.toUpperCase().replaceAll('-', ' '), true], [codes[0]!, false], [codes[1]!, true]] as const) {
      await tab.context().clearCookies({ name: 'avow-session' })
      await signIn(tab, 'ada@example.org')
      await tab.getByLabel('Code').fill(code)
      await press(tab, 'Sign in')
      assert.equal(tab.url().endsWith('/desk'), opens, code)
      if (!opens) assert.match(await tab.getByRole('alert').innerText(), /used before/)
    }
    await tab.goto(`${home}/me/factors`)
    assert.match(await tab.locator('main').innerText(), /8 are left/)
    assert.deepEqual(complaints.filter((one) => !/status of 4\d\d/.test(one)), [])
    await tab.context().close()
  })

  it('are passkeys: one is added, and opens the door without a password', async () => {
    const { tab, complaints } = await newTab(browser)
    await virtualAuthenticator(tab)
    await join(tab, 'grete@example.org')
    await tab.getByLabel('Name', { exact: true }).fill('My laptop')
    await press(tab, 'Add a passkey')
    await tab.getByRole('heading', { name: 'Keep these codes' }).waitFor()
    await tab.getByRole('link', { name: 'I have kept them' }).click()
    await press(tab, 'Sign out')

    await tab.goto(`${home}/sign-in?to=/me/factors`)
    await press(tab, 'Sign in with a passkey')
    await tab.getByRole('heading', { name: 'Second factor' }).waitFor()
    assert.match(await tab.locator('main').innerText(), /My laptop/)
    assert.deepEqual(await violations(tab), [])

    await tab.getByRole('link', { name: 'Rename My laptop' }).click()
    await tab.getByLabel('Name').fill('The old laptop')
    await press(tab, 'Rename it')
    await press(tab, 'Remove The old laptop')
    assert.match(await tab.getByRole('alert').innerText(), /last second factor/, 'the team asks for one')
    assert.deepEqual(complaints.filter((one) => !/status of 4\d\d/.test(one)), [])

    await press(tab, 'Sign out')
    await signIn(tab, 'grete@example.org')
    await press(tab, 'Use a passkey')
    await tab.waitForURL(/\/desk$/)
    await tab.context().close()
  })

  it('are asked for once more before what is dangerous, and nothing that was entered is lost, with script off', async () => {
    const { tab, app } = await asGraceOfAnHourAgo({ script: false })
    await tab.goto(`${home}/desk/keys`)
    await tab.getByLabel('What it is for').fill('The pipeline “nightly” & more')
    await tab.getByLabel('Machine').check()
    await press(tab, 'Make the key')
    assert.equal(await heading(tab), 'Confirm that it is you')
    await tab.getByLabel('Code').fill('123456')
    await press(tab, 'Confirm and go on')
    assert.match(await tab.getByRole('alert').innerText(), /not the code/)
    await tab.getByLabel('Code').fill(app.next())
    await press(tab, 'Confirm and go on')
    assert.equal(await heading(tab), 'The key is made')
    await tab.goto(`${home}/desk/keys`)
    assert.match(await tab.locator('main').innerText(), /The pipeline “nightly” & more/)
    await tab.context().close()
  })

  it('are asked for before a dangerous page is read, which then comes', async () => {
    const { tab, app } = await asGraceOfAnHourAgo({ script: false })
    await tab.goto(`${home}/desk/openings/file`)
    assert.equal(await heading(tab), 'Confirm that it is you')
    await tab.getByLabel('Code').fill(app.next())
    const [file] = await Promise.all([tab.waitForEvent('download'), press(tab, 'Confirm and go on')])
    assert.equal(file.suggestedFilename(), 'openings.jsonl')
    await tab.context().close()
  })
})
