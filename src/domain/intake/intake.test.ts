import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { withClient } from '../../db/setup.ts'
import { messageIdOf } from '../../mail/addresses.ts'
import { listMails } from '../../mail/index.ts'
import { world } from '../../../test/support/world.ts'
import { askReporter } from '../reports/ask-reporter.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { readReport } from '../reports/read-report.ts'
import { listReportMails } from '../correspondence/index.ts'
import { addIntakeAddress } from './addresses.ts'
import { listReportMessages, listWaitingMessages } from './list-messages.ts'
import { readSource } from './read-source.ts'
import './index.ts'
import { discardMessage, makeReport } from './settle-message.ts'
import { takeMessage, type Intake } from './take-message.ts'
import { startReceiver } from './ways/smtp-receiver.ts'

const w = await world()
after(() => w.close())

const address = 'security@example.org'
const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
const intake: Intake = { database: w.database, address, onError: console.error, resolver }

const mail = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)
const take = (raw: Buffer, recipients: string[] = [address]) => takeMessage(intake, w.organization.id, Readable.from([raw]), { recipients })
const admin = w.as('admin')
const caseOf = (report: string) => admin.ask(readReport, { report })

test('a mail becomes a report with its text, files and sender, and twice the same mail is one', async () => {
  const raw = mail('From: Ada <ada@lovelace.example>', `To: ${address}`, 'Subject: Open redirect', 'Message-ID: <first@lovelace.example>',
    'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'It redirects anywhere.', '--b',
    'Content-Type: text/x-python; name=poc.py', '', 'print(1)', '--b--')
  const { report, became } = await take(raw)
  assert.equal(became, 'report')
  const found = await caseOf(report!)
  assert.equal(found.reported?.title, 'Open redirect')
  assert.equal(found.reported?.description, 'It redirects anywhere.')
  assert.equal(found.reported?.good_faith_declared, false)
  assert.deepEqual(found.attachments.map(({ name }) => name), ['poc.py'])
  assert.deepEqual(found.reporter, { name: 'Ada', email: 'ada@lovelace.example', claimKey: '' })
  const again = await take(raw)
  assert.deepEqual([again.again, again.report], [true, report])
})

test('an answer of the reporter is one; the same from somebody else is shown to the team, and tells nobody anything', async () => {
  const { report } = await take(mail('From: ada@lovelace.example', 'Subject: A second one', 'Message-ID: <second@lovelace.example>', '', 'words'))
  await admin.run(askReporter, { report, message: 'Which browser?' })
  const { id: letter } = await w.read((tx) => tx.db.selectFrom('mails').select('id').where('thread_id', '=', report!)
    .orderBy('created_at', 'desc').executeTakeFirstOrThrow())
  const ours = messageIdOf(letter, 'avow@example.org')
  const before = await w.read((tx) => tx.db.selectFrom('mails').select('id').execute())
  const stranger = await take(mail('From: eve@elsewhere.example', `In-Reply-To: ${ours}`, '', 'Let me in.'))
  assert.deepEqual([stranger.became, stranger.report], ['someone-else', report])
  const letters = await w.read((tx) => tx.db.selectFrom('mails').selectAll().where('id', 'not in', before.map(({ id }) => id)).execute())
  assert.ok(letters.every(({ thread_with: other }) => other === null), 'a letter went outside')
  const answer = await take(mail('From: ada@lovelace.example', `In-Reply-To: ${ours}`, '', 'Firefox.', '', 'On Monday you wrote:', '> Which browser?'))
  assert.deepEqual([answer.became, answer.report], ['answer', report])
  const followed = await take(mail('From: Ada@Lovelace.example', 'References: <second@lovelace.example>', '', 'And Chromium.'))
  assert.equal(followed.became, 'answer')
  const said = (await caseOf(report!)).messages.filter(({ voice }) => voice === 'reporter').map(({ text }) => text)
  assert.deepEqual(said.toSorted(), ['And Chromium.', 'Firefox.'])
  const { messages } = await admin.ask(listReportMessages, { report })
  assert.deepEqual(messages.map(({ became }) => became), ['report', 'someone-else', 'answer', 'answer'])
  assert.equal(messages[1]!.text, 'Let me in.')
})

test('what cannot be taken apart waits for a person with its source, who makes a report of it or discards it', async () => {
  const broken = mail('From: eve@elsewhere.example', 'Content-Type: multipart/mixed; boundary=b', '', 'the \x1b[31mwords', 'NUL \0')
  const { message, became } = await take(broken)
  assert.equal(became, 'quarantined')
  const { messages: [waiting] } = await admin.ask(listWaitingMessages, {})
  assert.match(waiting!.why!, /no part begins/)
  const { raw_id: raw } = await w.read((tx) => tx.db.selectFrom('messages').selectAll().where('id', '=', message).executeTakeFirstOrThrow())
  const source = await readSource(w.database, w.organization.id, message, raw)
  assert.match(source.text, /the \uFFFD\[31mwords\nNUL \uFFFD/)
  const { report } = await admin.run(makeReport, { message, title: 'Words', description: 'the words' })
  assert.equal((await caseOf(report)).reported?.description, 'the words')
  await assert.rejects(admin.run(discardMessage, { message }), { code: 'message_settled' })
  const other = await take(Buffer.from('\xff\xfe no mail at all', 'latin1'))
  await admin.run(discardMessage, { message: other.message })
  assert.equal((await admin.ask(listWaitingMessages, {})).messages.length, 0)
})

test('machines are told from people: no case begins with an automatic answer, and a mail of ours that comes back is none', async () => {
  assert.equal((await take(mail('From: away@example.net', 'Auto-Submitted: auto-replied', '', 'I am away.'))).became, 'quarantined')
  assert.equal((await take(mail(`From: ${address}`, '', 'It is me.'))).became, 'quarantined')
  assert.equal((await take(mail('From: scan@example.net', 'Auto-Submitted: auto-generated', 'Subject: Scan', '', 'Port 23 is open.'))).became, 'report')
})

test('more files than a case holds stay with the mail, and a text that is longer than a description is a file too', async () => {
  const parts = Array.from({ length: 30 }, (_, i) => ['--b', `Content-Type: text/x-log; name=${i}.log`, '', `log ${i}`]).flat()
  const { report, message } = await take(mail('From: ada@lovelace.example', 'Subject: Long', 'Content-Type: multipart/mixed; boundary=b', '',
    '--b', '', 'word '.repeat(30_000), ...parts, '--b--'))
  const { reported, attachments } = await caseOf(report!)
  assert.equal(reported!.description.length, 100_000)
  assert.equal(attachments.length, 20)
  assert.ok(attachments.some(({ name }) => name === 'message.txt'))
  const left = await w.read((tx) => tx.db.selectFrom('attachments').select('id').where('owner_id', '=', message).execute())
  assert.equal(left.length, 12)
})

test('the receiver takes mail for its own addresses alone, says 250 when it is stored, and relays nothing', async () => {
  await admin.run(addIntakeAddress, { address: 'reports@one.example' })
  const receiver = await startReceiver(intake, { listen: '127.0.0.1:0', mostBytes: 100_000, allowance: { name: 'smtp-test', count: 6, perSeconds: 3600 } })
  const client = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false })
  try {
    const send = (to: string | string[], text = 'words') => client.sendMail({ from: 'grace@hopper.example', to, subject: 'By SMTP', text })
    await send('reports@one.example')
    const { messages: stored } = { messages: await w.read((tx) => tx.db.selectFrom('reports').select('id').where('channel', '=', 'mail').execute()) }
    assert.ok(stored.length > 0)
    await assert.rejects(send('somebody@elsewhere.example'), { responseCode: 550 })
    await assert.rejects(send('security+aaaaaaaaaaaaaaaa@example.org'), { responseCode: 550 })
    await assert.rejects(send('reports@one.example', 'x'.repeat(200_000)), { responseCode: 552 })
    await send('reports@one.example', 'more words')
    await assert.rejects(async () => { for (let i = 0; i < 5; i++) await send('reports@one.example', `words ${i}`) }, { responseCode: 450 })
  } finally {
    client.close()
    await receiver.stop()
  }
})

test('the receiver holds few connections of one network, and none for ever', async () => {
  const receiver = await startReceiver(intake, { listen: '127.0.0.1:0', mostBytes: 1000, connection: { mostMs: 2000, perNetwork: 2 } })
  const sockets = Array.from({ length: 3 }, () => connect(receiver.port, '127.0.0.1').on('error', () => {}))
  const closed = sockets.map((socket) => once(socket.resume(), 'close'))
  await closed[2]
  assert.deepEqual(sockets.map(({ closed: gone }) => gone), [false, false, true])
  await Promise.all(closed)
  await receiver.stop()
})

test('who encrypted to another key is told so at once, and the team reads why', async () => {
  const { report } = await take(mail('From: grace@hopper.example', 'Subject: Sealed',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', '', '--b', 'Content-Type: application/pgp-encrypted', '',
    'Version: 1', '--b', 'Content-Type: application/octet-stream', '',
    '-----BEGIN PGP MESSAGE-----', '', 'bm90aGluZw==', '-----END PGP MESSAGE-----', '--b--'))
  assert.match((await caseOf(report!)).reported!.description, /does not open. Ask for it once more/)
  const answer = (await w.read((tx) => listMails(tx))).find(({ subject }) => subject.endsWith('your report arrived, and we cannot read it'))
  assert.match(answer!.body, /kept as it came, but we cannot read it: it is damaged.*encrypted to our key:\n\n{link:\/openpgp-key.asc}/s)
})

test('the receiver asks for a mail again that it cannot store', async () => {
  const receiver = await startReceiver(intake, { listen: '127.0.0.1:0', mostBytes: 100_000, allowance: { name: 'smtp-fail', count: 100, perSeconds: 3600 } })
  await withClient(w.url('avow_owner'), (client) => client.query('revoke insert on avow.messages from avow_app'))
  try {
    const client = createTransport({ host: '127.0.0.1', port: receiver.port })
    await assert.rejects(client.sendMail({ from: 'a@b.example', to: 'reports@one.example', text: 'not now' }), { responseCode: 451 })
  } finally {
    await withClient(w.url('avow_owner'), (client) => client.query('grant insert on avow.messages to avow_app'))
    await receiver.stop()
  }
})

test('a new report is answered once with a letter that no machine answers; machines, lists and whoever is denied by their domain are not', async () => {
  const arrivals = async (report: string) => (await w.read((tx) => tx.db.selectFrom('mails').selectAll().where('thread_id', '=', report).execute()))
    .filter(({ enclosing }) => enclosing === 'report.arrival').length
  const { report } = await take(mail('From: new@person.example', 'Subject: New', 'Message-ID: <n1@person.example>', '', 'words'))
  assert.equal(await arrivals(report!), 1)
  await take(mail('From: new@person.example', 'References: <n1@person.example>', '', 'more words'))
  assert.equal(await arrivals(report!), 1)
  const listed = await take(mail('From: new@person.example', 'Subject: List', 'List-Id: <l.example>', '', 'words'))
  assert.equal(await arrivals(listed.report!), 0)
  let answered = 1
  for (let i = 0; i < 8; i++) answered += await arrivals((await take(mail('From: new@person.example', `Subject: Again ${i}`, '', `words ${i}`))).report!)
  assert.equal(answered, 5, 'to one address, five within a day')
})

test('a bounce becomes news of the letter that it is about, and an absence an automatic answer of the case', async () => {
  const { report } = await take(mail('From: gone@person.example', 'Subject: Gone', 'Message-ID: <gone@person.example>', '', 'words'))
  const { id: letter } = await w.read((tx) => tx.db.selectFrom('mails').select('id').where('thread_id', '=', report!)
    .where('thread_with', '=', 'reporter').executeTakeFirstOrThrow())
  await w.write((tx) => tx.db.updateTable('mails').set({ state: 'sent', sent_at: new Date() }).where('id', '=', letter).execute())
  const away = await take(mail('From: gone@person.example', `In-Reply-To: ${messageIdOf(letter, 'avow@example.org')}`,
    'Auto-Submitted: auto-replied', '', 'I am away.'))
  assert.deepEqual([away.became, away.report], ['automatic', report])
  const bounce = await take(mail('Return-Path: <>', 'From: MAILER-DAEMON@mx.example',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
    '--b', '', 'No such user.', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx', '',
    'Final-Recipient: rfc822; gone@person.example',
    'Action: failed', 'Status: 5.1.1', '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageIdOf(letter, 'avow@example.org')}`, '--b--'))
  assert.deepEqual([bounce.became, bounce.report], ['bounce', report])
  const { outcome } = await w.read((tx) => tx.db.selectFrom('mails').select('outcome').where('id', '=', letter).executeTakeFirstOrThrow())
  assert.equal(outcome, 'failed')
})

test('who reported is erased with the source that names them', async () => {
  const { report, message } = await take(mail('From: erase@person.example', 'Subject: Erase me', '', 'words'))
  await admin.run(eraseReport, { report, what: 'identity' })
  assert.equal((await caseOf(report!)).reported?.title, 'Erase me')
  const { box } = await w.read((tx) => tx.db.selectFrom('messages').select('box').where('id', '=', message).executeTakeFirstOrThrow())
  assert.equal(box, null)
  assert.equal((await w.read((tx) => tx.db.selectFrom('attachments').select('id').where('owner_id', '=', message).execute())).length, 0)
})

test('S/MIME is kept as a file and named, shows no weakness, and whoever closed their mail by it is asked for another', async () => {
  const signed = await take(mail('From: sue@lovelace.example', 'Subject: Signed', 'Message-ID: <sm1@lovelace.example>',
    'Content-Type: multipart/signed; protocol="application/x-pkcs7-signature"; micalg=sha-256; boundary=b', '', '--b', '', 'The page leaks.', '--b',
    'Content-Type: application/x-pkcs7-signature; name=smime.p7s', 'Content-Transfer-Encoding: base64', '', 'MIIB', '--b--'))
  const closed = await take(mail('From: sue@lovelace.example', 'Subject: Closed', 'Message-ID: <sm2@lovelace.example>',
    'Content-Type: application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'Content-Transfer-Encoding: base64', '', 'MIIB'))
  const [first, second] = [await caseOf(signed.report!), await caseOf(closed.report!)]
  assert.deepEqual([first, second].map(({ attachments: [file] }) => file!.name), ['smime.p7s', 'smime.p7m'])
  const queues = await w.read((tx) => tx.db.selectFrom('reports').select('queue').where('id', 'in', [signed.report!, closed.report!]).execute())
  assert.deepEqual(queues.map(({ queue }) => queue), ['unproven', 'unproven'])
  assert.equal(first.reported!.description, 'The page leaks.')
  assert.match(second.reported!.description, /^Closed by S\/MIME, which we do not open/)
  const protection = async (report: string) => (await admin.ask(listReportMails, { report })).mails.find(({ from }) => from === 'reporter')!.protection
  assert.match(await protection(signed.report!), /Signed by S\/MIME/)
  assert.match(await protection(closed.report!), /Closed by S\/MIME/)
  const about = `${second.reference}: your report arrived, and we cannot read it`
  const letter = (await w.read((tx) => listMails(tx, 1000))).find(({ subject }) => subject === about)
  assert.match(letter!.body, /closed by S\/MIME/)
})
