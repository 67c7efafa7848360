import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { modules } from '../../app.ts'
import { findKind } from '../../ledger/index.ts'
import { findByReplyToken, findByReturnToken, findSentMessage, listMails, tagOf } from '../../mail/index.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { writeReporter, type Report } from '../reports/index.ts'
import { addresses, postOffice, secret, type Delivered, type PostOffice } from '../../../test/support/post-office.ts'
import { browser, type Visitor } from '../../../test/support/visitors.ts'
import type { World } from '../../../test/support/world.ts'
import { bounceArrived } from './index.ts'
import { listReportMails, resendReportMail } from './list-mails.ts'
import { mailReportLink, openReportLink } from './open-link.ts'
import { statusInWords } from './status-words.ts'

const { ada, intake } = addresses

describe('mail to a reporter', () => {
  let office: PostOffice
  let w: World
  before(async () => {
    office = await postOffice()
    w = office.w
  })
  beforeEach(() => { office.clear(); office.refuse(null); w.clock.advance({ minutes: 1 }) })
  after(() => office.close())

  const header = ({ mail }: Delivered, name: string) => mail.headers.find(({ key }) => key === name)?.value
  const mailsOf = async ({ id }: Report) => (await w.as('triager').ask(listReportMails, { report: id })).mails
  const linkIn = ({ mail }: Delivered) => /\/track\/mail\/([\w-]+)/.exec(mail.text!)![1]!

  it('answers a report at once with its receipt, as a machine, into the same thread, and without a word of it', async () => {
    const report = await office.byMail()
    const [answer] = await office.posted()
    assert.equal(header(answer!, 'auto-submitted'), 'auto-replied')
    assert.equal(header(answer!, 'x-auto-response-suppress'), 'All')
    assert.equal(answer!.mail.inReplyTo, '<first@researcher.example>')
    assert.match(answer!.mail.references!, /<root@researcher\.example> <first@researcher\.example>$/)
    const [receipt, ...more] = answer!.mail.attachments
    assert.deepEqual([receipt?.filename, more], [`${report.reference}.tlog-proof`, []])
    assert.match(Buffer.from(receipt!.content as ArrayBuffer).toString(), /^c2sp\.org\/tlog-proof@v1\n[^\r]+\n$/)
    assert.ok(!answer!.raw.includes('hunter2') && !Buffer.from(receipt!.content as ArrayBuffer).includes('hunter2'))
    const acknowledged = await w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'report.acknowledged').execute())
    assert.deepEqual(acknowledged, [], 'a machine acknowledges nothing')
  })

  it('can be answered: each address leads to its case, and a bounce to its mail', async () => {
    const [one, two] = [await office.byMail({ messageId: '<one@r.example>' }), await office.byMail({ messageId: '<two@r.example>' })]
    await w.as('triager').run(writeReporter, { report: one.id, message: secret })
    const mails = (await office.posted()).filter(({ mail }) => mail.to?.[0]?.address === ada)
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
    const report = await office.byMail()
    const token = linkIn((await office.posted())[0]!)
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
    await office.byMail()
    const token = linkIn((await office.posted())[0]!)
    w.clock.advance({ hours: 25 })
    office.clear()
    for (let i = 0; i < 3; i++) await w.as('nobody').run(mailReportLink, { token })
    await assert.rejects(w.as('nobody').run(mailReportLink, { token }), { code: 'links_enough' })
    const mails = await office.posted()
    assert.deepEqual(mails.map(({ mail }) => mail.to![0]!.address), [ada, ada, ada])
    await w.as('nobody').run(openReportLink, { token: linkIn(mails[0]!) })
    w.clock.advance({ hours: 24 * 31 })
    await assert.rejects(w.as('nobody').run(mailReportLink, { token }), { code: 'not_found' })
  })

  it('says on the case that an answer was refused, and why, and writes it into the record', async () => {
    const report = await office.byMail()
    await office.posted()
    w.clock.advance({ minutes: 1 })
    office.refuse({ code: 552, text: '5.2.2 The mailbox is over its quota' })
    await w.as('triager').run(writeReporter, { report: report.id, message: secret })
    await office.posted()
    const failed = (await mailsOf(report)).at(-1)!
    assert.deepEqual([failed.failed, failed.arrival], [true, 'Did not arrive: the mailbox is full (5.2.2)'])
    const entries = await w.read((tx) => tx.db.selectFrom('entries').select('kind').where('kind', '=', 'report.delivery-failed').execute())
    assert.equal(entries.length, 1)
    office.refuse(null)
    office.clear()
    await w.as('triager').run(resendReportMail, { report: report.id, mail: failed.id })
    await office.posted()
    assert.equal((await mailsOf(report)).at(-1)!.arrival, 'Sent')
    assert.equal((await office.posted()).filter(({ mail }) => mail.to![0]!.address === ada).length, 1)
    await assert.rejects(w.as('triager').run(resendReportMail, { report: report.id, mail: failed.id }), { code: 'mail_not_failed' })
  })

  it('says so too where the bounce comes later, once; a delay is no failure, and a failure is not taken back', async () => {
    const report = await office.byMail()
    const [{ sender } = { sender: '' }] = await office.posted()
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
})
