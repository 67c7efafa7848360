import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { receiptFor, sequenceAll } from '../../ledger/index.ts'
import { addMember } from '../../access/memberships.ts'
import type { Member } from '../../access/actor.ts'
import { newId } from '../../lib/ids.ts'
import { Forbidden, Invalid, NotFound, Unauthenticated } from '../../lib/errors.ts'
import { importReport } from './import-report.ts'
import { reporterActor } from './pages/reporter-session.ts'
import { followReport, readReport } from './read-report.ts'
import { addPerson, restrictReport } from './restrict-report.ts'
import { splitFamily, splitReport } from './split-report.ts'
import { submitReport } from './submit-report.ts'

const simple = { title: 'Two things', description: 'A redirect, and a script in the search box.', steps: 'See both.', good_faith: true } as const
const parts = [{ title: 'A redirect', description: 'Any address is followed.', weakness: 'CWE-601' }, { title: 'A script', description: 'In the search box.' }]

let w: World
before(async () => { w = await world() })
after(() => w.close())

const rowOf = (id: string) => w.read((tx) => tx.db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow())

describe('a report that is split', () => {
  it('becomes several of the same reporter, by the same channel, each with an entry and a receipt of its own', async () => {
    const sent = await w.as('nobody').run(submitReport, { ...simple, name: 'Moss', email: 'moss@example.invalid' })
    const { reports } = await w.as('triager').run(splitReport, { report: sent.report, parts })
    assert.equal(reports.length, 2)
    await sequenceAll(w.database, w.organization.id)
    for (const [i, { report, reference }] of reports.entries()) {
      const seen = await w.as('triager').ask(readReport, { report })
      assert.equal(seen.reported!.title, parts[i]!.title)
      assert.equal(seen.reported!.split_from, sent.reference)
      assert.equal(seen.reporter!.email, 'moss@example.invalid')
      assert.equal(seen.reference, reference)
      assert.equal((await rowOf(report)).channel, 'web')
      assert.match((await w.read((tx) => receiptFor(tx, seen.entry)))!, /tlog-proof/)
    }
    const first = await w.as('triager').ask(readReport, { report: sent.report })
    assert.equal(first.reported!.description, simple.description)
    assert.match(first.messages.at(-1)!.text, new RegExp(reports[1]!.reference))
  })

  it('opens each of them to whoever follows the first, and to nobody else', async () => {
    const sent = await w.as('nobody').run(submitReport, simple)
    const stranger = await w.as('nobody').run(submitReport, simple)
    const { reports: [one] } = await w.as('triager').run(splitReport, { report: sent.report, parts: [parts[0]!] })
    // What is split off again belongs to the same family.
    const { reports: [again] } = await w.as('triager').run(splitReport, { report: one!.report, parts: [parts[1]!] })
    const who = async (cookie: string) => reporterActor(w.database, w.organization.id, { get: () => cookie } as never)
    for (const { report } of [one!, again!]) {
      assert.deepEqual(await who(`${sent.phrase}>${report}`), { kind: 'reporter', reportId: report })
      assert.deepEqual(await who(`${stranger.phrase}>${report}`), { kind: 'reporter', reportId: stranger.report })
      assert.equal((await w.as({ kind: 'reporter', reportId: report }).ask(followReport, { report })).id, report)
    }
    assert.deepEqual((await w.read((tx) => splitFamily(tx, again!.report))).map(({ id, sent: first }) => [id, first]),
      [[sent.report, true], [one!.report, false]])
  })

  it('keeps by what its sender is known, so that what becomes of a part counts for them', async () => {
    const sent = await w.as('nobody').run(submitReport, { ...simple, email: 'fern@example.invalid' })
    const { reports: [one] } = await w.as('triager').run(splitReport, { report: sent.report, parts: [parts[0]!] })
    const senders = (id: string) => w.read((tx) => tx.db.selectFrom('report_senders').select(['kind', 'hash']).where('report_id', '=', id).execute())
    assert.deepEqual(await senders(one!.report), await senders(sent.report))
  })

  it('is not split by whoever may not triage, nor into nothing', async () => {
    const { report } = await w.as('nobody').run(submitReport, simple)
    await assert.rejects(w.as('auditor').run(splitReport, { report, parts }), Forbidden)
    await assert.rejects(w.as('triager').run(splitReport, { report, parts: [] }), Invalid)
  })

  it('shows the parts of a restricted one to those who see it, and to nobody else, by mail neither', async () => {
    const { report } = await w.as('nobody').run(submitReport, simple)
    const member = (): Member => ({ kind: 'member', accountId: newId(), personName: 'One of the team', roles: ['triager'], confirmed: true })
    const [ann, ben, cyd] = [member(), member(), member()]
    await w.write(async (tx) => { for (const { accountId } of [ann, ben, cyd]) await addMember(tx, accountId, ['triager']) })
    await w.as(ann).run(restrictReport, { report })
    await w.as(ann).run(addPerson, { report, person: ben.accountId })
    await assert.rejects(w.as(cyd).run(splitReport, { report, parts }), NotFound)
    const letters = () => w.read((tx) => tx.db.selectFrom('mails').select('id').execute())
    const before = (await letters()).length
    const { reports } = await w.as(ben).run(splitReport, { report, parts })
    assert.equal((await letters()).length, before)
    for (const { report: part } of reports) {
      for (const sees of [ann, ben]) assert.equal((await w.as(sees).ask(readReport, { report: part })).restricted, true)
      await assert.rejects(w.as(cyd).ask(readReport, { report: part }), NotFound)
    }
  })
})

describe('a report that the team enters', () => {
  it('says by which way and when it came, as the team’s word, and asks nothing of the sender', async () => {
    const { report } = await w.as('triager').run(importReport, {
      title: 'By telephone', description: 'They read it out.', skipped: '', arrived_by: 'by telephone', arrived_at: '2026-01-02',
        email: 'caller@example.invalid',
    })
    const { reported } = await w.as('triager').ask(readReport, { report })
    assert.equal(reported!.arrived_by, 'by telephone')
    assert.match(reported!.arrived_at!, /^2026-01-0/)
    assert.equal(reported!.good_faith_declared, false)
    const row = await rowOf(report)
    assert.equal(row.channel, 'team')
    assert.equal(row.queue === 'suspect', false)
    const entry = await w.read((tx) => tx.db.selectFrom('kept_reports').selectAll().where('report_id', '=', report).execute())
    assert.deepEqual(entry, [])
  })

  it('did not come tomorrow, and is entered by nobody from outside', async () => {
    const given = { title: 'x', description: 'y', arrived_by: 'by post' }
    await assert.rejects(w.as('triager').run(importReport, { ...given, arrived_at: '2030-01-01' }), Invalid)
    await assert.rejects(w.as('nobody').run(importReport, given), Unauthenticated)
  })
})
