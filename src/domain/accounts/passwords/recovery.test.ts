import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Actor } from '../../../access/actor.ts'
import { createAccount } from '../../../access/accounts.ts'
import { hasSecondFactor } from '../../../access/factors.ts'
import { addMember } from '../../../access/memberships.ts'
import { startSession } from '../../../access/sessions.ts'
import { listMails } from '../../../mail/index.ts'
import { runVerb } from '../../../verbs/run.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { listRecoveries } from './list-recoveries.ts'
import { approveRecovery, askRecovery, finishRecovery, refuseOwnRecovery, refuseRecovery } from './recovery.ts'
import './tables.ts'

describe('the recovery of a lost second factor', () => {
  let w: World
  let n = 0
  let lostAddress: string
  let people: { ada: string; bo: string; lost: string }
  before(async () => { w = await world() })
  after(() => w.close())
  beforeEach(async () => {
    people = { ada: await member('admin'), bo: await member('admin'), lost: await member('triager', { withFactor: true }) }
    lostAddress = `somebody-${n}@example.org`
  })

  async function member(role: 'admin' | 'triager', { withFactor = false } = {}): Promise<string> {
    const id = await createAccount(w.database.global, w.keyring, { name: `Somebody ${n += 1}`, address: `somebody-${n}@example.org` }, null)
    await w.write((tx) => addMember(tx, id, [role]))
    if (withFactor) await addPasskey(id)
    return id
  }
  const addPasskey = (account_id: string) => w.database.global.insertInto('passkeys').values({
    id: account_id, account_id, credential_id: Buffer.from(account_id), public_key: Buffer.alloc(77), sign_count: 0, transports: [], rp_id: 'avow.test',
    synced: false, name_box: Buffer.alloc(40), created_at: new Date(), used_at: null,
  }).onConflict((conflict) => conflict.doNothing()).execute()

  const as = (accountId: string, confirmed = true) => w.as({ kind: 'member', accountId, personName: 'Somebody', roles: ['admin'], confirmed })
  const reason = 'Lost the telephone on a train; I met them in the office.'
  const ask = async (): Promise<string> => (await as(people.ada).run(askRecovery, { member: people.lost, reason }) as { recovery: string }).recovery
  /** The token in the mail to whoever lost it. */
  async function token(subject: string): Promise<string> {
    const mail = (await w.read((tx) => listMails(tx))).find((one) => one.subject === subject && one.address === lostAddress)!
    return /\/sign-in\/recovery\/([^}/]+)/.exec(mail.body)![1]!
  }
  const finish = async (subject = 'Remove your lost second factor') => w.as('nobody').run(finishRecovery, { token: await token(subject) })
  const has = () => hasSecondFactor(w.database.global, people.lost)

  it('takes two administrators and the person, who is then signed out everywhere', async () => {
    const session = await startSession(w.database.global, people.lost, { methods: ['passkey'] })
    const recovery = await ask()
    await as(people.bo).run(approveRecovery, { recovery })
    assert.ok(await has())
    await finish()
    assert.ok(!await has() && session)
    assert.deepEqual(await w.database.global.selectFrom('sessions').select('id').where('account_id', '=', people.lost).execute(), [])
    await assert.rejects(finish(), { code: 'not_found' })
  })

  it('is refused to one administrator alone, to the person, to a key, and without a second factor shown just now', async () => {
    const recovery = await ask()
    await assert.rejects(as(people.ada).run(approveRecovery, { recovery }), { code: 'second_administrator' })
    await assert.rejects(as(people.lost).run(approveRecovery, { recovery }), { code: 'own_recovery' })
    await assert.rejects(as(people.ada).run(askRecovery, { member: people.ada, reason }), { code: 'own_recovery' })
    await assert.rejects(as(people.bo, false).run(approveRecovery, { recovery }), { code: 'confirmation_needed' })
    const key: Actor = { kind: 'machine', keyId: people.bo, roles: ['admin'], verbs: ['recovery.approve'] }
    await assert.rejects(w.as(key).run(approveRecovery, { recovery }), { code: 'people_only' })
    await assert.rejects(ask(), { code: 'recovery_open' })
    await assert.rejects(as(people.ada).run(askRecovery, { member: w.organization.id, reason }), { code: 'not_found' })
  })

  it('tells the person at once, who can stop it', async () => {
    const recovery = await ask()
    await as(people.bo).run(approveRecovery, { recovery })
    await w.as('nobody').run(refuseOwnRecovery, { token: await token('Your second factor is about to be removed') })
    await assert.rejects(finish(), { code: 'not_found' })
    assert.ok(await has())
    const told = (await w.read((tx) => listMails(tx))).filter(({ body }) => body.includes('is not lost'))
    assert.ok(told.length >= 2)
  })

  it('is stopped by any administrator, and then can be asked for anew', async () => {
    await as(people.bo).run(refuseRecovery, { recovery: await ask() })
    const { recoveries } = await as(people.bo).ask(listRecoveries, {})
    assert.ok(recoveries.every(({ asked_by_id }) => asked_by_id !== people.ada))
    await ask()
  })

  it('waits a week and no longer', async () => {
    const recovery = await ask()
    w.clock.advance({ days: 8 })
    await assert.rejects(as(people.bo).run(approveRecovery, { recovery }), { code: 'not_found' })
    await ask()
  })

  it('waits for the administrators of every organisation that the person belongs to', async () => {
    await w.database.write(w.other.id, (tx) => addMember(tx, people.lost, ['admin']))
    const recovery = await ask()
    await as(people.bo).run(approveRecovery, { recovery })
    await assert.rejects(finish(), { code: 'agreement_missing' })
    const elsewhere = (accountId: string) => (verb: typeof askRecovery | typeof approveRecovery, input: object) =>
      runVerb<unknown>({ database: w.database }, verb, as(accountId).actor, w.other.id, input)
    const theirs = await elsewhere(people.ada)(askRecovery, { member: people.lost, reason })
    await elsewhere(people.bo)(approveRecovery, theirs as object)
    await finish()
    assert.ok(!await has())
  })

  it('says why to administrators, and to nobody else', async () => {
    await ask()
    const { recoveries } = await as(people.bo).ask(listRecoveries, {})
    assert.equal(recoveries.find(({ asked_by_id }) => asked_by_id === people.ada)!.reason, reason)
    const mails = await w.read((tx) => listMails(tx))
    assert.ok(mails.every(({ body, subject }) => !body.includes('train') && !subject.includes('train')))
  })
})
