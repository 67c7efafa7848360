import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount, findAccount } from '../../../access/accounts.ts'
import { addMember } from '../../../access/memberships.ts'
import type { Role } from '../../../access/roles.ts'
import { modules } from '../../../app.ts'
import { checkLedger, sequenceAll } from '../../../ledger/index.ts'
import { runQuery } from '../../../verbs/run.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { wayfarer } from '../../../../test/support/wayfarer.ts'
import { workThrough } from '../../../../test/support/working.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { watchJobs } from '../watch/jobs.ts'
import { eraseAccount } from './erase-account.ts'
import { exportOwnData } from './export-own-data.ts'

const password = 'four words are better'

describe('one’s own pages', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let count = 0
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules, operations, log: { error: console.error }, trustProxy: true })
  })
  after(() => w.close())

  async function person(roles: Role[] = ['admin']) {
    const address = `person${count += 1}@example.org`
    const id = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: `Person ${count} Lovelace`, address }, password)
      await addMember(tx, id, roles)
      return id
    })
    return { id, address }
  }

  async function signedIn(address: string, network = '192.0.2.1') {
    w.clock.advance({ minutes: 1 })
    const browser = wayfarer(app, w.organization.slug, network)
    const response = await browser.submit('/sign-in', '/sign-in', { address, password })
    assert.equal(response.status, 303)
    return browser
  }

  it('show what waits for one’s word, what one owes, and what one did, in plain words', async () => {
    const ada = await person()
    await signedIn(ada.address)
    const browser = await signedIn(ada.address, '193.0.6.139')
    await workThrough(w.database, watchJobs)
    const home = await (await browser.go('/me')).text()
    assert.match(home, /Was this you\?/)
    assert.match(home, /What you owe/)
    const activity = await (await browser.go('/me/activity')).text()
    assert.match(activity, /You signed in/)
    assert.match(activity, /with your password, Firefox on Linux, Netherlands/)
    assert.match(activity, /The browser is one that you had not used here before\./)
  })

  it('are nobody else’s', async () => {
    for (const path of ['/me', '/me/activity', '/me/data', '/me/data.json']) {
      assert.equal((await wayfarer(app, w.organization.slug, '192.0.2.1').go(path)).status, 401, path)
    }
  })

  it('give everything that is kept about somebody, and no secret, once they have confirmed that it is them', async () => {
    const ada = await person()
    const bo = await person()
    await signedIn(ada.address)
    await assert.rejects(ask(ada.id, false), { code: 'confirmation_needed' })
    const given = await ask(ada.id, true)
    assert.equal(given.account.address, ada.address)
    assert.equal(given.sign_ins.length, 1)
    for (const table of ['memberships', 'sessions', 'known_devices', 'sign_ins']) assert.equal(given.rows[table]?.length, 1, table)
    const text = JSON.stringify(given)
    for (const secret of [bo.id, 'argon2', '\\\\x']) assert.ok(!text.includes(secret), secret)
  })

  const ask = (accountId: string, confirmed: boolean) =>
    runQuery({ database: w.database }, exportOwnData, { kind: 'member', accountId, personName: '', roles: ['member'], confirmed }, w.organization.id, {})

  it('erase a person: nobody can read who it was, nobody can enter, and every proof stays valid', async () => {
    const ada = await person(['member'])
    await signedIn(ada.address)
    const browser = await signedIn(ada.address, '193.0.6.139')
    await workThrough(w.database, watchJobs)
    await sequenceAll(w.database, w.organization.id)
    await eraseAccount(w.database, ada.id)
    await sequenceAll(w.database, w.organization.id)
    assert.equal((await browser.go('/me')).status, 401)
    assert.equal(await findAccount(w.database.global, w.keyring, ada.address, { closed: true }), null)
    assert.deepEqual((await checkLedger(w.database, w.organization.id)).problems, [])
    const facts = await w.read((tx) => tx.db.selectFrom('data_keys').select('wrapped')
      .where('purpose', '=', 'person').where('subject_id', '=', ada.id).execute())
    assert.deepEqual(facts, [{ wrapped: null }])
    const again = await wayfarer(app, w.organization.slug, '192.0.2.5').submit('/sign-in', '/sign-in', { address: ada.address, password })
    assert.equal(again.status, 422)
  })

  it('refuse to erase the last administrator, and erase nothing of them', async () => {
    const alone = await w.database.write(w.other.id, async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: 'Only', address: 'only@example.org' }, password)
      await addMember(tx, id, ['admin'])
      return id
    })
    await assert.rejects(eraseAccount(w.database, alone), { code: 'last_administrator' })
    assert.ok(await findAccount(w.database.global, w.keyring, 'only@example.org'))
  })

  it('ask for a tick and for a confirmation before erasing', async () => {
    const ada = await person(['member'])
    const browser = await signedIn(ada.address)
    assert.match(await (await browser.submit('/me/data', '/me/data/erasure', {})).text(), /Tick that you want it\./)
    assert.match(await (await browser.submit('/me/data', '/me/data/erasure', { sure: 'yes' })).text(), /Confirm that it is you/)
    assert.ok(await findAccount(w.database.global, w.keyring, ada.address))
  })
})
