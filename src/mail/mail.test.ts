import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { world } from '../../test/support/world.ts'
import { createAccount } from '../access/accounts.ts'
import { addMember } from '../access/memberships.ts'
import type { Role } from '../access/roles.ts'
import { startWorker } from '../jobs/index.ts'
import { eraseKey, newSubjectKey } from '../seal/envelope.ts'
import { forgetMailsJob } from './forget-mails.ts'
import { findMail, listMails } from './find-mail.ts'
import { post } from './post.ts'
import { toTeam } from './recipients.ts'
import { sendMailJob } from './send-mail.ts'
import { DeliveryFailed, type MailServer } from './smtp.ts'

const w = await world()
after(() => w.close())
beforeEach(() => w.clock.advance({ seconds: 1 }))

const from = 'security@avow.example'
const baseOf = async () => 'https://avow.example'
const letter = { to: { address: 'ada@researcher.example' }, subject: 'R-7KQ2: acknowledged', text: 'Read it: {link:/track}' }
const system = { kind: 'system', job: 'mail.send' } as const
const signal = new AbortController().signal

const newest = async () => (await w.read((tx) => listMails(tx, 1)))[0]!
const work = { database: w.database, organizationId: w.organization.id, actor: system, signal }
const deliver = (server: MailServer | undefined, id: string) => sendMailJob({ ...server && { server }, from, baseOf }).run(work, { mail: id })
const refusing = (code: string, permanent: boolean): MailServer => ({ send: async () => { throw new DeliveryFailed(code, permanent) }, close() {} })

test('it is sent once the transaction commits, by a job', async () => {
  const sent: unknown[] = []
  const server: MailServer = { send: async (mail) => { sent.push(mail) }, close() {} }
  const worker = await startWorker(w.database, [sendMailJob({ server, from, baseOf })], { pollMs: 100 })
  await assert.rejects(w.write(async (tx) => { await post(tx, letter); throw new Error('changed my mind') }))
  await w.write((tx) => post(tx, letter))
  for (const end = Date.now() + 20_000; (await newest()).state !== 'sent' && Date.now() < end;) await pause(20)
  await worker.stop()
  const { id } = await newest()
  assert.equal(sent.length, 1)
  assert.deepEqual(sent[0], {
    id,
    from: { name: 'Organization 1', address: from },
    to: 'ada@researcher.example',
    subject: letter.subject,
    text: 'Read it: https://avow.example/track\n',
    html: '<!doctype html><html lang="en"><body><p>Read it: <a href="https://avow.example/track">https://avow.example/track</a></p></body></html>',
  })
})

test('it holds nothing in plain but the subject', async () => {
  await w.write((tx) => post(tx, letter))
  const rows = await w.read((tx) => tx.db.selectFrom('mails').selectAll().execute())
  assert.ok(rows.length > 0 && rows.every(({ recipient, body }) => !recipient!.includes('ada') && !body!.includes('Read it')))
})

test('it writes to each member who may, alone, at the address they have when it is sent', async () => {
  const join = async (name: string, roles: Role[]) => {
    const account = await createAccount(w.database.global, w.keyring, { name, address: `${name}@team.example` }, 'correct horse battery staple')
    await w.write((tx) => addMember(tx, account, roles))
    return account
  }
  const [, tom] = [await join('tina', ['triager']), await join('tom', ['admin']), await join('mara', ['member'])]
  await w.write(async (tx) => post(tx, { ...letter, to: await toTeam(tx, 'reports.triage') }))
  const addresses = async () => (await w.read((tx) => listMails(tx, 2))).map(({ address }) => address).toSorted()
  assert.deepEqual(await addresses(), ['tina@team.example', 'tom@team.example'])
  await w.database.global.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', tom).execute()
  assert.deepEqual(await addresses(), [null, 'tina@team.example'])
  const gone = (await w.read((tx) => listMails(tx, 2))).find(({ address }) => address === null)!
  await deliver({ send: async () => assert.fail('it was sent'), close() {} }, gone.id)
  assert.equal((await w.read((tx) => findMail(tx, gone.id)))?.state, 'undeliverable')
})

test('it keeps the mail when no server is configured', async () => {
  await w.write((tx) => post(tx, letter))
  await deliver(undefined, (await newest()).id)
  assert.equal((await newest()).state, 'held')
})

test('it notes why it was not delivered, tries again after a passing failure and gives up after a final one', async () => {
  await w.write((tx) => post(tx, letter))
  const { id } = await newest()
  await assert.rejects(deliver(refusing('refused_450', false), id))
  assert.deepEqual([(await newest()).state, (await newest()).error, (await newest()).attempts], ['waiting', 'refused_450', 1])
  await deliver(refusing('refused_550', true), id)
  assert.deepEqual([(await newest()).state, (await newest()).error, (await newest()).attempts], ['undeliverable', 'refused_550', 2])
})

test('it gives up in the end', async () => {
  await w.write((tx) => post(tx, letter))
  const { id } = await newest()
  for (let i = 1; i < 25; i++) await assert.rejects(deliver(refusing('connection_failed', false), id))
  await deliver(refusing('connection_failed', false), id)
  assert.equal((await newest()).state, 'undeliverable')
})

test('it never writes to an erased person', async () => {
  const keyId = await w.write(async (tx) => {
    const key = await newSubjectKey(tx, 'person', tx.newId())
    await post(tx, { ...letter, to: { address: 'gone@researcher.example', keyId: key } })
    return key
  })
  const { id } = await newest()
  await w.write((tx) => eraseKey(tx, keyId))
  await deliver({ send: async () => assert.fail('it was sent'), close() {} }, id)
  await assert.rejects(w.read((tx) => findMail(tx, id)), { code: 'erased' })
  assert.ok((await w.read((tx) => listMails(tx))).every((mail) => mail.id !== id))
})

test('it belongs to one organisation', async () => {
  const { id } = await newest()
  assert.equal(await w.database.read(w.other.id, (tx) => findMail(tx, id)), undefined)
})

test('it forgets letters after thirty days', async () => {
  w.clock.advance({ hours: 24 * 29 })
  await forgetMailsJob.run(work, {})
  assert.ok((await w.read((tx) => listMails(tx))).length > 0)
  w.clock.advance({ hours: 49 })
  await forgetMailsJob.run(work, {})
  assert.deepEqual(await w.read((tx) => listMails(tx)), [])
})
