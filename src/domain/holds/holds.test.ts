import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import '../../app.ts'
import { createAccount } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { enlist } from '../../access/people.ts'
import { personKey } from '../../access/person-key.ts'
import { listMails } from '../../mail/index.ts'
import { eraseKey } from '../../seal/envelope.ts'
import { world, type World } from '../../../test/support/world.ts'
import { eraseAccount } from '../accounts/me/erase-account.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { listHolds } from './find.ts'
import { liftHold, placeHold } from './place-hold.ts'

describe('a legal hold', () => {
  let w: World
  let admin: Actor
  before(async () => {
    w = await world()
    const accountId = await member('Grace', 'grace@example.org', ['admin'])
    await member('Ada', 'ada@example.org', ['admin'])
    admin = { kind: 'member', accountId, personName: 'Grace', roles: ['admin'], confirmed: true }
  })
  after(() => w.close())

  async function member(name: string, address: string, roles: string[]): Promise<string> {
    const id = await createAccount(w.database.global, w.keyring, { name, address }, null)
    await w.write(async (tx) => { await addMember(tx, id, roles); await enlist(tx, id); await personKey(tx, id) })
    return id
  }

  async function newReport(): Promise<string> {
    const given = { title: 'A hole', description: 'Somewhere in the sign-in page.', weakness: 'CWE-79', skipped: 'x', good_faith: true }
    return (await w.as('nobody').run(submitReport, given)).report
  }

  const place = async (input: object) => (await w.as(admin).run(placeHold, { reason: 'a dispute', ...input })).hold

  it('suspends the erasure of a report, and tells who asked when it is lifted', async () => {
    const report = await newReport()
    const hold = await place({ kind: 'report', subject: report })
    assert.deepEqual(await w.as(admin).run(eraseReport, { report, what: 'identity' }), { report, complete_at: null, suspended: true })
    assert.equal((await w.as(admin).ask(listHolds, {})).waiting, 1)
    assert.deepEqual(await w.as(admin).run(liftHold, { hold, reason: 'settled' }), { offered: 1 })
    const letter = (await w.read((tx) => listMails(tx))).find(({ address }) => address === 'grace@example.org')
    assert.match(letter!.body!, new RegExp(`/desk/reports/${report}`))
    assert.equal((await w.as(admin).run(eraseReport, { report, what: 'identity' })).suspended, false)
  })

  it('covers all reports, where it is on all of them', async () => {
    const report = await newReport()
    const hold = await place({ kind: 'report', all: true })
    assert.equal((await w.as(admin).run(eraseReport, { report, what: 'identity' })).suspended, true)
    await w.as(admin).run(liftHold, { hold, reason: 'over' })
  })

  it('is kept where keys are destroyed, whatever asks', async () => {
    const ada = await member('Bo', 'bo@example.org', ['member'])
    const key = await w.write((tx) => personKey(tx, ada))
    const hold = await place({ kind: 'person', subject: ada })
    await assert.rejects(w.write((tx) => eraseKey(tx, key)), { code: 'on_hold' })
    await assert.rejects(eraseAccount(w.database, ada), { code: 'on_hold', message: /suspends this erasure/ })
    const again = await place({ kind: 'person', all: true })
    await w.as(admin).run(liftHold, { hold, reason: 'over' })
    await assert.rejects(eraseAccount(w.database, ada), { code: 'on_hold' }, 'the other one still stands')
    assert.deepEqual(await w.as(admin).run(liftHold, { hold: again, reason: 'over' }), { offered: 1 })
    await eraseAccount(w.database, ada)
    assert.equal((await w.read((tx) => tx.db.selectFrom('data_keys').select('wrapped').where('id', '=', key).executeTakeFirstOrThrow())).wrapped, null)
  })

  it('of an organisation that a person has left still keeps their account', async () => {
    const cy = await member('Cy', 'cy@example.org', ['member'])
    const hold = await place({ kind: 'person', subject: cy })
    await w.write((tx) => tx.db.updateTable('memberships').set({ ended_at: new Date() }).where('account_id', '=', cy).execute())
    await assert.rejects(eraseAccount(w.database, cy), { code: 'on_hold' })
    await w.as(admin).run(liftHold, { hold, reason: 'over' })
  })

  it('is placed by a person who may, on something that is there, for a reason', async () => {
    await assert.rejects(w.as('auditor').run(placeHold, { kind: 'person', all: true, reason: 'x' }), { code: 'forbidden' })
    await assert.rejects(w.as('triager').ask(listHolds, {}), { code: 'forbidden' })
    await assert.rejects(w.as(admin).run(placeHold, { kind: 'report', subject: 'nothing', reason: 'x' }), { code: 'invalid_input' })
    await assert.rejects(w.as(admin).run(placeHold, { kind: 'report', reason: 'x' }), { code: 'invalid_input' })
    assert.equal((await w.as('auditor').ask(listHolds, {})).holds[0]!.reason, 'a dispute')
  })
})
