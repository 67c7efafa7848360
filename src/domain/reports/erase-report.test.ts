import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../../../test/support/world.ts'
import { checkLedger, sequenceAll } from '../../ledger/index.ts'
import { Forbidden, Refused } from '../../lib/errors.ts'
import { closeReport } from './close-report.ts'
import { eraseReport } from './erase-report.ts'
import { listReportsQuery } from './list-reports.ts'
import { readReport } from './read-report.ts'
import { submitReport } from './submit-report.ts'

const w = await world()
after(() => w.close())

async function closed() {
  const { report } = await w.as('nobody').run(submitReport,
    { title: 'Marmalade in the cache', description: 'It sticks.', steps: 'Look.', name: 'Wren', email: 'wren@example.invalid', good_faith: true })
  await w.as('triager').run(closeReport, { report, reason: 'informative', message: 'Thank you.' })
  return report
}

test('it erases the person and leaves the case', async () => {
  const report = await closed()
  await w.as('admin').run(eraseReport, { report, what: 'identity' })
  const seen = await w.as('triager').ask(readReport, { report })
  assert.equal(seen.reporter, null)
  assert.equal(seen.reported?.description, 'It sticks.')
})

test('it erases the content with its place in the search, and every proof stays', async () => {
  const report = await closed()
  const { complete_at } = await w.as('admin').run(eraseReport, { report, what: 'everything' })
  assert.ok(complete_at)
  const seen = await w.as('triager').ask(readReport, { report })
  assert.deepEqual([seen.reported, seen.messages, seen.reporter], [null, [], null])
  const { reports } = await w.as('triager').ask(listReportsQuery, { state: 'all', search: 'marmalade' })
  assert.ok(!reports.some(({ id }) => id === report))
  await sequenceAll(w.database, w.organization.id)
  assert.deepEqual((await checkLedger(w.database, w.organization.id)).problems, [])
})

test('it refuses while the report is open, twice, and from who may not', async () => {
  const { report: open } = await w.as('nobody').run(submitReport, { title: 'T', description: 'D', steps: 'S', good_faith: true })
  await assert.rejects(w.as('admin').run(eraseReport, { report: open, what: 'content' }), { code: 'report_still_open' })
  const report = await closed()
  await assert.rejects(w.as('triager').run(eraseReport, { report, what: 'content' }), Forbidden)
  await w.as('admin').run(eraseReport, { report, what: 'content' })
  await assert.rejects(w.as('admin').run(eraseReport, { report, what: 'content' }), (error) => error instanceof Refused && error.code === 'already_erased')
})
