import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseVkey, verifyReceipt } from 'avow-verify'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { createTransport, type Transporter } from 'nodemailer'
import type { Browser } from 'playwright-core'
import PostalMime, { type Email } from 'postal-mime'
import { openPgpKey } from '../../src/domain/contact/index.ts'
import { addIntakeAddress } from '../../src/domain/intake/addresses.ts'
import '../../src/domain/intake/index.ts'
import { startReceiver, type Receiver } from '../../src/domain/intake/ways/smtp-receiver.ts'
import { newTab, openBrowser } from '../support/browser.ts'
import { gnuPg, type GnuPg } from '../support/gnupg.ts'
import { needs } from '../support/needs.ts'
import { addresses, postOffice, type PostOffice } from '../support/post-office.ts'
import { site, type Site } from '../support/site.ts'

const { ada, intake, from } = addresses
const canary = 'The cart shows hunter2-canary to everybody'

describe('a case by encrypted mail, from the first byte to an answer that does not arrive', { skip: needs('chromium', 'gpg') }, () => {
  let s: Site
  let office: PostOffice
  let receiver: Receiver
  let outbox: Transporter
  let gpg: GnuPg
  let browser: Browser
  before(async () => {
    // GnuPG makes keys by the clock on the wall.
    s = await site({ clock: new Date().toISOString() })
    office = await postOffice(s)
    await s.as('admin').run(addIntakeAddress, { address: intake })
    const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
    receiver = await startReceiver({ database: s.database, address: intake, onError: console.error, resolver },
      { listen: '127.0.0.1:0', mostBytes: 1_000_000 })
    outbox = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false })
    gpg = gnuPg()
    gpg.import((await openPgpKey(s.database, s.organization.id, { name: 'Organization 1', address: intake })).publicKey)
    gpg.key(ada)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    gpg?.close()
    outbox?.close()
    await receiver?.stop()
    await office?.close()
    await s?.close()
  })

  /** As a mail program does it: the whole content, with files, signed and encrypted (RFC 3156). */
  async function writeEncrypted(to: string, words: string, { subject = 'Re: ...', inReplyTo = '', key = false } = {}): Promise<void> {
    const attachments = key ? [{ filename: 'ada.asc', content: gpg.publicKey(ada), contentType: 'application/pgp-keys' }] : []
    const inner = await new MailComposer({ text: words, attachments }).compile().build()
    const sealed = gpg(['--armor', '--encrypt', '--sign', '--local-user', ada, '--recipient', intake], inner).toString()
    const thread = inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []
    const raw = [`From: Ada <${ada}>`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${Math.random()}@researcher.example>`, ...thread,
      'MIME-Version: 1.0', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', '',
      '--b', 'Content-Type: application/pgp-encrypted', '', 'Version: 1', '',
      '--b', 'Content-Type: application/octet-stream', '', sealed, '--b--', ''].join('\r\n')
    await outbox.sendMail({ envelope: { from: ada, to }, raw })
  }

  /** The newest letter to the reporter, as the network saw it and as she reads it. */
  async function newest(): Promise<{ seen: Email; raw: string; sender: string; read: Email }> {
    const { mail, raw, sender } = (await office.posted()).findLast(({ mail: one }) => one.to?.[0]?.address === ada)!
    const [armored] = /-----BEGIN PGP MESSAGE-----[\s\S]+-----END PGP MESSAGE-----/.exec(raw.toString())!
    return { seen: mail, raw: raw.toString(), sender, read: await PostalMime.parse(gpg(['--ignore-time-conflict', '--decrypt'], armored)) }
  }

  async function desk() {
    const { tab } = await newTab(browser, { script: false })
    await tab.context().addCookies([s.pass])
    await tab.goto(`${s.home}/desk/reports`)
    return tab
  }

  it('is reported, and answered at once with the receipt of what was written', async () => {
    await writeEncrypted(intake, canary, { subject: 'A weakness', key: true })
    const { raw, seen, read } = await newest()
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
    const { raw, read } = await newest()
    assert.ok(!raw.includes('hunter2'))
    assert.match(read.text!, /Which browser shows hunter2-canary\?/)
  })

  it('goes on when the reporter answers from her mail program', async () => {
    const { seen } = await newest()
    await writeEncrypted(seen.replyTo![0]!.address!, 'Firefox, and hunter2-canary again', { inReplyTo: seen.messageId! })
    const tab = await desk()
    await tab.getByRole('link', { name: 'A weakness' }).click()
    await tab.getByText('Firefox, and hunter2-canary again').first().waitFor()
    assert.equal(await tab.getByText('Waiting for the reporter’s answer since').count(), 0)
  })

  it('says at the desk that an answer did not arrive, when a mail server far away says so later', async () => {
    const { sender, seen } = await newest()
    assert.notEqual(sender, from)
    const report = ['From: mailer-daemon@researcher.example', `To: ${sender}`, 'Subject: Undelivered', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'It could not be delivered.', '',
      '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.researcher.example', '',
      `Final-Recipient: rfc822; ${ada}`, 'Action: failed', 'Status: 5.2.2', 'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full', '',
      '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${seen.messageId}`, '', '--b--', ''].join('\r\n')
    await outbox.sendMail({ envelope: { from: '', to: sender }, raw: report })
    const tab = await desk()
    await tab.getByRole('link', { name: 'A weakness' }).click()
    await tab.getByText('Your answer did not arrive').first().waitFor()
    await tab.getByText(/mailbox is full/i).first().waitFor()
  })

  it('leaves no word of it in any mail in clear', async () => {
    for (const { raw } of await office.posted()) assert.ok(!raw.includes('hunter2') && !raw.includes(canary))
  })
})
