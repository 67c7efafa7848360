import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { readAttachment } from '../../seal/attachments.ts'
import { awkward, broken, mailOf, type Awkward } from '../../../test/support/awkward-mail.ts'
import { world } from '../../../test/support/world.ts'
import './index.ts'
import { filesOf } from './message.ts'
import { takeMessage, type Intake } from './take-message.ts'

const w = await world()
after(() => w.close())

const address = 'security@example.org'
const errors: Error[] = []
const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
const intake: Intake = { database: w.database, address, resolver, onError: (error) => errors.push(error) }
const take = (raw: Buffer) => takeMessage(intake, w.organization.id, Readable.from([raw]), { recipients: [address] })

/** What is kept of it is what came, byte for byte. */
async function demandSource({ name, raw }: Awkward, message: string): Promise<void> {
  const { raw_id: id } = await w.read((tx) => tx.db.selectFrom('messages').select('raw_id').where('id', '=', message).executeTakeFirstOrThrow())
  const { content } = await readAttachment(w.database, w.organization.id, filesOf(message), id)
  assert.equal(hash('sha256', Buffer.concat(await Array.fromAsync(content))), hash('sha256', raw), name)
}

test('every awkward mail becomes something, with its source byte for byte, and nothing is stumbled over', async () => {
  for (const one of [...awkward, ...broken(2, 30)]) {
    const { became, message } = await take(one.raw)
    assert.ok(['report', 'bounce', 'automatic', 'quarantined'].includes(became), one.name)
    if (one.reads && one.nature !== 'bounce' && one.nature !== 'automatic') assert.equal(became, 'report', one.name)
    await demandSource(one, message)
  }
  assert.deepEqual(errors, [])
})

test('files of fifty megabytes do not stop it: the mail waits with its source, and the next one is a report', async () => {
  const large = { name: 'large', words: [], raw: mailOf(['Content-Type: application/octet-stream; name=a.bin', 'Content-Transfer-Encoding: base64'],
    Buffer.alloc(50 * 1024 * 1024, 'QUJD')) }
  const { became, message } = await take(large.raw)
  assert.equal(became, 'quarantined')
  await demandSource(large, message)
  assert.equal((await take(mailOf(['Subject: after it'], 'words'))).became, 'report')
})

test('a mail of a megabyte that came in pieces is read from where it is stored', async () => {
  const head = ['Subject: Large', 'Content-Type: application/octet-stream; name=a.bin', 'Content-Transfer-Encoding: base64']
  const raw = mailOf(head, Buffer.alloc(1_000_000, 'QUJD'))
  const pieces = Array.from({ length: 20 }, (_, i) => raw.subarray(i * 60_000, i === 19 ? undefined : (i + 1) * 60_000))
  const { became, message } = await takeMessage(intake, w.organization.id, Readable.from(pieces), { recipients: [address] })
  assert.equal(became, 'report')
  await demandSource({ name: 'pieces', raw, words: [] }, message)
})

test('that a mail lay elsewhere before we read it stands in its report as a claim, and a short while is none', async () => {
  const received = async (subject: string, ago: Temporal.DurationLike) => {
    const { report } = await takeMessage(intake, w.organization.id, Readable.from([mailOf([`Subject: ${subject}`], 'words')]),
      { recipients: [address], arrivedAt: w.clock.now().subtract(ago) })
    const { marks } = await w.read((tx) => tx.db.selectFrom('entries').innerJoin('reports', 'reports.received_entry_id', 'entries.id')
      .select('entries.marks').where('reports.id', '=', report!).executeTakeFirstOrThrow())
    return (marks as { effective_at?: string }).effective_at
  }
  assert.equal(await received('late', { hours: 5 }), '2026-01-05T04:00:00Z')
  assert.equal(await received('at once', { seconds: 5 }), undefined)
})
