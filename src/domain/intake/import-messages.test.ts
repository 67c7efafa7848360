import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { after, test } from 'node:test'
import { startWorker } from '../../jobs/index.ts'
import { stageAttachment } from '../../seal/attachments.ts'
import { messageIdOf } from '../../mail/addresses.ts'
import { listMails } from '../../mail/index.ts'
import { gnuPg } from '../../../test/support/gnupg.ts'
import { needs } from '../../../test/support/needs.ts'
import { browser, member } from '../../../test/support/visitors.ts'
import { operations } from '../../../test/support/routes.ts'
import { world } from '../../../test/support/world.ts'
import { modules } from '../../app.ts'
import { createWeb } from '../../web/server.ts'
import { openPgpKey } from '../contact/index.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { readReport } from '../reports/read-report.ts'
import { writeReporter } from '../reports/write-reporter.ts'
import { importMessages } from './import-messages.ts'
import { intakeJobs } from './index.ts'
import { listBroughtMessages, listReportMessages, listWaitingMessages } from './list-messages.ts'
import { makeReport } from './settle-message.ts'
import { takeBrought, type Intake } from './take-message.ts'

const w = await world()
after(() => w.close())

const address = 'security@example.org'
const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
const intake: Intake = { database: w.database, address, onError: console.error, resolver, trusted: 'mx.example.org' }
const admin = w.as('admin')

const mail = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)
const staged = async (raw: Buffer, name = 'mail.eml') =>
  (await stageAttachment(w.database, w.organization.id, { name, type: 'message/rfc822' }, [raw] as never)).id

/** Brought in, and taken apart as the job does it. */
async function bring(raw: Buffer, name?: string) {
  const { messages: [brought] } = await admin.run(importMessages, { files: [await staged(raw, name)] })
  await takeBrought(intake, w.organization.id, brought!.message)
  const { messages } = await admin.ask(listBroughtMessages, {})
  return { ...messages.find(({ message }) => message === brought!.message)!, again: brought!.again }
}

const lettersOut = (report: string) => w.read((tx) => tx.db.selectFrom('mails').selectAll().where('thread_id', '=', report)
  .where('thread_with', '=', 'reporter').execute())

const first = mail('From: Ada <ada@lovelace.example>', 'To: bob@example.org', 'Date: Thu, 01 Jan 2026 10:00:00 +0000', 'Subject: Open redirect',
  'Message-ID: <first@lovelace.example>', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'It redirects anywhere.', '--b',
  'Content-Type: text/x-python; name=poc.py', '', 'print(1)', '--b--')

test('a mail that the team brings in becomes a report whose clock runs from now, and nobody is answered', async () => {
  const { report, became, again } = await bring(first)
  assert.deepEqual([became, again], ['report', false])
  const found = await admin.ask(readReport, { report })
  assert.equal(found.reported?.title, 'Open redirect')
  assert.deepEqual(found.reporter, { name: 'Ada', email: 'ada@lovelace.example', claimKey: '' })
  assert.deepEqual(found.attachments.map(({ name }) => name), ['poc.py'])
  const said = found.reported as { arrived_by?: string; arrived_at?: string }
  assert.deepEqual([said.arrived_by, said.arrived_at], ['e-mail, brought in by the team', '2026-01-01T10:00:00Z'])
  assert.equal((await lettersOut(report!)).length, 0)
  const kinds = await w.read((tx) => tx.db.selectFrom('entries').select('kind')
    .where('kind', 'in', ['message.brought-in', 'report.received']).execute())
  assert.deepEqual(kinds.map(({ kind }) => kind).toSorted(), ['message.brought-in', 'report.received'])
  await admin.run(writeReporter, { report, message: 'Thank you.' })
  const letter = (await w.read((tx) => listMails(tx))).find(({ address: to }) => to === 'ada@lovelace.example')!
  assert.match(letter.body, /track\/mail\//, 'its reporter has no phrase')
})

test('the same file twice, or one that came by itself before, is here already', async () => {
  const one = await staged(first, 'copy.eml')
  const other = await staged(mail('From: a@b.example', 'Subject: Other', '', 'words'))
  const { messages } = await admin.run(importMessages, { files: [one, other] })
  assert.deepEqual(messages.map(({ file, again }) => [file, again]), [['copy.eml', true], ['mail.eml', false]])
  const reports = await w.read((tx) => tx.db.selectFrom('messages').select('id').execute())
  assert.equal(reports.length, 2)
  const twice = await staged(mail('From: a@b.example', 'Subject: Third', '', 'words'))
  assert.equal((await admin.run(importMessages, { files: [twice, twice] })).messages.length, 1)
})

test('a file speaks for the reporter only where it is proven, whatever it says of a judge of ours', async () => {
  const { report } = await bring(mail('From: eve@person.example', 'Subject: Mine', 'Message-ID: <mine@person.example>', '', 'words'))
  await admin.run(writeReporter, { report, message: 'Which version?' })
  const ours = messageIdOf((await lettersOut(report!))[0]!.id, 'avow@example.org')
  const forged = await bring(mail('Authentication-Results: mx.example.org; dkim=pass; dmarc=pass',
    'From: eve@person.example', `In-Reply-To: ${ours}`, '', 'All.'))
  assert.deepEqual([forged.became, forged.report], ['someone-else', report])
  const { messages } = await admin.ask(listReportMessages, { report })
  assert.equal(messages.at(-1)!.text, 'All.')
  assert.notEqual(messages.at(-1)!.vouching?.verdict, 'vouches')
})

test('an encrypted one is opened', { skip: needs('gpg') }, async () => {
  const gpg = gnuPg()
  try {
    gpg.import((await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address })).publicKey)
    const sealed = gpg(['--armor', '--encrypt', '--recipient', address], 'Content-Type: text/plain\r\n\r\nThe secret words\r\n').toString()
    const { report } = await bring(mail('From: grace@hopper.example', 'Subject: Sealed', 'MIME-Version: 1.0',
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', '', '--b', 'Content-Type: application/pgp-encrypted', '',
      'Version: 1', '--b', 'Content-Type: application/octet-stream', '', sealed, '--b--'))
    assert.match((await admin.ask(readReport, { report })).reported!.description, /The secret words/)
  } finally { gpg.close() }
})

test('what is broken waits for a person, and so does what is too large to be taken apart', async () => {
  const worker = await startWorker(w.database, intakeJobs({ AVOW_INTAKE_ADDRESS: address }, console.error), { pollMs: 100 })
  const broken = mail('From: eve@elsewhere.example', 'Content-Type: multipart/mixed; boundary=b', '', 'words')
  const large = Buffer.concat([mail('From: eve@elsewhere.example', 'Subject: Large', ''), Buffer.alloc(49 * 1024 * 1024, 'word\r\n')])
  const { messages } = await admin.run(importMessages, { files: [await staged(broken), await staged(large)] })
  const waiting = async () => (await admin.ask(listWaitingMessages, {})).messages.filter(({ message }) => messages.some((one) => one.message === message))
  for (let left = 100; left > 0 && (await waiting()).length < 2; left--) await pause(100)
  await worker.stop()
  assert.deepEqual((await waiting()).map(({ why }) => why!.includes('larger than')).toSorted(), [false, true])
  const { report } = await admin.run(makeReport, { message: messages[0]!.message, title: 'Words', description: 'words' })
  await admin.run(eraseReport, { report, what: 'identity' })
  const { box } = await w.read((tx) => tx.db.selectFrom('messages').select('box').where('id', '=', messages[0]!.message).executeTakeFirstOrThrow())
  assert.equal(box, null)
})

test('the form at the desk says what is missing, what is new and what was here, and is not for everybody', async () => {
  const app = createWeb({ database: w.database, modules, operations, log: { error: (...args) => console.error(args) } })
  const place = { app, database: w.database, slug: w.organization.slug }
  const triager = await member(place, w.organization.id, ['triager'])
  const missing = await triager.post('/desk/intake/brought')
  assert.equal(missing.status, 422)
  assert.match(await missing.text(), /Choose the file of a mail/)
  const known = await staged(first, 'known.eml')
  assert.equal((await triager.post('/desk/intake/brought', { files: known })).status, 303)
  const page = await (await triager.get('/desk/intake')).text()
  assert.match(page, /It waits for a person/i)
  assert.match(page, /Open redirect/)
  assert.notEqual((await browser(place).post('/desk/intake/brought', { files: known })).status, 303)
  await assert.rejects(w.as('member').run(importMessages, { files: [known] }))
})
