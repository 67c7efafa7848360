import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { member } from '../../../../test/support/visitors.ts'
import { wayfarer } from '../../../../test/support/wayfarer.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { createInvitation } from '../index.ts'

describe('every page that takes a password', () => {
  let w: World
  let pages: string[]
  before(async () => {
    w = await world()
    const app = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
    const visitor = wayfarer(app, w.organization.slug, '192.0.2.1')
    const ada = await member({ app, database: w.database, slug: w.organization.slug }, w.organization.id, ['member'])
    const path = await w.write((tx) => createInvitation(tx, ['member'], null))
    pages = [
      ...await Promise.all(['/sign-in', path].map(async (at) => (await visitor.go(at)).text())),
      await (await ada.get('/me/password')).text(),
    ]
  })
  after(() => w.close())

  const inputs = (page: string) => [...page.matchAll(/<input[^>]*>/g)].map(([tag]) => tag)

  it('hides what is typed, and says to password managers which one it is', () => {
    for (const page of pages) {
      const secret = inputs(page).filter((tag) => /type="password"/.test(tag))
      assert.ok(secret.length > 0)
      for (const tag of secret) assert.match(tag, /autocomplete="(current|new)-password"/)
    }
  })

  it('asks for no hint, no question and no answer that others may know', () => {
    for (const page of pages) {
      const names = inputs(page).flatMap((tag) => /name="([^"]+)"/.exec(tag)?.[1] ?? [])
      assert.deepEqual(names.filter((name) => /hint|question|answer|birth|maiden|pet/i.test(name)), [])
    }
  })

  it('lets nobody’s script stand in the way of pasting', () => {
    for (const page of pages) assert.doesNotMatch(page, /onpaste|oncopy|maxlength="(?:\d|[1-5]\d|6[0-3])"/)
  })
})
