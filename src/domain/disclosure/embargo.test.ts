import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { standings } from '../../commitments/index.ts'
import { pseudonymsOf, sequenceAll } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { listMails } from '../../mail/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world } from '../../../test/support/world.ts'
import { createInvitation } from '../accounts/index.ts'
import { joinAs } from '../accounts/join.ts'
import { connectAvow } from '../systems/index.ts'
import { embargoOf } from './embargo.ts'
import { historyOf, openProposal } from './proposal.ts'
import { getReport } from '../reports/index.ts'

const rule = (example: string) => readFileSync(new URL(`../../../examples/${example}/security.md`, import.meta.url), 'utf8')
  .split('\n').find((line) => line.startsWith('[^disclosure]:'))!
const content = {
  title: 'Open redirect', description: 'Any address is followed.', steps: 'Follow it.', name: 'Moss Fern', email: 'moss@example.invalid', good_faith: true,
} as const
const utc = (date: string, time = '12:00') => ({ date, time, zone: 'UTC' })

interface Given { about?: 'embargo' | 'disclosure'; report: string }

/** A world in which one of the examples' promises about disclosure is in force. */
async function promised(example: 'harbourlight' | 'fernway') {
  const w = await world({ clock: '2026-01-05T09:00:00Z' })
  await connectAvow(w.database, w.organization.id, operations.verbs)
  const accountId = await w.write(async (tx) => {
    const id = await createAccount(tx.db, tx.keyring, { name: 'Ann', address: 'ann@example.org' }, null)
    await joinAs(tx, (await createInvitation(tx, ['admin'], null)).split('/').at(-1)!, id)
    return id
  })
  const ann: Member = { kind: 'member', accountId, personName: 'Ann', roles: ['admin'], confirmed: true }
  const run = async (name: string, input: object, who: Actor = ann): Promise<any> => {
    w.clock.advance({ seconds: 1 })
    return w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input)
  }
  await run('policy.draft',
    { policy: 'security', text: `# Security\n\nWe do not sit on what you told us.[^disclosure]\n\n${rule(example)}\n`, significant: true })
  await run('policy.submit', { policy: 'security' })
  await run('policy.approve', { policy: 'security' })
  await run('policy.rehearse', { policy: 'security' })
  await run('policy.publish', { policy: 'security' })
  const reporter = (report: string): Actor => ({ kind: 'reporter', reportId: report })
  return {
    w, ann, run, reporter,
    async accepted(): Promise<string> {
      const { report } = await run('report.submit', content, { kind: 'nobody' })
      await run('report.verify', { report, severity: 'high' })
      await run('report.accept', { report })
      return report
    },
    async standing(): Promise<string | undefined> {
      await sequenceAll(w.database, w.organization.id)
      return (await standings(w.database, w.organization.id)).standings.find(({ mark }) => mark === 'disclosure')?.standing
    },
    async answer(who: Actor, { about = 'embargo', report }: Given, how: 'accept' | 'decline' = 'accept', reason = '') {
      const proposal = (await w.read((tx) => openProposal(tx, report, about)))!.id
      const verb = who.kind === 'member' ? 'disclosure.answer' : who.kind === 'guest' ? 'embargo.answer-as-guest' : 'disclosure.reply'
      return run(verb, { ...who.kind === 'member' && { report }, ...who.kind === 'reporter' && { report }, proposal, answer: how, reason }, who)
    },
    kinds: (report: string) => w.read(async (tx) => {
      const names = await pseudonymsOf(tx, 'report', report)
      const entries = await tx.db.selectFrom('entries').select(['kind', 'cases']).where('stream', '=', 'disclosure').orderBy('created_at')
        .orderBy('id').execute()
      return entries.filter(({ cases }) => names.has(cases['report'] ?? '')).map(({ kind }) => kind)
    }),
  }
}

for (const [example, within, beyond] of [['harbourlight', 121, 10], ['fernway', 182, 10]] as const) {
  describe(`the promise of ${example} not to sit on a report`, () => {
    let p: Awaited<ReturnType<typeof promised>>
    before(async () => { p = await promised(example) })
    after(() => p.w.close())
    const days = (n: number) => p.w.clock.advance({ hours: 24 * n })

    it('is due until both have accepted more time, then kept; one side alone extends nothing', async () => {
      const report = await p.accepted()
      assert.equal(await p.standing(), 'due')
      days(20)
      await p.run('embargo.propose', { report, ...utc('2026-12-01'), reason: 'The fix takes a new protocol.' })
      assert.equal(await p.standing(), 'due')
      await p.run('embargo.ask', { report, ...utc('2026-11-01', '14:00'), reason: 'November at the latest.' }, p.reporter(report))
      assert.equal(await p.standing(), 'due')
      await p.answer(p.ann, { report })
      assert.equal(await p.standing(), 'kept')
    })

    it('is kept by the reporter’s own early disclosure: it never reddens the company', async () => {
      const report = await p.accepted()
      assert.equal(await p.standing(), 'due')
      await p.run('disclosure.record-by-reporter', { report, where: 'A post of theirs.' })
      assert.equal(await p.standing(), 'kept')
      days(within + beyond)
      assert.equal(await p.standing(), 'kept')
    })

    it('is broken when the time is over and neither happened', async () => {
      const report = await p.accepted()
      assert.equal(await p.standing(), 'due')
      days(within - 5)
      assert.equal(await p.standing(), 'due')
      await p.run('embargo.propose', { report, ...utc('2027-12-01'), reason: 'More time, please.' })
      days(5 + beyond)
      // Deadlines fall as the log goes on.
      await p.run('report.submit', content, { kind: 'nobody' })
      assert.equal(await p.standing(), 'broken')
    })
  })
}

describe('an embargo', () => {
  let p: Awaited<ReturnType<typeof promised>>
  let report: string
  before(async () => {
    p = await promised('harbourlight')
    report = await p.accepted()
  })
  after(() => p.w.close())
  const of = (id = report) => p.w.read((tx) => embargoOf(tx, id))
  const held = () => p.w.read((tx) => tx.db.selectFrom('held_cases').select('released_at').execute())

  it('is an instant of somebody’s clock, to come, at an hour that exists once there', async () => {
    const refused = (more: object, field: string) => assert.rejects(p.run('embargo.propose', { report, ...utc('2026-03-29'), reason: 'So.', ...more }),
      (error) => error instanceof Invalid && field in error.fields)
    await refused({ zone: 'Europe/Atlantis' }, 'zone')
    await refused({ time: '02:30', zone: 'Europe/Zurich' }, 'time')
    await refused({ date: '2026-10-25', time: '02:30', zone: 'Europe/Zurich' }, 'time')
    await refused({ date: '2025-12-31' }, 'date')
    await refused({ time: '25:00' }, 'time')
    await refused({ reason: ' ' }, 'reason')
  })

  it('is agreed by proposal and counter-proposal, each accepted by its party’s own hand, and the history stays', async () => {
    const reporter = p.reporter(report)
    await p.run('embargo.propose', { report, ...utc('2026-04-30'), reason: 'We ship on the 28th.' })
    await assert.rejects(p.run('embargo.propose', { report, ...utc('2026-04-30'), reason: 'Me too.' },
      { kind: 'machine', keyId: '0199b0c4-0000-7000-8000-000000000000', roles: ['triager'], verbs: 'all' }), { code: 'takes_a_person' })
    await assert.rejects(p.answer(reporter, { report }, 'decline'), (error) => error instanceof Invalid && 'reason' in error.fields)
    await p.run('embargo.ask', { report, date: '2026-04-01', time: '14:00', zone: 'Europe/Zurich', reason: 'I speak about it on the 2nd.' }, reporter)
    assert.equal(await of(), undefined)
    assert.equal((await p.answer(p.ann, { report })).agreed, true)
    const embargo = (await of())!
    assert.deepEqual([embargo.until.toISOString(), embargo.zone, embargo.ended_at], ['2026-04-01T12:00:00.000Z', 'Europe/Zurich', null])
    const history = await p.w.read(async (tx) => historyOf(tx, await getReport(tx, reporter, report)))
    assert.deepEqual(history.map(({ party, outcome, reason }) => [party, outcome, reason]),
      [['company', 'replaced', 'We ship on the 28th.'], ['reporter', 'agreed', 'I speak about it on the 2nd.']])
    assert.deepEqual(history[1]!.answers.map(({ party, accepts }) => [party, accepts]), [['reporter', true], ['company', true]])
    const kinds = await p.kinds(report)
    assert.ok(kinds.includes('embargo.agreed') && !kinds.includes('embargo.extended-by-both'))
    assert.deepEqual((await held()).map(({ released_at: at }) => at), [null])
  })

  it('is extended when both accept a later instant, and is not when they accept an earlier one', async () => {
    const extensions = async () => (await p.kinds(report)).filter((kind) => kind === 'embargo.extended-by-both').length
    await p.run('embargo.propose', { report, ...utc('2026-03-20'), reason: 'We are faster than we thought.' })
    await p.answer(p.reporter(report), { report })
    assert.equal(await extensions(), 0)
    await p.run('embargo.propose', { report, ...utc('2026-03-27'), reason: 'We are not.' })
    await p.answer(p.reporter(report), { report })
    assert.equal(await extensions(), 1)
  })

  it('asks guests too, who answer for themselves, and whose silence stops nobody', async () => {
    const { guest } = await p.run('guest.invite', { report, name: 'Vendor Vale', address: 'vale@example.invalid', sees_report: true })
    const vale: Actor = { kind: 'guest', guestId: guest, reportId: report, guestName: 'Vendor Vale', mediates: false,
      sees: { report: true, files: false, messages: false } }
    await p.run('embargo.suggest', { ...utc('2026-04-10'), reason: 'Ours needs two weeks more.' }, vale)
    assert.equal((await p.answer(p.ann, { report })).agreed, false)
    assert.equal((await p.answer(p.reporter(report), { report })).agreed, true)
    assert.equal((await of())!.until.toISOString(), '2026-04-10T12:00:00.000Z')
    await p.run('embargo.propose', { report, ...utc('2026-04-12'), reason: 'Two days.' })
    assert.equal((await p.answer(vale, { report })).agreed, false)
    assert.equal((await p.answer(p.reporter(report), { report })).agreed, true)
    const other: Actor = { kind: 'guest', guestId: guest, reportId: await p.accepted(), guestName: 'X', mediates: true, sees: vale.sees }
    await assert.rejects(p.run('embargo.suggest', { ...utc('2026-04-12'), reason: 'Both.' }, other), { code: 'mediators_take_no_side' })
  })

  it('tells every other party by letters that say that something happened, and not what', async () => {
    const letters = (await p.w.read((tx) => listMails(tx, 1000))).filter(({ subject }) => subject.includes('embargo'))
    assert.ok(['moss@example.invalid', 'vale@example.invalid', 'ann@example.org'].every((one) => letters.some(({ address }) => address === one)))
    for (const { subject, body } of letters) assert.ok(!/2026|Zurich|ship|redirect/.test(subject + body), subject)
  })

  it('ends early for a leak, with a notice to all, and what was held back opens', async () => {
    const before = (await p.w.read((tx) => listMails(tx, 1000))).length
    await p.run('embargo.end-early', { report, because: 'leak', note: 'It is on a forum.' })
    assert.equal((await of())!.ended_because, 'leak')
    assert.ok((await held()).every(({ released_at: at }) => at !== null))
    const letters = (await p.w.read((tx) => listMails(tx, 1000))).length - before
    assert.equal(letters, 2)
    await assert.rejects(p.run('embargo.end-early', { report, because: 'leak', note: 'Again.' }), { code: 'no_embargo' })
  })

  it('is over when the reporter tells that it is public, whose deed it is shown to be', async () => {
    const other = await p.accepted()
    await p.run('embargo.ask', { report: other, ...utc('2026-05-01'), reason: 'So long.' }, p.reporter(other))
    await p.answer(p.ann, { report: other })
    await p.run('disclosure.tell-own', { report: other, where: 'https://moss.example.invalid' }, p.reporter(other))
    assert.equal((await of(other))!.ended_because, 'reporter')
    assert.deepEqual((await p.kinds(other)).slice(-2).toSorted(), ['report.disclosed', 'report.disclosed-by-reporter'])
    await assert.rejects(p.run('embargo.propose', { report: other, ...utc('2026-06-01'), reason: 'Too late.' }), { code: 'report_is_public' })
  })

  it('cannot be extended by evidence that the company writes alone', async () => {
    await assert.rejects(p.run('evidence.record', { kind: 'embargo.extended-by-both', subjects: { report } }), (error) => error instanceof Invalid)
  })
})
