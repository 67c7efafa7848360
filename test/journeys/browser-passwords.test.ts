import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import { accountJobs } from '../../src/domain/accounts/index.ts'
import { startWorker } from '../../src/jobs/index.ts'
import { listMails } from '../../src/mail/index.ts'
import { newTab, openBrowser, violations } from '../support/browser.ts'
import { site, type Site } from '../support/site.ts'

const [first, second] = ['lamp kettle orbit fjord', 'walnut harbour tin violin']

describe('passwords in a browser without script', () => {
  let s: Site
  let browser: Browser
  let worker: Awaited<ReturnType<typeof startWorker>>
  before(async () => {
    s = await site()
    browser = await openBrowser()
    worker = await startWorker(s.database, accountJobs, { pollMs: 100 })
  })
  after(async () => {
    await worker.stop()
    await browser.close()
    await s.close()
  })

  const open = async () => (await newTab(browser, { script: false })).tab

  /** The link in the mail to this address, as soon as there is one. */
  async function link(address: string): Promise<string> {
    for (;;) {
      const mail = (await s.read((tx) => listMails(tx))).find((one) => one.address === address && /\/(reset|new)\//.test(one.body))
      if (mail) return s.home + /\{link:([^}]+)\}/.exec(mail.body)![1]!
      await new Promise((soon) => setTimeout(soon, 50))
    }
  }

  it('are forgotten, reset by mail, and changed', async () => {
    const address = 'ada@example.org'
    const id = await createAccount(s.database.global, s.keyring, { name: 'Ada', address }, first, { judged: true })
    await s.write((tx) => addMember(tx, id, ['member']))
    const tab = await open()
    await tab.goto(`${s.home}/sign-in`)
    await tab.getByRole('link', { name: 'Forgot your password?' }).click()
    await tab.getByLabel('Mail address').fill(address)
    await tab.getByRole('button').click()
    await tab.getByRole('heading', { name: 'Look at your mail' }).waitFor()
    await tab.goto(await link(address))
    await tab.getByLabel('New password').fill('ada@example.org')
    await tab.getByRole('button').click()
    await tab.getByRole('link', { name: 'Leave your name and your address out' }).waitFor()
    await tab.getByLabel('New password').fill(second)
    await tab.getByRole('button').click()
    await tab.getByText('Your new password is set. Sign in with it.').waitFor()
    await tab.getByLabel('Mail address').fill(address)
    await tab.getByLabel('Password').fill(second)
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click()
    await tab.goto(`${s.home}/me/password`)
    await tab.getByLabel('The password that you have now').fill(second)
    await tab.getByLabel('New password').fill(first)
    await tab.getByRole('button', { name: 'Set the password' }).click()
    await tab.getByText('In every other browser you are signed out.').waitFor()
  })

  it('belong to a researcher too, whose reports are then in one place', async () => {
    const address = 'rahel@example.net'
    const tab = await open()
    await tab.goto(`${s.home}/account/new`)
    await tab.getByLabel('Mail address').fill(address)
    await tab.getByRole('button').click()
    await tab.goto(await link(address))
    await tab.getByLabel('What may we call you?').fill('Rahel')
    await tab.getByLabel('Password').fill(first)
    await tab.getByRole('button').click()
    await tab.getByRole('heading', { name: 'My reports' }).waitFor()
    await tab.goto(`${s.home}/report`)
    await tab.getByLabel('Title').fill('Cookies outlive the session')
    await tab.getByLabel('Description').fill('They do.')
    await tab.getByLabel('Steps to reproduce').fill('Wait.')
    await tab.getByRole('checkbox').last().check()
    await tab.getByRole('button', { name: 'Send the report' }).click()
    await tab.goto(`${s.home}/me/reports`)
    await tab.getByRole('button', { name: 'Cookies outlive the session' }).click()
    await tab.getByRole('heading', { name: 'Cookies outlive the session' }).waitFor()
  })

  it('have pages that everybody can use', async () => {
    const { tab, complaints } = await newTab(browser)
    for (const path of ['/sign-in', '/sign-in/forgotten', '/account/new']) {
      await tab.goto(s.home + path)
      assert.deepEqual([path, ...await violations(tab)], [path])
    }
    assert.deepEqual(complaints, [])
  })
})
