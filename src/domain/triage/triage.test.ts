import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { newId } from '../../lib/ids.ts'
import { world, type World } from '../../../test/support/world.ts'
import { pauseIntake, resumeIntake } from '../gates/pause.ts'
import { configureGates } from '../gates/settings.ts'
import { acknowledgeReport } from '../reports/acknowledge-report.ts'
import { closeReport } from '../reports/close-report.ts'
import { openDeposits } from '../reports/open-deposits.ts'
import { listReportsQuery } from '../reports/list-reports.ts'
import { followReport, readReport } from '../reports/read-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { appeal, decideAppeal } from './appeal.ts'
import { blockSender, unblockSender } from './block.ts'
import { closeAll, closeSpamJob, closeTicked } from './close-spam.ts'
import { reclassify } from './index.ts'
import { moveToQueue } from './queue.ts'
import { readCost, spendTime } from './time.ts'

const told = { title: 'Cheap watches', description: 'Buy them.', steps: 'Click.', good_faith: true }
const no = { message: 'This is no weakness.' }

describe('triage', () => {
  let w: World
  let [ada, ben]: Actor[] = []
  const stranger: Actor = { kind: 'nobody', from: { network: '127.0.0.1', tor: true } }
  before(async () => {
    w = await world()
    ada = await triager('Ada')
    ben = await triager('Ben')
  })
  after(() => w.close())

  async function triager(personName: string): Promise<Actor> {
    const accountId = await createAccount(w.database.global, w.keyring, { name: personName, address: `${personName}@example.org` }, null)
    await w.write((tx) => addMember(tx, accountId, ['triager']))
    return { kind: 'member', accountId, personName, roles: ['triager'] }
  }
  const send = async (given: object = {}, actor: Actor = stranger) => (await w.as(actor).run(submitReport, { ...told, ...given }) as { report: string }).report
  const reporterOf = (reportId: string) => w.as({ kind: 'reporter', reportId })
  const row = (id: string) => w.read((tx) => tx.db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
  const entriesOf = (kind: string) => w.read((tx) => tx.db.selectFrom('entries').select(['id', 'marks']).where('kind', '=', kind).execute())
  const closed = (reports: string[]) => w.as(ada!).run(closeTicked, { reports, ...no })

  describe('spam', () => {
    it('is closed by a person, several at once: each with its own entry, and without a mail', async () => {
      const sent = [await send({ email: 'victim@example.org' }), await send(), await send()]
      const mails = async () => (await w.read((tx) => tx.db.selectFrom('mails').select('id').execute())).length
      const [before, entries] = [await mails(), (await entriesOf('report.closed')).length]
      assert.deepEqual(await closed([...sent, newId()]), { closed: 3 })
      assert.equal(await mails(), before)
      const written = (await entriesOf('report.closed')).slice(entries)
      assert.equal(written.length, 3)
      assert.ok(written.every(({ marks }) => marks.by === 'human' && marks.reason === 'spam'))
      assert.equal((await row(sent[0]!)).closed_because, 'spam')
    })

    it('is closed as a whole class, in batches, up to the click and no further', async () => {
      const sent = await Promise.all(Array.from({ length: 205 }, () => send()))
      w.clock.advance({ seconds: 1 })
      assert.deepEqual(await w.as(ada!).run(closeAll, { queue: 'suspect', ...no, minutes: 81 }), { meant: 205 })
      w.clock.advance({ seconds: 1 })
      const later = await send()
      const { id: closure } = await w.read((tx) => tx.db.selectFrom('bulk_closures').select('id').executeTakeFirstOrThrow())
      await closeSpamJob.run({ database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: 'x' },
        signal: new AbortController().signal }, { closure })
      assert.equal((await row(later)).state, 'received')
      for (const id of sent) assert.equal((await row(id)).state, 'closed')
      const done = await w.read((tx) => tx.db.selectFrom('bulk_closures').selectAll().executeTakeFirstOrThrow())
      assert.deepEqual([done.closed, done.ended_at !== null], [205, true])
      const { months } = await w.as(ada!).ask(readCost, {}) as { months: { spam: number; minutes: number }[] }
      assert.ok(months[0]!.spam >= 205 && Math.abs(months[0]!.minutes - 81) < 0.01)
      await closed([later])
    })

    it('is closed no further once whoever asked is of the team no more', async () => {
      const gone = await triager('Cleo')
      const report = await send()
      await w.as(gone).run(closeAll, { queue: 'suspect', ...no })
      const { id: closure } = await w.read((tx) => tx.db.selectFrom('bulk_closures').select('id').where('ended_at', 'is', null).executeTakeFirstOrThrow())
      await w.write((tx) => tx.db.updateTable('memberships').set({ ended_at: new Date(tx.now.epochMilliseconds) })
        .where('account_id', '=', (gone as { accountId: string }).accountId).execute())
      await closeSpamJob.run({ database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: 'x' },
        signal: new AbortController().signal }, { closure })
      assert.equal((await row(report)).state, 'received')
      await closed([report])
    })

    it('is never closed by a member of no right, nor by a program in bulk', async () => {
      await assert.rejects(w.as('auditor').run(closeAll, { queue: 'suspect', ...no }), { code: 'forbidden' })
      const program: Actor = { kind: 'machine', keyId: newId(), roles: ['triager'], verbs: 'all' }
      await assert.rejects(w.as(program).run(closeAll, { queue: 'suspect', ...no }), { code: 'forbidden' })
    })
  })

  describe('an appeal', () => {
    it('is decided by another than who closed it, and opens the report again', async () => {
      const report = await send()
      await closed([report])
      await reporterOf(report).run(appeal, { report, message: 'It is real.' })
      await assert.rejects(reporterOf(report).run(appeal, { report, message: 'Again.' }), { code: 'appealed_already' })
      await assert.rejects(w.as(ada!).run(decideAppeal, { report, outcome: 'upheld', ...no }), { code: 'own_decision' })
      await w.as(ben!).run(decideAppeal, { report, outcome: 'reopened', message: 'You are right.' })
      const { state, closed_because: reason } = await row(report)
      assert.deepEqual([state, reason], ['verifying', null])
      assert.equal((await w.read((tx) => tx.db.selectFrom('spam_closures').selectAll().where('report_id', '=', report).execute())).length, 0)
    })

    it('against the class moves the report up, for good', async () => {
      const report = await send()
      assert.equal((await row(report)).queue, 'suspect')
      await reporterOf(report).run(appeal, { report, message: 'I have no script.' })
      await w.as(ada!).run(decideAppeal, { report, outcome: 'reopened', message: 'Fine.' })
      await w.write((tx) => reclassify(tx, report, { onlyScanner: true }))
      assert.deepEqual([(await row(report)).queue, (await row(report)).queue_by], ['plausible', 'human'])
    })

    it('that was upheld leaves what was decided', async () => {
      const report = await send()
      await closed([report])
      await reporterOf(report).run(appeal, { report, message: 'It is real.' })
      await w.as(ben!).run(decideAppeal, { report, outcome: 'upheld', message: 'It is not.' })
      assert.equal((await row(report)).state, 'closed')
    })

    it('has no place where there is nothing to object to', async () => {
      const report = await send({}, { kind: 'nobody' })
      await assert.rejects(reporterOf(report).run(appeal, { report, message: 'Faster!' }), { code: 'nothing_to_appeal' })
    })
  })

  describe('a block', () => {
    it('deposits what its sender sends, closed, with the reason; an appeal that is right opens it and begins its clocks', async () => {
      const sender: Actor = { kind: 'person', accountId: newId(), personName: 'Mallory' }
      const first = await send({}, sender)
      await w.as(ada!).run(blockSender, { report: first, reason: 'Threats.' })
      const received = (await entriesOf('report.received')).length
      const second = await send({}, sender)
      assert.equal((await entriesOf('report.received')).length, received)
      assert.equal((await entriesOf('report.deposited')).at(-1)!.marks.because, 'blocked')
      assert.equal((await row(second)).state, 'closed')
      assert.ok(await reporterOf(second).ask(followReport, { report: second }))
      await reporterOf(second).run(appeal, { report: second, message: 'That was not me.' })
      await assert.rejects(w.as(ada!).run(decideAppeal, { report: second, outcome: 'reopened', ...no }), { code: 'own_decision' })
      await w.as(ben!).run(decideAppeal, { report: second, outcome: 'reopened', message: 'Sorry.' })
      assert.equal((await row(second)).state, 'received')
      assert.equal((await entriesOf('report.received')).length, received + 1)
      assert.equal((await row(await send({}, sender))).state, 'received')
    })

    it('is lifted by hand, and needs somebody to block', async () => {
      const report = await send({ email: 'trouble@example.org' })
      await w.as(ada!).run(blockSender, { report, reason: 'Threats.' })
      assert.equal((await row(await send({ email: 'Trouble@example.org' }))).state, 'closed')
      await w.as(ada!).run(unblockSender, { report })
      assert.equal((await row(await send({ email: 'trouble@example.org' }))).state, 'received')
      const nameless = await send()
      await assert.rejects(w.as(ada!).run(blockSender, { report: nameless, reason: 'Threats.' }), { code: 'nobody_to_block' })
    })
  })

  describe('a pause', () => {
    beforeEach(() => w.as('admin').run(pauseIntake, { until: w.clock.now().add({ hours: 48 }).toString(), words: 'Holidays.' }))
    afterEach(() => w.as('admin').run(resumeIntake, {}).catch(() => {}))

    it('deposits reports: their reporter has the receipt, and nobody of the team sees them, in any way', async () => {
      const report = await send({ title: 'Secret flaw' }, { kind: 'nobody' })
      const everybody: Actor[] = [ada!, { ...ada!, grants: ['reports.restricted'] } as Actor,
        { kind: 'machine', keyId: newId(), roles: ['triager'], verbs: 'all' }]
      for (const who of everybody) {
        await assert.rejects(w.as(who).ask(readReport, { report }), { code: 'not_found' })
        await assert.rejects(w.as(who).run(acknowledgeReport, { report, message: 'Hello.' }), { code: 'not_found' })
        const { reports } = await w.as(who).ask(listReportsQuery, { search: 'flaw' }) as { reports: unknown[] }
        assert.equal(reports.length, 0)
      }
      const seen = await reporterOf(report).ask(followReport, { report }) as { reported: { title: string } }
      assert.equal(seen.reported.title, 'Secret flaw')
      await w.as('admin').run(resumeIntake, {})
      assert.deepEqual(await w.as({ kind: 'system', job: 'x' }).run(openDeposits, {}), { opened: 1, more: false })
    })

    it('ends on the announced day by itself: reports are received then, and their clocks begin', async () => {
      const report = await send({}, { kind: 'nobody' })
      const received = (await entriesOf('report.received')).length
      assert.deepEqual(await w.as({ kind: 'system', job: 'x' }).run(openDeposits, {}), { opened: 0, more: false })
      w.clock.advance({ hours: 49 })
      assert.deepEqual(await w.as({ kind: 'system', job: 'x' }).run(openDeposits, {}), { opened: 1, more: false })
      assert.equal((await entriesOf('report.received')).length, received + 1)
      const { opens_at: opens, received_at: at, deposited_at: deposited } = await row(report)
      assert.deepEqual([opens, at.getTime() > deposited!.getTime()], [null, true])
      assert.ok(await w.as(ada!).ask(readReport, { report }))
      assert.equal((await entriesOf('intake.resumed')).length > 0, true)
    })

    it('that is longer later holds back nothing that was deposited before', async () => {
      const report = await send({}, { kind: 'nobody' })
      const { opens_at: promised } = await row(report)
      await w.as('admin').run(pauseIntake, { until: w.clock.now().add({ hours: 24 * 30 }).toString() })
      assert.deepEqual((await row(report)).opens_at, promised)
      w.clock.advance({ hours: 49 })
      await w.as({ kind: 'system', job: 'x' }).run(openDeposits, {})
      assert.equal((await row(report)).opens_at, null)
    })

    it('is no longer than 60 days', () => assert.rejects(w.as('admin').run(pauseIntake, { until: '2027-01-01' }), { code: 'invalid_input' }))
  })

  describe('a class', () => {
    it('goes up and down with what is found, until a person chooses', async () => {
      await w.as('admin').run(configureGates, { proof_of_work: false })
      const report = await send()
      const queueAfter = async (signals: Parameters<typeof reclassify>[2]) => {
        await w.write((tx) => reclassify(tx, report, signals))
        return (await row(report)).queue
      }
      assert.equal((await row(report)).queue, 'plausible')
      assert.equal(await queueAfter({ citesNothing: true }), 'unproven')
      assert.equal(await queueAfter({ citesNothing: false, replay: 'ok' }), 'proven')
      await w.as(ada!).run(moveToQueue, { report, queue: 'unproven' })
      assert.equal(await queueAfter({ replay: 'ok' }), 'unproven')
    })
  })

  it('counts minutes by case, class and sender, and names no sender', async () => {
    const report = await send({ email: 'slow@example.org' })
    await w.as(ada!).run(spendTime, { report, minutes: 30 })
    await w.as(ben!).run(spendTime, { report, minutes: 15 })
    const cost = await w.as(ada!).ask(readCost, {}) as Record<'classes' | 'senders' | 'cases',
      { of: string; report?: string; minutes: number }[]>
    assert.equal(cost.senders[0]!.of, (await row(report)).reference)
    assert.equal(cost.senders[0]!.minutes, 45)
    assert.deepEqual(cost.cases.map(({ report: id, minutes }) => [id, minutes]), [[report, 45]])
    await w.as(ben!).run(closeReport, { report, reason: 'informative', message: 'Thank you.', minutes: 5 })
    assert.equal((await w.as(ada!).ask(readCost, {}) as typeof cost).senders[0]!.minutes, 50)
    assert.ok(!JSON.stringify(cost).includes('slow@'))
    await assert.rejects(w.as(ada!).run(spendTime, { report, minutes: 0 }), { code: 'invalid_input' })
  })
})
