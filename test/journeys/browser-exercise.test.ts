import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import type { Browser } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { startSession } from '../../src/access/sessions.ts'
import { exerciseJobs } from '../../src/domain/exercises/index.ts'
import { mailServer } from '../../src/mail/index.ts'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { addAppTo } from '../support/second-factor.ts'
import { site, type Site } from '../support/site.ts'

describe('an exercise against phishing, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let second: string
  let smtp: SMTPServer
  const received: Buffer[] = []
  const shot = process.env['SHOTS']

  before(async () => {
    s = await site()
    second = await deputy()
    for (const name of ['Ivo', 'Lena', 'Noor', 'Tom']) {
      const id = await createAccount(s.database.global, s.database.keyring, { name, address: `${name.toLowerCase()}@example.org` }, null)
      await s.write((tx) => addMember(tx, id, ['member']))
    }
    smtp = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => { received.push(Buffer.concat(chunks)); done() })
      },
    })
    await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await new Promise<void>((done) => smtp.close(done))
    await s?.close()
  })

  /** The session of a second person. */
  async function deputy(): Promise<string> {
    const id = await createAccount(s.database.global, s.database.keyring, { name: 'Ada Lind', address: 'ada@example.org' }, null)
    await s.write((tx) => addMember(tx, id, ['deputy']))
    await addAppTo(s.database, s.organization.id, id)
    return startSession(s.database.global, id, { methods: ['password', 'totp'], confirmed: true })
  }
  const team = async (look: Partial<Look> & { script?: boolean } = {}, session?: string) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([session ? { ...s.pass, value: session } : s.pass])
    return opened
  }
  const send = async () => {
    const server = mailServer(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`)
    const [sending] = exerciseJobs({ server, from: 'avow@avow.example', baseOf: async () => s.home })
    const actor: Actor = { kind: 'system', job: 'exercises.send' }
    await sending!.run({ database: s.database, actor, organizationId: s.organization.id, signal: new AbortController().signal }, {})
    server.close()
  }
  const linkOf = async (i: number) => /href="([^"]+)"/.exec((await PostalMime.parse(received[i]!)).html!)![1]!
  const openedLinks = async () =>
    (await s.read((tx) => tx.db.selectFrom('exercise_links').select('opened').where('opened', '=', true).execute())).length

  it('is planned by one person from a mail of ours, and approved by another', async () => {
    const { tab } = await team({ script: false })
    await tab.goto(`${s.home}/desk/exercises`)
    await tab.getByRole('link', { name: 'A QR code' }).click()
    await tab.getByRole('button', { name: /second person/ }).click()
    assert.match(await tab.getByRole('alert').innerText(), /Write a day/)
    await tab.getByLabel('First day').fill('2026-01-05')
    await tab.getByLabel('Last day').fill('2026-01-07')
    await tab.getByRole('button', { name: /second person/ }).click()
    await tab.getByText('It waits for a second person.').waitFor()
    const other = await team({}, second)
    await other.tab.goto(`${s.home}/desk/approvals`)
    if (shot) await other.tab.screenshot({ path: `${shot}/exercise-approval.png`, fullPage: true })
    await other.tab.getByRole('button', { name: 'Approve this exercise' }).click()
    await other.tab.getByText('Approved.').waitFor()
  })

  it('leads from the mail to a lesson, which counts once a person was there and not when a scanner looked', async () => {
    s.clock.advance({ hours: 24 * 4 })
    await send()
    assert.equal(received.length, 6)
    const read = await PostalMime.parse(received[0]!)
    assert.equal(read.attachments[0]?.mimeType, 'image/gif')
    const scanner = await newTab(browser)
    await scanner.tab.goto(await linkOf(0))
    assert.equal(await openedLinks(), 0, 'a browser that only opens the page is a scanner')
    await Promise.all([scanner.tab.waitForResponse((response) => response.request().method() === 'POST'), scanner.tab.mouse.click(5, 5)])
    assert.equal(await openedLinks(), 1, 'a person moves')
    const phone = await newTab(browser, { width: 390, script: false })
    await phone.tab.goto(await linkOf(1))
    if (shot) await phone.tab.screenshot({ path: `${shot}/lesson-first.png`, fullPage: true })
    await phone.tab.getByRole('button', { name: 'Show me' }).click()
    await phone.tab.getByText('A QR code is a link that you cannot read.').waitFor()
    if (shot) await phone.tab.screenshot({ path: `${shot}/lesson-clues.png`, fullPage: true })
    assert.equal(await openedLinks(), 2)
    assert.equal(await phone.tab.locator('input:not([type=hidden])').count(), 0, 'it asks for nothing')
  })

  it('is noticed with one button', async () => {
    const { tab } = await team({ width: 390 })
    await tab.goto(`${s.home}/me/phishing`)
    await tab.getByLabel('Its subject').fill('Re: Register your phone again')
    await tab.getByRole('button', { name: 'I got a phishing mail' }).click()
    await tab.getByText('Well seen: it was an exercise of ours.').waitFor()
  })

  it('is told of as a group when it has ended', async () => {
    const { tab } = await team()
    await tab.goto(`${s.home}/desk/exercises`)
    assert.match(await tab.locator('main').innerText(), /running, 6 of 6 sent/)
    s.clock.advance({ hours: 24 * 12 })
    await send()
    await tab.reload()
    assert.match(await tab.getByRole('img').getAttribute('aria-labelledby') ?? '', /exercise-0-title/)
    assert.match(await tab.locator('main').innerText(), /week of 2026-01-05\s+6\s+1\s+2/)
    await tab.goto(await linkOf(2))
    await tab.getByText('This was an exercise').first().waitFor()
  })

  for (const look of looks) {
    it(`is accessible and fits: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await team(look)
      const lesson = (await linkOf(3)).slice(s.home.length)
      for (const path of ['/desk/exercises', '/desk/exercises/new/parcel', '/desk/approvals', '/me/phishing', lesson, '/lesson/nothing']) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        const name = path.startsWith('/lesson') ? path.slice(1, 9) : path.slice(1)
        if (shot) await tab.screenshot({ path: `${shot}/${name.replaceAll('/', '-')}-${look.width}-${look.scheme}.png`, fullPage: true })
      }
      assert.deepEqual(complaints, [])
    })
  }
})
