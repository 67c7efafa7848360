import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { Conflict, Forbidden, Invalid, NotFound, Refused, Unauthenticated } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { acceptReport } from './accept-report.ts'
import { acknowledgeReport } from './acknowledge-report.ts'
import { answerTeam } from './answer-team.ts'
import { askReporter } from './ask-reporter.ts'
import { closeReport } from './close-report.ts'
import { findByPhraseHash } from './find.ts'
import { fixReport } from './fix-report.ts'
import { listReportsQuery } from './list-reports.ts'
import { addAsset, retireAsset } from './manage-assets.ts'
import { noteReport } from './note-report.ts'
import { phraseHash } from './phrase.ts'
import { followReport, readReport } from './read-report.ts'
import { resolveReport } from './resolve-report.ts'
import { submitReport } from './submit-report.ts'
import { verifyReport } from './verify-report.ts'

let w: World
before(async () => { w = await world() })
beforeEach(() => w.clock.advance({ minutes: 1 }))
after(() => w.close())

const simple = {
  title: 'Script runs in the search box', description: 'The term is written into the page as it is.', steps: 'Search for <script>.', good_faith: true,
} as const
/** One minute later: what happens at the same millisecond has no order. */
const later = () => w.clock.advance({ minutes: 1 })
const submit = (more: object = {}) => w.as('nobody').run(submitReport, { ...simple, ...more })
const reporterOf = (report: string) => w.as({ kind: 'reporter', reportId: report })

test('it takes a report in and gives a phrase that opens it, and nothing else does', async () => {
  const { report, phrase, reference } = await submit()
  assert.match(reference, /^R-/)
  assert.equal((await w.read((tx) => findByPhraseHash(tx, phraseHash(phrase))))?.id, report)
  assert.equal(await w.read((tx) => findByPhraseHash(tx, phraseHash(`${phrase}x`))), undefined)
  const seen = await reporterOf(report).ask(followReport, { report })
  assert.equal(seen.reported?.description, simple.description)
})

test('it keeps nothing that was written in a form that the database can read', async () => {
  const { report } = await submit({ name: 'Moss Fern', email: 'moss@example.invalid' })
  const row = await w.read((tx) => tx.db.selectFrom('reports').selectAll().where('id', '=', report).executeTakeFirstOrThrow())
  const stored = Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))).join('\n')
  for (const word of ['search box', 'Moss', 'moss@']) assert.ok(!stored.includes(word), word)
})

test('it asks for a reason where neither steps nor a proof are given', async () => {
  await assert.rejects(submit({ steps: '' }), (error) => error instanceof Invalid && /Add steps/.test(error.fields.steps!))
  await submit({ steps: '', skipped: 'It happened once, on a phone that I no longer have.' })
})

test('it refuses a report without the declaration', async () => {
  await assert.rejects(submit({ good_faith: false }), (error) => error instanceof Invalid && 'good_faith' in error.fields)
})

test('it takes the same form sent twice as one report', async () => {
  const submission = newId()
  await submit({ submission })
  await assert.rejects(submit({ submission }), Conflict)
})

test('it goes from received to resolved, and the reporter reads each word meant for them', async () => {
  const { report } = await submit({ email: 'someone@example.invalid' })
  const team = w.as('triager')
  await team.run(acknowledgeReport, { report, message: 'Thank you, we are looking.' })
  await team.run(noteReport, { report, message: 'Looks like the old template.' })
  later()
  await team.run(askReporter, { report, message: 'Which browser?' })
  assert.equal((await team.ask(readReport, { report })).waiting_for_reporter, true)
  later()
  await reporterOf(report).run(answerTeam, { report, message: 'Any.' })
  assert.equal((await team.ask(readReport, { report })).waiting_for_reporter, false)
  const { severity } = await team.run(verifyReport, { report, cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N' })
  assert.equal(severity, 'medium')
  await team.run(acceptReport, { report })
  await team.run(fixReport, { report })
  later()
  await team.run(resolveReport, { report, message: 'It is gone. Thank you.' })
  const seen = await reporterOf(report).ask(followReport, { report })
  assert.deepEqual(seen.messages.map((message) => [message.author, message.text]), [
    ['The security team', 'Thank you, we are looking.'], ['The security team', 'Which browser?'], ['Reporter', 'Any.'],
    ['The security team', 'It is gone. Thank you.'],
  ])
  assert.deepEqual(seen.milestones.map(({ what }) => what), ['received', 'acknowledged', 'verified', 'accepted', 'fixed', 'resolved'])
  assert.equal((await team.ask(readReport, { report })).messages.length, 5)
})

test('it refuses a step that the state does not allow, and says what to do instead', async () => {
  const { report } = await submit()
  const team = w.as('triager')
  await assert.rejects(team.run(acceptReport, { report }), { code: 'report_state_forbids', message: /Verify it first/ })
  await team.run(acknowledgeReport, { report, message: 'Read.' })
  await assert.rejects(team.run(acknowledgeReport, { report, message: 'Again.' }), Refused)
  await team.run(closeReport, { report, reason: 'duplicate', no_record: true, message: 'We knew this one.' })
  await assert.rejects(team.run(verifyReport, { report, severity: 'low' }), Refused)
})

test('it refuses a word of severity that its vector contradicts, and a vector that is none', async () => {
  const { report } = await submit()
  const team = w.as('triager')
  await assert.rejects(team.run(verifyReport, { report, severity: 'low', cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' }),
    (error) => error instanceof Invalid && /10\.0/.test(error.fields.severity!))
  await assert.rejects(team.run(verifyReport, { report, cvss: 'CVSS:3.1/AV:N' }), (error) => error instanceof Invalid && 'cvss' in error.fields)
  await assert.rejects(team.run(verifyReport, { report }), (error) => error instanceof Invalid && 'severity' in error.fields)
})

test('it shows a report to its own reporter and to roles that read reports, and to nobody else', async () => {
  const { report } = await submit()
  const { report: another } = await submit()
  await assert.rejects(reporterOf(another).ask(followReport, { report }), NotFound)
  await assert.rejects(w.as('nobody').ask(readReport, { report }), Unauthenticated)
  await assert.rejects(w.as('member').ask(readReport, { report }), Forbidden)
  await assert.rejects(w.as('auditor').run(acknowledgeReport, { report, message: 'Hello.' }), Forbidden)
  await assert.rejects(w.database.read(w.other.id, (tx) => readReport.run({ tx, actor: w.as('admin').actor }, { report })), NotFound)
})

test('it marks an acknowledgement by a key as a machine’s', async () => {
  const { report } = await submit()
  await w.as({ kind: 'machine', keyId: newId(), roles: ['triager'], verbs: 'all' }).run(acknowledgeReport, { report, message: 'Automatic reply.' })
  const marks = await w.read((tx) => tx.db.selectFrom('entries').select('marks')
    .where('kind', '=', 'report.acknowledged').orderBy('created_at', 'desc').executeTakeFirstOrThrow())
  assert.equal((marks.marks as Record<string, string>).by, 'machine')
})

test('it finds reports by words in any of their forms, and lists them newest first', async () => {
  const { report } = await submit({ title: 'Tokens survive the logout', description: 'Refreshing afterwards still works.' })
  const found = await w.as('triager').ask(listReportsQuery, { state: 'all', search: 'token refresh' })
  assert.deepEqual(found.reports.map(({ id }) => id), [report])
  const all = await w.as('triager').ask(listReportsQuery, { state: 'all' })
  assert.equal(all.reports[0]!.id, report)
})

test('it keeps the scope list, and reports name what they are about', async () => {
  const { asset } = await w.as('admin').run(addAsset, { name: 'The shop', kind: 'website', locator: 'shop.example.invalid' })
  const { report } = await submit({ asset })
  assert.equal((await reporterOf(report).ask(followReport, { report })).reported?.asset, 'The shop')
  await w.as('admin').run(retireAsset, { asset })
  await assert.rejects(submit({ asset }), (error) => error instanceof Invalid && 'asset' in error.fields)
})
