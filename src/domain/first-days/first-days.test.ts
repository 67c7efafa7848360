import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { heldBack } from '../../access/hold-back.ts'
import { may } from '../../access/may.ts'
import { addMember } from '../../access/memberships.ts'
import { listedUnder } from '../../access/people.ts'
import { standings } from '../../commitments/index.ts'
import { append, factsOf, sequenceAll } from '../../ledger/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import { eraseAccount } from '../accounts/me/erase-account.ts'
import { personJoined } from '../accounts/index.ts'
import { agreements } from '../agreements/index.ts'
import { publishAgreement } from '../agreements/publish-agreement.ts'
import { signAgreement } from '../agreements/sign-agreement.ts'
import { approvals } from '../approvals/index.ts'
import { listApprovals } from '../approvals/waiting.ts'
import { backgroundChecks } from '../background-checks/index.ts'
import { recordBackgroundCheck } from '../background-checks/record-check.ts'
import { addPerson, changePerson } from '../people/change-team.ts'
import { people } from '../people/index.ts'
import { policies } from '../policies/index.ts'
import { connectAvow } from '../systems/index.ts'
import { recordEvidence } from '../systems/record-evidence.ts'
import { confirmFirstDay, confirmOverride, proposeOverride } from './confirm-first-day.ts'
import { firstDays } from './index.ts'
import { listFirstDays } from './list-first-days.ts'

/** As harbourlight promises it. */
const policy = (more = '') => `# Security

Nobody starts work here before signing a confidentiality agreement.[^nda]
Newcomers' backgrounds are checked within 60 days of joining.[^background-check] ${more}

[^nda]: For each person, \`person.started\` happens only after \`nda.signed\` (owner: people).
[^background-check]: Every \`person.joined\` is followed by \`background-check.cleared\` or \`background-check.not-permitted\` within 60 days (owner: people).
`
const strict = policy('In Poland nobody begins before that is done.[^before]')
  + '[^before]: For each person, `person.started` happens only after `background-check.cleared` (owner: people).\n'

describe('a first day', () => {
  let w: World
  let ann: Member
  let ben: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    const all = [agreements, backgroundChecks, firstDays, people, policies, approvals]
    await connectAvow(w.database, w.organization.id, [...all.flatMap(({ verbs }) => verbs), { ...recordEvidence, entries: ['person.joined'] }])
    ann = await member('Ann')
    w.clock.advance({ hours: 1 })
    ben = await member('Ben')
    await publish(policy())
    await w.as(ann).run(publishAgreement, { agreement: 'confidentiality', text: '# Keep it quiet\n\nYou keep it quiet.', confidentiality: true })
  })
  after(() => w.close())

  async function member(personName: string): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const address = `${personName.toLowerCase()}@example.org`
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address }, null)
      const { personId, isNew } = await addMember(tx, id, ['admin'], { listedAs: (await listedUnder(tx, address))?.id ?? null })
      if (isNew) await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts: { roles: ['admin'], invited_by: null } })
      return id
    })
    return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
  }

  async function publish(text: string): Promise<void> {
    const run = (name: string, input: object, who: Actor = ann) =>
      w.as(who).run(policies.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
    await run('policy.draft', { text })
    await run('policy.submit', {})
    await run('policy.approve', {})
    await run('policy.approve', {}, ben)
    await run('policy.rehearse', {})
    await run('policy.publish', {})
    await settled()
  }

  const settled = () => sequenceAll(w.database, w.organization.id)
  const days = (n: number) => w.clock.advance({ hours: 24 * n })
  const today = () => w.clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  async function standing(mark: string) {
    await settled()
    const { standing, record } = (await standings(w.database, w.organization.id)).standings.find((one) => one.mark === mark)!
    return `${standing} ${record.in_time}/${record.total}, ${record.open} open`
  }

  /** Listed ahead, with an account a moment later: their id stays. */
  async function newcomer(name: string, inDays: number): Promise<{ person: string; self: Member }> {
    const { person } = await w.as(ann).run(addPerson, {
      name, address: `${name.toLowerCase()}@example.org`, starts_on: today().add({ days: inDays }).toString(), roles: ['member'], country: 'PL',
    })
    const self = await member(name)
    await settled()
    return { person, self: { ...self, roles: ['member'] } }
  }

  async function sign(self: Member): Promise<void> {
    const { body_sha256 } = await w.read((tx) => tx.db.selectFrom('agreement_versions').select('body_sha256').executeTakeFirstOrThrow())
    await w.as(self).run(signAgreement, { agreement: 'confidentiality', text_sha256: body_sha256.toString('hex'), name: self.personName, agreed: true })
    await settled()
  }

  const confirm = (person: string, who: Actor = ann) => w.as(who).run(confirmFirstDay, { person })
  const listed = async (id: string) => (await w.as('auditor').ask(listFirstDays, {})).newcomers.find(({ person }) => person === id)

  it('waits for what the policies in force want first, and for the day; until then only one’s own duties are open', async () => {
    const { person, self } = await newcomer('Cleo', 3)
    assert.deepEqual((await listed(person))!.missing.map(({ mark, place }) => [mark, place]), [['nda', '/desk/agreements']])
    const held = { ...self, roles: ['admin'] as const, heldBack: (await w.read((tx) => heldBack(tx, self.accountId)))! }
    assert.match(held.heldBack, /first day/)
    assert.deepEqual((['own.do', 'account.own', 'reports.read', 'people.manage'] as const).map((permission) => may(held, permission)),
      [true, true, false, false])
    await assert.rejects(w.as(held).ask(listFirstDays, {}), { code: 'held_back' })
    await assert.rejects(confirm(person), { code: 'first_day_not_come' })
    days(3)
    await assert.rejects(confirm(person),
      { code: 'first_day_not_earned', message: 'Not yet. Have the confidentiality agreement signed. It can be done at /desk/first-days.' })
    await sign(self)
    assert.deepEqual((await listed(person))!.missing, [])
    await assert.rejects(confirm(person, self), { code: 'forbidden' })
    await assert.rejects(confirm(person, { ...self, roles: ['admin'] }), { code: 'second_person_needed' })
    await confirm(person)
    await assert.rejects(confirm(person), { code: 'already_started' })
    assert.equal(await w.read((tx) => heldBack(tx, self.accountId)), undefined)
    assert.equal(await listed(person), undefined)
    assert.equal(await standing('nda'), 'kept 1/1, 0 open')
  })

  it('is confirmed here and nowhere else', async () => {
    await assert.rejects(w.as(ann).run(recordEvidence, { kind: 'person.started', subjects: { person: 'somebody' } }),
      { fields: { kind: 'No practice has this kind of entry.' } })
  })

  it('holds back nobody who was here before, nor whoever has been here longest', async () => {
    for (const { accountId } of [ann, ben]) assert.equal(await w.read((tx) => heldBack(tx, accountId)), undefined)
    await w.write((tx) => tx.db.updateTable('people').set({ starts_on: today().add({ days: 9 }).toString() }).where('account_id', '=', ann.accountId).execute())
    assert.equal(await w.read((tx) => heldBack(tx, ann.accountId)), undefined)
    await w.write((tx) => tx.db.updateTable('people').set({ starts_on: null }).where('account_id', '=', ann.accountId).execute())
  })

  it('is overridden by two people with a reason, never by one, and the promise is broken in the open until it is met after all', async () => {
    const { person, self } = await newcomer('Dana', 0)
    const reason = 'The only one who can mend the outage.'
    await assert.rejects(w.as(ann).run(confirmOverride, { person }), { code: 'no_override_proposed' })
    await assert.rejects(w.as({ ...ann, confirmed: false }).run(proposeOverride, { person, reason }), { code: 'confirmation_needed' })
    await assert.rejects(w.as({ ...self, roles: ['admin'] }).run(proposeOverride, { person, reason }), { code: 'second_person_needed' })
    await w.as(ann).run(proposeOverride, { person, reason })
    const { first_days: [waiting] } = await w.as(ben).ask(listApprovals, {})
    assert.deepEqual([waiting!.reason, waiting!.yours, waiting!.sentences.length], [reason, false, 1])
    await assert.rejects(w.as(ann).run(confirmOverride, { person }), { code: 'second_person_needed' })
    assert.equal(await standing('nda'), 'kept 1/1, 0 open')
    const { entry } = await w.as(ben).run(confirmOverride, { person })
    const { overridden } = await w.read((tx) => factsOf<{ overridden: unknown }>(tx, entry))
    assert.deepEqual(overridden, { reason, missing: [{ policy: 'security', mark: 'nda' }] })
    assert.equal(await standing('nda'), 'broken 1/2, 1 open')
    days(1)
    assert.equal(await standing('nda'), 'broken 1/2, 1 open')
    await sign(self)
    assert.equal(await standing('nda'), 'kept 1/2, 0 open')
  })

  it('needs no override any more once what was missing is there', async () => {
    const { person, self } = await newcomer('Egon', 0)
    await w.as(ann).run(proposeOverride, { person, reason: 'It cannot wait at all.' })
    await sign(self)
    await assert.rejects(w.as(ann).run(proposeOverride, { person, reason: 'It cannot wait at all.' }), { code: 'nothing_is_missing' })
    await confirm(person)
    assert.equal(await standing('nda'), 'kept 2/3, 0 open')
  })

  it('asks for a background check within its time: due, kept, and broken by the clock', async () => {
    // Everybody who has joined by now is asked for.
    const { rows: open } = { rows: await w.read((tx) => tx.db.selectFrom('people').select(['id', 'account_id']).execute()) }
    assert.equal((await standing('background-check')).split(' ')[0], 'due')
    for (const { id, account_id } of open) {
      await w.as(account_id === ann.accountId ? ben : ann).run(recordBackgroundCheck, { person: id, result: 'cleared', decided_on: today().toString() })
    }
    assert.equal((await standing('background-check')).split(' ')[0], 'kept')
    const { person } = await newcomer('Finn', 0)
    await w.as(ann).run(recordBackgroundCheck, { person, result: 'not-cleared', decided_on: today().toString() })
    days(59)
    assert.equal((await standing('background-check')).split(' ')[0], 'due')
    days(2)
    assert.equal((await standing('background-check')).split(' ')[0], 'broken')
    await w.as(ann).run(recordBackgroundCheck, { person, result: 'not-permitted', decided_on: today().toString(), reason: 'Their union says so.' })
    assert.equal((await standing('background-check')).split(' ')[0], 'kept')
  })

  it('waits for the background check where a policy wants it first, without anybody saying it twice', async () => {
    const { person, self } = await newcomer('Gero', 0)
    await sign(self)
    assert.deepEqual((await listed(person))!.missing, [])
    await publish(strict)
    assert.deepEqual((await listed(person))!.missing.map(({ mark, place }) => [mark, place]), [['before', `/desk/first-days/${person}/background-check`]])
    await assert.rejects(confirm(person), { code: 'first_day_not_earned', message: /background check/ })
    await w.as(ann).run(recordBackgroundCheck, { person, result: 'cleared', decided_on: today().toString() })
    await settled()
    assert.deepEqual((await listed(person))!.background_check, { result: 'cleared', decided_on: today().toString() })
    await confirm(person)
  })

  it('lists who came lately without a first day, until somebody says it', async () => {
    const { person } = await w.as(ann).run(addPerson, { name: 'Noor', roles: ['member'] })
    await settled()
    const noor = await listed(person)
    assert.deepEqual([noor?.starts_on, noor?.come, noor!.missing.length > 0], [null, false, true])
    await w.as(ann).run(changePerson, { person, name: 'Noor', starts_on: today().add({ days: 2 }).toString(), roles: ['member'] })
    assert.equal((await listed(person))?.starts_on, today().add({ days: 2 }).toString())
    assert.equal(await listed(ann.accountId), undefined, 'whoever has been here longest let in the others')
  })

  it('leaves every proof when the person is erased, and nothing that says who it was', async () => {
    const { person, self } = await newcomer('Hanna', 0)
    await sign(self)
    await w.as(ann).run(recordBackgroundCheck, { person, result: 'cleared', decided_on: today().toString() })
    const { entry } = await (await settled(), confirm(person))
    const before = await standing('nda')
    await eraseAccount(w.database, self.accountId)
    await settled()
    assert.equal(await standing('nda'), before)
    await assert.rejects(w.read((tx) => factsOf(tx, entry)), { code: 'erased' })
    const kept = await w.read((tx) => tx.db.selectFrom('entries').innerJoin('data_keys', 'data_keys.id', 'key_id').select('kind')
      .where('kind', 'in', ['nda.signed', 'person.started', 'background-check.cleared']).where('data_keys.subject_id', '=', person)
      .where('destroyed_at', 'is', null).execute())
    assert.deepEqual(kept, [])
  })
})
