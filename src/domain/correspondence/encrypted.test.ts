import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { tagOf } from '../../mail/index.ts'
import { openIncoming, openingKeys, openPgpKey } from '../contact/index.ts'
import { getReport, writeReporter, type Report } from '../reports/index.ts'
import { gnuPg, type GnuPg } from '../../../test/support/gnupg.ts'
import { needs } from '../../../test/support/needs.ts'
import { addresses, postOffice, secret, system, type Delivered, type PostOffice } from '../../../test/support/post-office.ts'
import type { World } from '../../../test/support/world.ts'
import { keyArrived, knownKeysOf } from './index.ts'
import { listReportMails } from './list-mails.ts'

const { ada, intake } = addresses

describe('mail to a reporter with an OpenPGP key, and GnuPG at the other side', { skip: needs('gpg') }, () => {
  let office: PostOffice
  let w: World
  let gpg: GnuPg
  before(async () => {
    office = await postOffice()
    w = office.w
    gpg = gnuPg()
    gpg.import((await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address: intake })).publicKey)
    gpg.key(ada)
    gpg.key('eve@mallory.example')
    gpg.key('short@researcher.example', { lasts: '1d' })
  })
  beforeEach(() => { office.clear(); office.refuse(null); w.clock.advance({ minutes: 1 }) })
  after(async () => { gpg.close(); await office.close() })

  const mailsOf = async ({ id }: Report) => (await w.as('triager').ask(listReportMails, { report: id })).mails
  const opened = async ({ raw }: Delivered) => {
    const armored = /-----BEGIN PGP MESSAGE-----[\s\S]+-----END PGP MESSAGE-----/.exec(raw.toString())![0]
    return PostalMime.parse(gpg(['--ignore-time-conflict', '--decrypt'], armored))
  }

  it('says everything, encrypted and signed, with both files of the receipt', async () => {
    const report = await office.byMail({ key: gpg.publicKey(ada) })
    await w.as('triager').run(writeReporter, { report: report.id, message: `${secret}, we say` })
    const mails = (await office.posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)
    assert.equal(mails.length, 2)
    for (const { raw, mail } of mails) {
      assert.ok(!raw.includes('hunter2'))
      assert.match(mail.headers.find(({ key }) => key === 'content-type')!.value, /^multipart\/encrypted; protocol="application\/pgp-encrypted"/)
      assert.equal(mail.inReplyTo, '<first@researcher.example>')
      assert.equal(tagOf(mail.replyTo![0]!.address!, intake)?.is, 'case')
    }
    const called = (about: RegExp) => opened(mails.find(({ mail }) => about.test(mail.subject!))!)
    const [arrival, answer] = [await called(/arrived/), await called(/wrote/)]
    assert.deepEqual(arrival.attachments.map(({ filename }) => filename), [`${report.reference}.tlog-proof`, `${report.reference}.json`])
    assert.ok(Buffer.from(arrival.attachments[1]!.content as ArrayBuffer).includes(secret))
    assert.match(answer.text!, /The token is hunter2-canary, we say/)
    assert.ok(!answer.text!.includes('carries nothing'))
    assert.ok((await mailsOf(report)).filter(({ from: who }) => who === 'us').every(({ protection }) => protection.startsWith('Encrypted')))
  })

  it('is answered by mail, encrypted, by the key that came with the report', async () => {
    const report = await office.byMail({ key: gpg.publicKey(ada) })
    const sealed = gpg(['--armor', '--encrypt', '--sign', '--local-user', ada, '--recipient', intake], 'Content-Type: text/plain\r\n\r\nAn answer\r\n')
    const raw = Buffer.from(`Subject: Re\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n`
      + `--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n`
      + `--b\r\nContent-Type: application/octet-stream\r\n\r\n${sealed.toString()}\r\n--b--\r\n`)
    const incoming = await openIncoming(raw, await w.read(async (tx) => openingKeys(tx, await knownKeysOf(tx, await getReport(tx, system, report.id)))))
    assert.deepEqual([incoming.encryption.state, incoming.signature.state], ['encrypted', 'known'])
  })

  it('is not turned to a key that somebody else sent', async () => {
    const report = await office.byMail({ key: gpg.publicKey(ada) })
    const came = (key: string, sure: boolean) => w.write((tx) => keyArrived(tx, report, key, { by: 'attached', sure }))
    assert.equal(await came(gpg.publicKey('eve@mallory.example'), false), false)
    await w.as('triager').run(writeReporter, { report: report.id, message: secret })
    for (const one of (await office.posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)) await opened(one)
    const [armored] = /-----BEGIN PGP[\s\S]+-----END PGP MESSAGE-----/.exec((await office.posted()).at(-1)!.raw.toString())!
    assert.equal(gpg(['--list-only', '--status-fd', '1', '--decrypt'], armored).toString().match(/ENC_TO/g)?.length, 1)
    assert.equal(await came(gpg.publicKey('short@researcher.example'), true), true)
    assert.equal(await came('no key', true), false)
  })

  it('goes without content where the key has expired, and the team sees why', async () => {
    const report = await office.byMail({ key: gpg.publicKey('short@researcher.example') })
    await office.posted()
    w.clock.advance({ hours: 48 })
    office.clear()
    await w.as('triager').run(writeReporter, { report: report.id, message: secret })
    const [answer] = await office.posted()
    assert.ok(!answer!.raw.includes('hunter2'))
    assert.match(answer!.mail.text!, /carries nothing of what you reported/)
    assert.equal((await mailsOf(report)).at(-1)!.protection, 'A notification without content: their OpenPGP key has expired')
  })
})
