import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { listReportsQuery, reindexReports, reports } from './index.ts'

let w: World
before(async () => { w = await world() })
after(() => w.close())

it('finds the endings of another language once the reports are indexed anew', async () => {
  const submit = reports.verbs.find(({ name }) => name === 'report.submit')!
  await w.as('nobody').run(submit, { title: 'Umleitung', description: 'Die Häuser stehen offen.', steps: 'Keine.', good_faith: true })
  const found = async () => (await w.as('triager').ask(listReportsQuery, { search: 'Haus' })).reports.length
  assert.equal(await found(), 0)
  await w.write((tx) => tx.db.updateTable('organizations').set({ language: 'de' }).where('id', '=', w.organization.id).execute())
  assert.equal(await reindexReports(w.database, w.organization.id), 1)
  assert.equal(await found(), 1)
})
