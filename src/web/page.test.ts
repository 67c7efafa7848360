import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { z } from 'zod'
import { world } from '../../test/support/world.ts'
import { Unauthenticated } from '../lib/errors.ts'
import { query } from '../verbs/verb.ts'
import { Cookies } from './cookies.ts'
import { Page } from './page.ts'

const w = await world()
after(() => w.close())

const request = new Request('http://avow.test/desk')
const organization = { ...w.organization, name: 'Ours', host: null, logOrigin: 'ours.example/log', zone: 'UTC', example: true }
const pageOf = (who: 'triager' | 'nobody') => new Page({
  deps: { database: w.database }, request, organization, actor: w.as(who).actor, cookies: new Cookies(request, false), params: {}, path: '/desk', network: '',
})

const which = query({ name: 'page-test.transaction', summary: '', may: 'reports.read', input: z.object({}), run: async ({ tx }) => tx.db })

test('what is read at one moment is read in one transaction, and what is read after it in another', async () => {
  const page = pageOf('triager')
  const [queried, read] = await page.atOneMoment(() => Promise.all([page.read(which, {}), page.reading(async (tx) => tx.db)]))
  assert.equal(queried, read)
  assert.notEqual(await page.read(which, {}), queried)
  await page.atOneMoment(async () => {
    const within = await page.atOneMoment(() => page.read(which, {}))
    assert.equal(await page.read(which, {}), within, 'a moment within a moment is the same, and ends alone')
  })
})

test('a query that the actor may not ask is refused at one moment too, and leaves the page as it was', async () => {
  const page = pageOf('nobody')
  await assert.rejects(page.atOneMoment(() => page.read(which, {})), Unauthenticated)
  assert.equal(await page.reading(async () => 'read'), 'read')
})
