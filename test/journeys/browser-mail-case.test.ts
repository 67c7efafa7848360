import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseVkey, verifyReceipt } from 'avow-verify'
import type { Browser } from 'playwright-core'
import { newTab, openBrowser } from '../support/browser.ts'
import { mailWay, type MailWay } from '../support/mail-way.ts'
import { needs } from '../support/needs.ts'
import { addresses } from '../support/post-office.ts'
import { site, type Site } from '../support/site.ts'

const { ada, from } = addresses
const canary = 'The cart shows hunter2-canary to everybody'

describe('a case by encrypted mail, from the first byte to an answer that does not arrive', { skip: needs('chromium', 'gpg') }, () => {
  let s: Site
  let mail: MailWay
  let browser: Browser
  before(async () => {
    // GnuPG makes keys by the clock on the wall.
    s = await site({ clock: new Date().toISOString() })
    mail = await mailWay(s)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await mail?.close()
    await s?.close()
  })

  async function desk() {
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    await tab.goto(`${s.home}/desk/reports`)
    return tab
  }

  it('is reported, and answered at once with the receipt of what was written', async () => {
    await mail.writeEncrypted(canary, { subject: 'A weakness', key: true })
    const { raw, seen, read } = await mail.newest()
    assert.ok(!raw.includes('hunter2'))
    assert.equal(seen.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-replied')
    const [receipt, content] = read.attachments.map(({ content: bytes }) => Buffer.from(bytes as ArrayBuffer).toString())
    const key = parseVkey((await (await fetch(`${s.home}/log/key`)).text()).trim())
    const { ok, faults, facts } = await verifyReceipt({ receipt: receipt!, content: content! }, { keys: [key], witnesses: [] })
    assert.deepEqual([ok, faults, facts?.['description']], [true, [], canary])
  })

  it('is read at the desk in clear, with what is known of the mail, and answered there', async () => {
    const tab = await desk()
    await tab.getByRole('link', { name: 'A weakness' }).click()
    await tab.getByText(canary).first().waitFor()
    await tab.locator('#compose-message').fill('Which browser shows hunter2-canary?')
    await tab.getByRole('button', { name: 'Ask, and wait for the answer' }).click()
    const { raw, read } = await mail.newest()
    assert.ok(!raw.includes('hunter2'))
    assert.match(read.text!, /Which browser shows hunter2-canary\?/)
  })

  it('goes on when the reporter answers from her mail program', async () => {
    const { seen } = await mail.newest()
    await mail.writeEncrypted('Firefox, and hunter2-canary again', { to: seen.replyTo![0]!.address!, inReplyTo: seen.messageId! })
    const tab = await desk()
    await tab.getByRole('link', { name: 'A weakness' }).click()
    await tab.getByText('Firefox, and hunter2-canary again').first().waitFor()
    assert.equal(await tab.getByText('Waiting for the reporter’s answer since').count(), 0)
  })

  it('says at the desk that an answer did not arrive, when a mail server far away says so later', async () => {
    const { sender, seen } = await mail.newest()
    assert.notEqual(sender, from)
    const report = ['From: mailer-daemon@researcher.example', `To: ${sender}`, 'Subject: Undelivered', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'It could not be delivered.', '',
      '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.researcher.example', '',
      `Final-Recipient: rfc822; ${ada}`, 'Action: failed', 'Status: 5.2.2', 'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full', '',
      '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${seen.messageId}`, '', '--b--', ''].join('\r\n')
    await mail.send({ from: '', to: sender, raw: report })
    const tab = await desk()
    await tab.getByRole('link', { name: 'A weakness' }).click()
    await tab.getByText('Your answer did not arrive').first().waitFor()
    await tab.getByText(/mailbox is full/i).first().waitFor()
  })

  it('leaves no word of it in any mail in clear', async () => {
    for (const { raw } of await mail.office.posted()) assert.ok(!raw.includes('hunter2') && !raw.includes(canary))
  })
})
