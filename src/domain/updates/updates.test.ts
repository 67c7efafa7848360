import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { readEvents, sequenceAll } from '../../ledger/index.ts'
import { listMails } from '../../mail/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { browser, type Place, type Visitor } from '../../../test/support/visitors.ts'
import { world, type World } from '../../../test/support/world.ts'
import { modules } from '../../app.ts'
import { createWeb } from '../../web/server.ts'
import { forgetUnconfirmed } from './subscribe.ts'
import { tellOfPolicies } from './tell.ts'

describe('updates', () => {
  let w: World
  let visitor: Visitor
  let ann: Actor
  let place: Place
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    const app = createWeb({ database: w.database, modules, operations, log: console })
    place = { app, database: w.database, slug: w.organization.slug }
    visitor = browser(place)
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: 'Ann', address: 'ann@example.org' }, 'a password that is long enough')
      await addMember(tx, id, ['admin'])
      return id
    })
    ann = { kind: 'member', accountId, personName: 'Ann', roles: ['admin'], confirmed: true }
  })
  after(() => w.close())

  const letters = () => w.read((tx) => listMails(tx))
  const to = async (address: string) => (await letters()).filter((letter) => letter.address === address)
  const linkIn = (body: string) => /\{link:(\/updates\/[^}]+)\}/.exec(body)![1]!
  const run = (name: string, input: object) => w.as(ann).run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
  async function publish(text: string, significant = false): Promise<void> {
    await run('policy.draft', { text, significant, summary: significant ? 'Doors are locked.' : '' })
    for (const verb of ['policy.submit', 'policy.approve', 'policy.rehearse', 'policy.publish']) await run(verb, {})
  }
  const tell = () => w.as({ kind: 'system', job: 'updates.tell' }).run(tellOfPolicies, {})

  it('is subscribed to only by whoever reads the mailbox, and a link that is merely opened changes nothing', async () => {
    const answer = await visitor.post('/updates', { address: 'user@example.org' })
    assert.match(await answer.text(), /a letter is on its way/)
    const [letter] = await to('user@example.org')
    const path = linkIn(letter!.body)
    assert.match(await (await visitor.get(path)).text(), /Be told of changes\?/)
    assert.equal((await w.read((tx) => tx.db.selectFrom('subscribers').select('confirmed_at').execute()))[0]!.confirmed_at, null)
    assert.match(await (await visitor.post(path)).text(), /You will be told of changes/)
  })

  it('answers an address that is subscribed already like any other, and writes to nobody more than three times a day', async () => {
    assert.match(await (await visitor.post('/updates', { address: 'USER@example.org' })).text(), /a letter is on its way/)
    assert.equal((await to('USER@example.org')).length, 0)
    for (let i = 0; i < 5; i++) await visitor.post('/updates', { address: 'other@example.org' })
    assert.equal((await to('other@example.org')).length, 3)
    const refused = await visitor.post('/updates', { address: 'no address' })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /value="no address"/)
  })

  it('tells the team of every version, and users of those that change something for them, once', async () => {
    await publish('# Security\n\nWe answer.\n')
    assert.deepEqual(await tell(), { told: 1 })
    assert.deepEqual(await tell(), { told: 0 })
    assert.deepEqual((await to('ann@example.org')).map(({ subject }) => subject), ['Policy: Security'])
    assert.equal((await to('user@example.org')).length, 1)
    await publish('# Security\n\nWe answer. We lock doors.\n', true)
    await tell()
    const change = (await to('user@example.org')).find(({ subject }) => subject === 'Changed: Security')
    assert.match(change!.body, /Doors are locked\./)
    assert.match(change!.unsubscribe!, /^\/updates\/end\//)
    assert.equal((await to('other@example.org')).length, 3, 'who never confirmed is told nothing')
    await sequenceAll(w.database, w.organization.id)
    const events = await w.read((tx) => readEvents(tx, 0, 100))
    assert.deepEqual(events.map(({ kind }) => kind).filter((kind) => /communicated|notified/.test(kind)),
      ['policy.communicated', 'policy.communicated', 'users.notified'])
  })

  it('ends with one post of a mail program, without cookies, and forgets the address', async () => {
    const path = (await to('user@example.org')).find(({ unsubscribe }) => unsubscribe)!.unsubscribe!
    assert.match(await (await visitor.get(path)).text(), /No more letters\?/)
    const oneClick = () => place.app.request(`http://avow.test/o/${w.organization.slug}${path}`,
      { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    for (let i = 0; i < 2; i++) assert.equal((await oneClick()).status, 200)
    await publish('# Security\n\nWe answer. We lock doors and windows.\n', true)
    await tell()
    assert.equal((await to('user@example.org')).length, 0, 'nothing stays of what was mailed there either')
  })

  it('shows what has changed on a page and in a feed', async () => {
    assert.match(await (await visitor.get('/updates')).text(), /Security, version 3/)
    const feed = await visitor.get('/updates/feed.atom')
    assert.equal(feed.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
    assert.equal((await feed.text()).match(/<entry>/g)!.length, 3)
  })

  it('forgets who never confirmed after a week', async () => {
    w.clock.advance({ hours: 24 * 8 })
    await w.write(forgetUnconfirmed)
    assert.deepEqual(await w.read((tx) => tx.db.selectFrom('subscribers').select('id').execute()), [])
  })
})
