import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { createWeb } from '../../web/server.ts'
import { modules } from '../../app.ts'
import { findKind, sequenceAll } from '../../ledger/index.ts'
import { startWorker, type Worker } from '../../jobs/index.ts'
import { findByReplyToken, findByReturnToken, findSentMessage, listMails, mailJobs, mailServer, tagOf, type MailServer } from '../../mail/index.ts'
import { registry } from '../../verbs/registry.ts'
import { openIncoming, openPgpKey } from '../contact/index.ts'
import { getReport, receiveReport, writeReporter, type Report } from '../reports/index.ts'
import { gnuPg, type GnuPg } from '../../../test/support/gnupg.ts'
import { needs } from '../../../test/support/needs.ts'
import { browser, type Visitor } from '../../../test/support/visitors.ts'
import { world, type World } from '../../../test/support/world.ts'
import { answerArrival, bounceArrived, keyArrived, knownKeysOf, mailArrived } from './index.ts'
import { listReportMails, resendReportMail } from './list-mails.ts'
import { mailReportLink, openReportLink } from './open-link.ts'
import { statusInWords } from './status-words.ts'

const from = 'security@avow.example'
const intake = 'security@example.org'
const ada = 'ada@researcher.example'
const secret = 'The token is hunter2-canary'
const system = { kind: 'system', job: 'test' } as const

interface Delivered { mail: Email; raw: Buffer; sender: string }

describe('mail to a reporter', () => {
  let w: World
  let relay: SMTPServer
  let server: MailServer
  let worker: Worker
  let inbox: Delivered[] = []
  /** What the relay answers instead of taking a mail. */
  let refusal: Error & { responseCode?: number } | null = null

  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address: intake })
    relay = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(refusal),
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', async () => {
          const raw = Buffer.concat(chunks)
          inbox.push({ raw, mail: await PostalMime.parse(raw), sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address })
          done()
        })
      },
    })
    await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
    server = mailServer(`smtp://127.0.0.1:${(relay.server.address() as AddressInfo).port}`)
    worker = await startWorker(w.database, mailJobs({ server, from, intake, baseOf: async () => 'https://avow.example' }), { pollMs: 100 })
  })
  beforeEach(() => { inbox = []; refusal = null; w.clock.advance({ minutes: 1 }) })
  after(async () => {
    await worker.stop()
    server.close()
    await new Promise<void>((done) => relay.close(done))
    await w.close()
  })

  /** Until every mail was sent, or refused. */
  async function posted(): Promise<Delivered[]> {
    await sequenceAll(w.database, w.organization.id)
    for (let left = 200; left > 0; left--) {
      const waiting = await w.read((tx) => tx.db.selectFrom('mails').select('id').where('state', '=', 'waiting').executeTakeFirst())
      if (!waiting) return inbox
      await new Promise((done) => { setTimeout(done, 50) })
    }
    throw new Error('A mail is still waiting.')
  }

  const given = {
    title: secret, description: secret, steps: secret, proof_of_concept: '', impact: '', tools: [], skipped: '', attachments: [], asset: '', weakness: '',
    name: '', email: ada, claim_key: '', good_faith: true as const,
  }
  /** A report by mail, answered at once, as the intake does it. */
  const byMail = async ({ messageId = '<first@researcher.example>', key = '' } = {}): Promise<Report> => w.write(async (tx) => {
    const { report: id } = await receiveReport({ tx, actor: system }, given, { channel: 'mail' })
    const report = await getReport(tx, system, id)
    await mailArrived(tx, report, { messageId, references: ['<root@researcher.example>'], encryption: 'none', signature: 'none' })
    if (key) await keyArrived(tx, report, key, { by: 'attached', sure: false })
    await answerArrival(tx, id)
    return report
  })
  const header = ({ mail }: Delivered, name: string) => mail.headers.find(({ key }) => key === name)?.value
  const mailsOf = async ({ id }: Report) => (await w.as('triager').ask(listReportMails, { report: id })).mails
  const linkIn = ({ mail }: Delivered) => /\/track\/mail\/([\w-]+)/.exec(mail.text!)![1]!

  it('answers a report at once with its receipt, as a machine, into the same thread, and without a word of it', async () => {
    const report = await byMail()
    const [answer] = await posted()
    assert.equal(header(answer!, 'auto-submitted'), 'auto-replied')
    assert.equal(header(answer!, 'x-auto-response-suppress'), 'All')
    assert.equal(answer!.mail.inReplyTo, '<first@researcher.example>')
    assert.match(answer!.mail.references!, /<root@researcher\.example> <first@researcher\.example>$/)
    const [receipt, ...more] = answer!.mail.attachments
    assert.deepEqual([receipt?.filename, more], [`${report.reference}.tlog-proof`, []])
    assert.match(Buffer.from(receipt!.content as ArrayBuffer).toString(), /^c2sp\.org\/tlog-proof@v1\n/)
    assert.ok(!answer!.raw.includes('hunter2') && !Buffer.from(receipt!.content as ArrayBuffer).includes('hunter2'))
    const acknowledged = await w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'report.acknowledged').execute())
    assert.deepEqual(acknowledged, [], 'a machine acknowledges nothing')
  })

  it('can be answered: each address leads to its case, and a bounce to its mail', async () => {
    const [one, two] = [await byMail({ messageId: '<one@r.example>' }), await byMail({ messageId: '<two@r.example>' })]
    await w.as('triager').run(writeReporter, { report: one.id, message: secret })
    const mails = (await posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)
    const replies = mails.map(({ mail }) => mail.replyTo![0]!.address!)
    assert.equal(new Set(replies).size, 2)
    for (const { mail, sender } of mails) {
      const of = mail.subject!.startsWith(one.reference) ? one : two
      const [reply, bounce] = [tagOf(mail.replyTo![0]!.address!.toUpperCase(), intake)!, tagOf(sender, intake)!]
      assert.deepEqual([reply.is, bounce.is], ['case', 'bounce'])
      assert.deepEqual(await w.read((tx) => findByReplyToken(tx, reply.token)), { thread: of.id, with: 'reporter' })
      const sent = await w.read((tx) => findByReturnToken(tx, bounce.token))
      assert.deepEqual(sent, await w.read((tx) => findSentMessage(tx, mail.messageId!)))
      assert.equal(sent!.thread, of.id)
      assert.equal(await w.database.read(w.other.id, (tx) => findByReplyToken(tx, reply.token)), undefined)
    }
    assert.equal(tagOf(intake, intake), undefined)
    assert.equal(tagOf('security+shop@example.org', intake), undefined)
  })

  it('opens the report by its link once, by a button and not by being opened', async () => {
    const report = await byMail()
    const token = linkIn((await posted())[0]!)
    const app = createWeb({
      database: w.database, modules, operations: registry(modules, (kind) => findKind(kind) !== undefined), log: { error: console.error },
    })
    const scanner: Visitor = browser({ app, database: w.database, slug: w.organization.slug })
    for (let i = 0; i < 3; i++) assert.match(await (await scanner.get(`/track/mail/${token}`)).text(), /Open the report/)
    const opening = await scanner.post(`/track/mail/${token}`)
    assert.match(opening.headers.get('location') ?? '', /\/track\/report$/)
    const cookie = /(avow-report=[^;]+)/.exec(opening.headers.get('set-cookie') ?? '')![1]!
    const reporter = browser({ app, database: w.database, slug: w.organization.slug }, `${cookie}; avow-visitor=x`)
    assert.match(await (await reporter.get('/track/report')).text(), new RegExp(report.reference))
    assert.match(await (await scanner.get(`/track/mail/${token}`)).text(), /This link is over/)
    await assert.rejects(w.as('nobody').run(openReportLink, { token }), { code: 'link_over' })
    w.clock.advance({ hours: 13 })
    assert.ok(!(await (await reporter.get('/track/report')).text()).includes(report.reference), 'it ends by itself')
  })

  it('mails a new link in place of one that is over, to the address that reported, three an hour', async () => {
    await byMail()
    const token = linkIn((await posted())[0]!)
    w.clock.advance({ hours: 25 })
    inbox = []
    for (let i = 0; i < 3; i++) await w.as('nobody').run(mailReportLink, { token })
    await assert.rejects(w.as('nobody').run(mailReportLink, { token }), { code: 'links_enough' })
    const mails = await posted()
    assert.deepEqual(mails.map(({ mail }) => mail.to![0]!.address), [ada, ada, ada])
    await w.as('nobody').run(openReportLink, { token: linkIn(mails[0]!) })
    w.clock.advance({ hours: 24 * 31 })
    await assert.rejects(w.as('nobody').run(mailReportLink, { token }), { code: 'not_found' })
  })

  it('says on the case that an answer was refused, and why, and writes it into the record', async () => {
    const report = await byMail()
    await posted()
    w.clock.advance({ minutes: 1 })
    refusal = Object.assign(new Error('5.2.2 The mailbox is over its quota'), { responseCode: 552 })
    await w.as('triager').run(writeReporter, { report: report.id, message: secret })
    await posted()
    const failed = (await mailsOf(report)).at(-1)!
    assert.deepEqual([failed.failed, failed.arrival], [true, 'Did not arrive: the mailbox is full (5.2.2)'])
    const entries = await w.read((tx) => tx.db.selectFrom('entries').select('kind').where('kind', '=', 'report.delivery-failed').execute())
    assert.equal(entries.length, 1)
    refusal = null
    inbox = []
    await w.as('triager').run(resendReportMail, { report: report.id, mail: failed.id })
    await posted()
    assert.equal((await mailsOf(report)).at(-1)!.arrival, 'Sent')
    assert.equal(inbox.filter(({ mail }) => mail.to![0]!.address === ada).length, 1)
    await assert.rejects(w.as('triager').run(resendReportMail, { report: report.id, mail: failed.id }), { code: 'mail_not_failed' })
  })

  it('says so too where the bounce comes later, once; a delay is no failure, and a failure is not taken back', async () => {
    const report = await byMail()
    const [{ sender } = { sender: '' }] = await posted()
    const { mail } = (await w.read((tx) => findByReturnToken(tx, tagOf(sender, intake)!.token)))!
    const bounce = (action: 'failed' | 'delayed' | 'delivered', status: string | null) => w.write((tx) => bounceArrived(tx, mail, { action, status }))
    const arrival = async () => (await mailsOf(report)).find(({ id }) => id === mail)!.arrival
    assert.equal(await bounce('delayed', '4.4.1'), true)
    assert.equal(await arrival(), 'Delayed: their mail server does not answer (4.4.1). Their server keeps trying.')
    assert.equal(await bounce('failed', '5.1.1'), true)
    assert.equal(await bounce('failed', '5.1.1'), false)
    assert.equal(await bounce('delivered', null), false)
    assert.equal(await arrival(), 'Did not arrive: there is no such mailbox (5.1.1)')
    const toTeam = (await w.read((tx) => listMails(tx, 50))).filter(({ thread, subject }) => thread?.id === report.id && /did not arrive/.test(subject))
    assert.equal(toTeam.length, 0, 'nobody is of this team')
  })

  it('has words for every status', () => {
    for (const status of ['5.1.1', '5.0.0', '4.9.99', '5.99.1', null]) assert.match(statusInWords(status), /^[a-z]/)
  })

  describe('with an OpenPGP key, and GnuPG at the other side', { skip: needs('gpg') }, () => {
    let gpg: GnuPg
    before(async () => {
      gpg = gnuPg()
      gpg.import((await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address: intake })).publicKey)
      gpg.key(ada)
      gpg.key('eve@mallory.example')
      gpg.key('short@researcher.example', { lasts: '1d' })
    })
    after(() => gpg.close())

    const opened = async ({ raw }: Delivered) => {
      const armored = /-----BEGIN PGP MESSAGE-----[\s\S]+-----END PGP MESSAGE-----/.exec(raw.toString())![0]
      return PostalMime.parse(gpg(['--ignore-time-conflict', '--decrypt'], armored))
    }

    it('says everything, encrypted and signed, with both files of the receipt', async () => {
      const report = await byMail({ key: gpg.publicKey(ada) })
      await w.as('triager').run(writeReporter, { report: report.id, message: `${secret}, we say` })
      const mails = (await posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)
      assert.equal(mails.length, 2)
      for (const { raw, mail } of mails) {
        assert.ok(!raw.includes('hunter2'))
        assert.match(mail.headers.find(({ key }) => key === 'content-type')!.value, /^multipart\/encrypted; protocol="application\/pgp-encrypted"/)
        assert.equal(mail.inReplyTo, '<first@researcher.example>')
        assert.equal(tagOf(mail.replyTo![0]!.address!, intake)?.is, 'case')
      }
      const [arrival, answer] = [await opened(mails.find(({ mail }) => /arrived/.test(mail.subject!))!), await opened(mails.find(({ mail }) => /wrote/.test(mail.subject!))!)]
      assert.deepEqual(arrival.attachments.map(({ filename }) => filename), [`${report.reference}.tlog-proof`, `${report.reference}.json`])
      assert.ok(Buffer.from(arrival.attachments[1]!.content as ArrayBuffer).includes(secret))
      assert.match(answer.text!, /The token is hunter2-canary, we say/)
      assert.ok(!answer.text!.includes('carries nothing'))
      assert.ok((await mailsOf(report)).filter(({ from: who }) => who === 'us').every(({ protection }) => /^Encrypted/.test(protection)))
    })

    it('is answered by mail, encrypted, by the key that came with the report', async () => {
      const report = await byMail({ key: gpg.publicKey(ada) })
      const sealed = gpg(['--armor', '--encrypt', '--sign', '--local-user', ada, '--recipient', intake], 'Content-Type: text/plain\r\n\r\nAn answer\r\n')
      const raw = Buffer.from(`Subject: Re\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n`
        + `--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n${sealed.toString()}\r\n--b--\r\n`)
      const incoming = await w.read(async (tx) => openIncoming(tx, raw, await knownKeysOf(tx, await getReport(tx, system, report.id))))
      assert.deepEqual([incoming.encryption.state, incoming.signature.state], ['encrypted', 'known'])
    })

    it('is not turned to a key that somebody else sent', async () => {
      const report = await byMail({ key: gpg.publicKey(ada) })
      const came = (key: string, sure: boolean) => w.write((tx) => keyArrived(tx, report, key, { by: 'attached', sure }))
      assert.equal(await came(gpg.publicKey('eve@mallory.example'), false), false)
      await w.as('triager').run(writeReporter, { report: report.id, message: secret })
      for (const one of (await posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)) await opened(one)
      assert.deepEqual(gpg(['--list-only', '--status-fd', '1', '--decrypt'], inbox.at(-1)!.raw.toString().match(/-----BEGIN PGP[\s\S]+-----END PGP MESSAGE-----/)![0])
        .toString().match(/ENC_TO/g)?.length, 1)
      assert.equal(await came(gpg.publicKey('short@researcher.example'), true), true)
      assert.equal(await came('no key', true), false)
    })

    it('goes without content where the key has expired, and the team sees why', async () => {
      const report = await byMail({ key: gpg.publicKey('short@researcher.example') })
      await posted()
      w.clock.advance({ hours: 48 })
      inbox = []
      await w.as('triager').run(writeReporter, { report: report.id, message: secret })
      const [answer] = await posted()
      assert.ok(!answer!.raw.includes('hunter2'))
      assert.match(answer!.mail.text!, /carries nothing of what you reported/)
      assert.equal((await mailsOf(report)).at(-1)!.protection, 'A notification without content: their OpenPGP key has expired')
    })
  })
})
