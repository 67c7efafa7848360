import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '../../access/actor.ts'
import { factsOf } from '../../ledger/index.ts'
import { closeReport } from '../reports/close-report.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { fixReport } from '../reports/fix-report.ts'
import { base, bridged, type Bridged } from '../../../test/support/bridged.ts'
import { listBridges } from './list-bridges.ts'
import { addBridge, checkBridge, endBridge, renewToken } from './manage-bridges.ts'
import { confirmCopyGone, passOn } from './pass-on.ts'

describe('bridges', () => {
  let b: Bridged
  before(async () => { b = await bridged() })
  beforeEach(() => {
    Object.assign(b.there.set, { private: true, keepsConfidential: true, fails: null, loses: false })
    b.there.issues.length = 0
    b.w.clock.advance({ hours: 1 })
  })
  after(() => b.close())

  it('send to the letter what somebody chose, and record who, where and its hash, under a pseudonym of its own', async () => {
    const [{ bridge }, report] = [await b.add('gitlab'), await b.arrived()]
    const content = { title: 'Stored XSS', text: 'In the *comments*.\n\n<script>' }
    const { issue } = await b.ada.run(passOn, { report, bridge, ...content })
    await b.sync(issue)
    assert.equal(b.there.issues[0]!.title, content.title)
    assert.equal(b.there.issues[0]!.body, `${content.text}\n\n${base}/desk/reports/${report}`)
    assert.deepEqual((await b.only(report)).content, content)
    const entry = await b.w.read((tx) => tx.db.selectFrom('entries').select(['id', 'stream', 'marks', 'actor']).where('kind', '=', 'report.passed-on')
      .orderBy('id', 'desc').executeTakeFirstOrThrow())
    assert.equal(entry.stream, 'people')
    assert.equal((entry.marks as Record<string, string>)['content'], 'chosen')
    const facts = await b.w.read((tx) => factsOf<{ sha256: string; project: string }>(tx, entry.id))
    assert.equal(facts.sha256, createHash('sha256').update(`${content.title}\n${content.text}`).digest('hex'))
    assert.equal(facts.project, 'acme/security')
  })

  it('send nothing to a public repository, and look anew each time', async () => {
    const [{ bridge }, report] = [await b.add('github'), await b.arrived('accepted')]
    b.there.set.private = false
    await b.check.run(b.work(), { bridge })
    assert.equal((await b.ada.ask(listBridges, {})).bridges.find(({ id }) => id === bridge)!.problem, 'public')
    const { issue } = await b.ada.run(passOn, { report, bridge })
    await b.sync(issue)
    assert.equal(b.there.issues.length, 0)
    assert.deepEqual([(await b.only(report)).state, (await b.only(report)).problem], ['refused', 'public'])
    b.there.set.private = true
    const { issue: again } = await b.ada.run(passOn, { report, bridge })
    await b.sync(again)
    assert.equal(b.there.issues.length, 1)
    b.there.set.private = false
    await b.ada.run(fixReport, { report })
    await b.looked(again)
    assert.deepEqual(b.there.issues[0]!.comments, [])
    assert.equal((await b.issues(report))[1]!.problem, 'public')
    assert.ok((await b.letters()).includes(`${await b.referenceOf(report)}: an issue tracker that it was passed on to is not confidential`))
  })

  it('say so where GitLab did not keep an issue confidential, and tell it nothing more', async () => {
    b.there.set.keepsConfidential = false
    const { report } = await b.passed('gitlab')
    assert.deepEqual([(await b.only(report)).problem, (await b.only(report)).number], ['not-confidential', 1])
    assert.ok((await b.letters()).includes(`${await b.referenceOf(report)}: an issue tracker that it was passed on to is not confidential`))
    b.there.set.keepsConfidential = true
    const kept = await b.passed('gitlab')
    b.there.issues[1]!.confidential = false
    b.there.issues[1]!.version += 1
    await b.ada.run(fixReport, { report: kept.report })
    await b.looked(kept.issue)
    assert.deepEqual(b.there.issues[1]!.comments, [])
  })

  it('ask without cost whether anything has changed, every ten minutes, and no more once nothing is owed', async () => {
    const { report, issue } = await b.passed('github')
    assert.equal(b.there.asked.at(-1), 'GET /repos/acme/security/issues/1 200')
    await b.looked(issue)
    assert.equal(b.there.asked.at(-1), 'GET /repos/acme/security/issues/1 304')
    assert.match(b.there.headers.at(-1)!['if-none-match']!, /^W\//)
    assert.equal(b.there.headers.at(-1)!['x-github-api-version'], '2022-11-28')
    await b.ada.run(closeReport, { report, reason: 'informative', message: 'x' })
    await b.looked(issue)
    await b.looked(issue)
    assert.equal(await nextAt(issue), null)
  })

  const nextAt = (issue: string) => b.w.read(async (tx) =>
    (await tx.db.selectFrom('bridge_issues').select('next_at').where('id', '=', issue).executeTakeFirstOrThrow()).next_at)
  /** How often the job that looks after the issue was queued. */
  const queued = async (issue: string) => (await sql<{ revision: number }>`select revision from graphile_worker._private_jobs where key like ${`%${issue}`}`
    .execute(b.w.database.global)).rows[0]!.revision

  it('leave a tracker alone as long as it asks, and go on then', async () => {
    const { issue, report } = await b.passed('gitlab')
    b.there.set.fails = { status: 429, headers: { 'retry-after': '1800' } }
    await b.looked(issue)
    const [asked, times] = [b.there.asked.length, await queued(issue)]
    await b.looked(issue)
    await b.poll.run(b.work(), {})
    assert.deepEqual([b.there.asked.length, await queued(issue)], [asked, times])
    b.there.set.fails = null
    b.w.clock.advance({ minutes: 30 })
    await b.poll.run(b.work(), {})
    assert.equal(await queued(issue), times + 1)
    await b.sync(issue)
    assert.equal((await b.only(report)).problem, null)
  })

  it('take a refusal of GitHub with a spent limit for a pause, and one without for a refused token', async () => {
    const { issue, report, bridge } = await b.passed('github')
    const reset = String(Math.floor(Date.now() / 1000) + 600)
    b.there.set.fails = { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } }
    await b.looked(issue)
    assert.equal((await b.only(report)).problem, 'limited')
    b.there.set.fails = { status: 403 }
    await b.looked(issue)
    assert.equal((await b.only(report)).problem, 'token-refused')
    b.there.set.fails = null
    await b.ada.run(renewToken, { bridge, token: 'secret-token' })
    await b.looked(issue)
    assert.equal((await b.only(report)).problem, null)
  })

  it('say that an issue cannot be reached that was deleted there', async () => {
    const { issue, report } = await b.passed('github')
    b.there.issues.length = 0
    await b.looked(issue)
    assert.deepEqual([(await b.only(report)).state, (await b.only(report)).problem], ['gone', 'not-found'])
  })

  it('say after an erasure that a copy may exist, until a person says that it is deleted', async () => {
    const { issue, report } = await b.passed('gitlab', 'received')
    await b.ada.run(closeReport, { report, reason: 'informative', message: 'x' })
    await assert.rejects(b.ada.run(confirmCopyGone, { issue }), { code: 'report_not_erased' })
    await b.ada.run(eraseReport, { report, what: 'everything' })
    assert.ok((await b.letters()).includes(`${await b.referenceOf(report)}: a copy may exist elsewhere`))
    const asked = b.there.asked.length
    await b.looked(issue)
    assert.equal(b.there.asked.length, asked)
    const line = await b.only(report)
    assert.deepEqual([line.erased, line.copy_remains, line.content, line.number], [true, true, null, 1])
    await b.ada.run(confirmCopyGone, { issue })
    assert.equal((await b.only(report)).copy_remains, false)
  })

  it('count a try without an answer as a copy, and one that was refused as none', async () => {
    const { bridge } = await b.add('gitlab')
    for (const [status, remains] of [[500, true], [404, false]] as const) {
      const report = await b.arrived()
      const { issue } = await b.ada.run(passOn, { report, bridge })
      b.there.set.fails = { status }
      await b.sync(issue)
      await b.ada.run(closeReport, { report, reason: 'informative', message: 'x' })
      await b.ada.run(eraseReport, { report, what: 'content' })
      assert.equal((await b.only(report)).copy_remains, remains)
    }
  })

  it('are used by people alone, once for each report and tracker', async () => {
    const { report, bridge } = await b.passed('gitlab')
    await assert.rejects(b.ada.run(passOn, { report, bridge }), { code: 'already_passed_on' })
    const key: Actor = { kind: 'machine', keyId: report, roles: ['triager'], verbs: ['report.pass-on'] }
    await assert.rejects(b.w.as(key).run(passOn, { report: await b.arrived(), bridge }), { code: 'takes_a_person' })
    await assert.rejects(b.w.as('triager').run(addBridge, {}), { code: 'forbidden' })
  })

  it('never show a token, keep it sealed, and forget it when they end; where a report went stays known', async () => {
    const { report, bridge, issue } = await b.passed('github')
    assert.ok(!JSON.stringify([await b.ada.ask(listBridges, {}), await b.issues(report)]).includes('secret-token'))
    const rows = await b.w.read((tx) => tx.db.selectFrom('bridges').select('box').execute())
    assert.ok(rows.every(({ box }) => !box.toString('latin1').includes('secret-token')))
    await b.ada.run(endBridge, { bridge })
    const asked = b.there.asked.length
    await b.looked(issue)
    assert.equal(b.there.asked.length, asked)
    assert.equal((await b.only(report)).project, 'acme/security')
    await assert.rejects(b.ada.run(checkBridge, { bridge }), { code: 'not_found' })
  })

  it('refuse projects that are none, and reach into no private network where that is not allowed', async () => {
    for (const project of ['acme', '../..', 'acme/security/issues', 'acme/..', 'a b/c']) {
      await assert.rejects(b.add('github', { project }), { code: 'invalid_input' })
    }
    for (const address of ['file:///etc', 'https://gitlab.example.org/?x=', 'https://ada@gitlab.example.org']) {
      await assert.rejects(b.add('gitlab', { base: address }), { code: 'invalid_input' })
    }
    const { bridge } = await b.add('gitlab')
    const [outside] = b.jobsOf(false)
    await outside!.run(b.work(), { bridge })
    assert.equal((await b.ada.ask(listBridges, {})).bridges.find(({ id }) => id === bridge)!.problem, 'address-not-allowed')
  })
})
