import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../access/actor.ts'
import { modules } from '../../app.ts'
import { dutiesAbout, standings } from '../../commitments/index.ts'
import { findKind, sequenceAll } from '../../ledger/index.ts'
import { newId } from '../../lib/ids.ts'
import { listMails } from '../../mail/index.ts'
import { registry } from '../../verbs/registry.ts'
import { world, type World } from '../../../test/support/world.ts'
import { connectAvow } from '../systems/index.ts'
import { acceptReport } from './accept-report.ts'
import { answerTeam } from './answer-team.ts'
import { askReporter } from './ask-reporter.ts'
import { closeReport } from './close-report.ts'
import { endWaits } from './end-waits.ts'
import { fixReport } from './fix-report.ts'
import { setWaiting } from './handling.ts'
import { readReport } from './read-report.ts'
import { reopenReport } from './reopen-report.ts'
import { answerRetest, requestRetest } from './retest.ts'
import { submitReport } from './submit-report.ts'
import { verifyReport } from './verify-report.ts'

const operations = registry(modules, (kind) => findKind(kind) !== undefined)
/** The rules of a policy that is shipped, as they stand there. */
const shipped = readFileSync(new URL('../../../examples/harbourlight/security.md', import.meta.url), 'utf8')
const ruleOf = (mark: string) => new RegExp(`^\\[\\^${mark}\\]: .*$`, 'm').exec(shipped)![0]
const marks = ['verify', 'reopened', 'mended', 'fix-severe']
const policy = `# Security\n\n${marks.map((mark) => `We keep ${mark}.[^${mark}]`).join(' ')}\n\n${marks.map(ruleOf).join('\n')}\n`

describe('a report that waits, is reopened or retested, under the rules that are shipped', () => {
  let w: World
  const admin = (personName: string): Actor => ({ kind: 'member', accountId: newId(), personName, roles: ['admin'], confirmed: true })
  const [ann, ben] = [admin('Ann'), admin('Ben')]
  const team = () => w.as(ann)
  const reporter = (reportId: string) => w.as({ kind: 'reporter', reportId })
  const job = () => w.as({ kind: 'system', job: 'reports.end-waits' }).run(endWaits, {})
  const days = (n: number) => w.clock.advance({ hours: 24 * n })

  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    await connectAvow(w.database, w.organization.id, operations.verbs)
    const run = (name: string, input: object, who = ann) =>
      w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
    await run('policy.draft', { text: policy })
    await run('policy.submit', {})
    await run('policy.approve', {})
    await run('policy.approve', {}, ben)
    await run('policy.rehearse', {})
    await run('policy.publish', {})
  })
  after(() => w.close())

  const submit = async () => (await w.as('nobody').run(submitReport,
    { title: 'Numat', description: 'It numats.', steps: 'Numat it.', email: 'finder@example.invalid', good_faith: true })).report
  const entered = () => sequenceAll(w.database, w.organization.id)
  async function standing(mark: string): Promise<string> {
    await entered()
    w.clock.advance({ seconds: 1 })
    return (await standings(w.database, w.organization.id)).standings.find((one) => one.mark === mark)!.standing
  }
  async function owed(report: string): Promise<string[]> {
    await entered()
    w.clock.advance({ seconds: 1 })
    return (await w.read((tx) => dutiesAbout(tx, { report }))).map(({ mark, late }) => `${mark}${late ? ' late' : ''}`)
  }
  const because = async (report: string) => (await w.read((tx) => tx.db.selectFrom('entries').innerJoin('cases', (join) =>
    join.on(({ eb, ref }) => eb('cases.pseudonym', '=', ref('entries.cases', '->>').key('report' as never) as never)))
    .select('marks').where('kind', '=', 'report.waiting-ended').where('subject_id', '=', report).orderBy('entries.id').execute()))
    .map(({ marks: found }) => (found as { because: string }).because)
  const letters = async () => (await w.read((tx) => listMails(tx))).filter(({ address }) => address === 'finder@example.invalid').map(({ subject }) => subject)

  it('stops the clock while it waits, reminds the reporter once, ends the waiting, and the clock runs again', async () => {
    const report = await submit()
    await team().run(askReporter, { report, message: 'Which version?' })
    days(13)
    assert.deepEqual(await job(), { reminded: 0, ended: 0, more: false })
    assert.equal(await standing('verify'), 'due', 'thirteen days are more than the ten that count')
    days(1)
    assert.deepEqual(await job(), { reminded: 1, ended: 0, more: false })
    assert.deepEqual(await job(), { reminded: 0, ended: 0, more: false })
    assert.match((await letters())[0]!, /still waits for your answer, for 14 more days/)
    days(14)
    assert.deepEqual(await job(), { reminded: 0, ended: 1, more: false })
    assert.deepEqual(await because(report), ['unanswered'])
    const seen = await team().ask(readReport, { report })
    assert.deepEqual([seen.waiting_for_reporter, seen.unanswered], [false, true])
    assert.deepEqual(await owed(report), ['verify'])
    await team().run(closeReport, { report, reason: 'not reproducible', message: 'We could not see it. Write to us, and we look again.' })
    assert.deepEqual(await owed(report), [])
    assert.equal((await team().ask(readReport, { report })).unanswered, false)
  })

  it('waits as long as the programme says, anew from each question, and ends with the answer', async () => {
    await team().run(setWaiting, { warn_after_days: 2, end_after_days: 3 })
    const report = await submit()
    await team().run(askReporter, { report, message: 'Which version?' })
    days(1)
    await team().run(askReporter, { report, message: 'And which browser?' })
    days(1)
    assert.equal((await job()).reminded, 0)
    days(1)
    assert.equal((await job()).reminded, 1)
    await reporter(report).run(answerTeam, { report, message: 'The newest.' })
    days(9)
    assert.deepEqual(await job(), { reminded: 0, ended: 0, more: false })
    assert.deepEqual(await because(report), ['answered'])
    await team().run(verifyReport, { report, severity: 'high' })
    assert.equal(await standing('verify'), 'kept', 'the three days of waiting do not count')
  })

  it('ends the waiting when the team goes on without the answer, so that a question buys no time', async () => {
    const report = await submit()
    await team().run(askReporter, { report, message: 'Which version?' })
    await team().run(verifyReport, { report, severity: 'high' })
    assert.deepEqual(await because(report), ['moved-on'])
    assert.equal((await team().ask(readReport, { report })).waiting_for_reporter, false)
  })

  it('owes anew to a report that was closed and is opened again: closing first buys no time', async () => {
    const report = await submit()
    await team().run(closeReport, { report, reason: 'not reproducible', message: 'We could not see it.' })
    days(100)
    await team().run(reopenReport, { report, reason: 'reproduced', message: 'You were right.' })
    assert.deepEqual(await owed(report), ['reopened'])
    const { state, closed_because: reason } = await team().ask(readReport, { report })
    assert.deepEqual([state, reason], ['verifying', null])
    days(11)
    assert.deepEqual(await owed(report), ['reopened late'])
    await team().run(verifyReport, { report, severity: 'low' })
    assert.deepEqual(await owed(report), [])
  })

  it('goes back to the fix when the reporter shows that it does not hold, and owes it again', async () => {
    const report = await submit()
    await team().run(verifyReport, { report, severity: 'high' })
    await team().run(acceptReport, { report })
    await assert.rejects(reporter(report).run(answerRetest, { report, result: 'failed', message: 'No.' }), { code: 'nothing_to_retest' })
    await team().run(fixReport, { report })
    await assert.rejects(reporter(report).run(answerRetest, { report, result: 'failed', message: 'No.' }), { code: 'retest_not_asked' })
    await team().run(requestRetest, { report, message: 'Please try version 2.' })
    await reporter(report).run(answerRetest, { report, result: 'failed', message: 'It still numats.' })
    assert.equal((await team().ask(readReport, { report })).state, 'fixing')
    assert.deepEqual(await owed(report), ['mended'])
    await team().run(fixReport, { report })
    await team().run(requestRetest, { report, message: 'And version 3?' })
    w.clock.advance({ minutes: 1 })
    await reporter(report).run(answerRetest, { report, result: 'passed', message: 'It holds.' })
    const { state, retest_asked: asked, messages } = await team().ask(readReport, { report })
    assert.deepEqual([state, asked, messages.at(-1)?.voice], ['fixed', false, 'reporter'])
    assert.deepEqual(await owed(report), [])
  })
})
