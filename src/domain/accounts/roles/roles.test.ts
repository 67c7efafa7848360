import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Actor, Member } from '../../../access/actor.ts'
import { may } from '../../../access/may.ts'
import { addMember, standingOf } from '../../../access/memberships.ts'
import { grantable } from '../../../access/roles.ts'
import { newId } from '../../../lib/ids.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { createKey } from '../api-keys.ts'
import { createInvitation } from '../invitation.ts'
import { joinAs } from '../join.ts'
import { changeRoles, removeMember } from '../members.ts'
import { announceAbsence, endAbsence } from './absences.ts'
import { breakGlass, mendGlass, reviewGlass } from './break-glass.ts'
import { defineRole, listRoles, removeRole } from './custom-roles.ts'
import { inviteMember } from './invite-member.ts'
import { permissionWords } from './role-words.ts'

describe('roles', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())
  beforeEach(() => w.write((tx) => tx.db.deleteFrom('memberships').execute()))

  /** A member as they would arrive now. */
  const arriving = async (accountId: string): Promise<Member | null> => {
    const standing = await w.read((tx) => standingOf(tx, accountId))
    return standing && { kind: 'member', accountId, personName: 'Somebody', confirmed: true, ...standing, until: standing.until ?? undefined } as Member
  }
  const joined = async (...roles: string[]): Promise<string> => {
    const id = newId()
    await w.write((tx) => addMember(tx, id, roles))
    return id
  }
  const as = async (id: string) => w.as((await arriving(id))!)
  const can = async (id: string, permission: Parameters<typeof may>[1]) => { const actor = await arriving(id); return actor !== null && may(actor, permission) }

  it('carry just what they were made of, at once and for everybody who holds them', async () => {
    const [admin, ann] = [await joined('admin'), await joined('member')]
    await (await as(admin)).run(defineRole, { name: 'reader', permissions: ['reports.read'] })
    await (await as(admin)).run(changeRoles, { member: ann, roles: ['reader'] })
    assert.deepEqual([await can(ann, 'reports.read'), await can(ann, 'reports.triage'), await can(ann, 'own.do')], [true, false, false])
    await (await as(admin)).run(defineRole, { name: 'reader', permissions: ['reports.triage'] })
    assert.deepEqual([await can(ann, 'reports.read'), await can(ann, 'reports.triage')], [false, true])
    await assert.rejects((await as(admin)).run(removeRole, { name: 'reader' }), { code: 'role_held' })
    await (await as(admin)).run(changeRoles, { member: ann, roles: ['member'] })
    await (await as(admin)).run(removeRole, { name: 'reader' })
    assert.ok(!(await (await as(admin)).ask(listRoles, {})).roles.some(({ name }) => name === 'reader'))
  })

  it('say in words what each of them carries', () => {
    assert.deepEqual(grantable.filter((permission) => permissionWords(permission) === permission), [])
  })

  it('refuses a role that has the name of one that comes with Avow, and one that nobody has made', async () => {
    const admin = await as(await joined('admin'))
    for (const name of ['admin', 'anyone', 'reporter', 'machine']) {
      await assert.rejects(admin.run(defineRole, { name, permissions: ['own.do'] }), { code: 'invalid_input' })
    }
    await assert.rejects(admin.run(inviteMember, { roles: ['ghost'] }), { code: 'invalid_input' })
    await assert.rejects(admin.run(defineRole, { name: 'sees-all', permissions: ['reports.restricted'] }), { code: 'invalid_input' })
  })

  it('lets nobody give what they lack: not by inviting, not by changing, not by a role, not by a key, not by standing in', async () => {
    const [admin, victim] = [await joined('admin'), await joined('admin')]
    await (await as(admin)).run(defineRole, { name: 'people-only', permissions: ['access.manage', 'keys.manage', 'own.do'] })
    const clerk = await joined('people-only')
    const other = await joined('member')
    const refused = { code: 'more_than_yours' }
    await assert.rejects((await as(clerk)).run(inviteMember, { roles: ['admin'] }), refused)
    await assert.rejects((await as(clerk)).run(changeRoles, { member: clerk, roles: ['admin'] }), refused)
    await assert.rejects((await as(clerk)).run(defineRole, { name: 'people-only', permissions: ['access.manage', 'reports.read'] }), refused)
    await assert.rejects((await as(clerk)).run(createKey, { name: 'x', roles: ['admin'] }), refused)
    await assert.rejects((await as(clerk)).run(announceAbsence, { member: victim, delegate: clerk, from: '2026-01-05', until: '2026-01-06' }), refused)
    await assert.rejects((await as(clerk)).run(changeRoles, { member: victim, roles: ['people-only'] }), refused, 'nor take it')
    await assert.rejects((await as(clerk)).run(removeMember, { member: victim }), refused)
    await assert.rejects((await as(clerk)).run(changeRoles, { member: other, roles: ['people-only'] }), refused, 'nor where the member may more')
    await (await as(clerk)).run(inviteMember, { roles: ['people-only'] })
  })

  it('keeps the last administrator, also when two remove each other at once', async () => {
    const [one, two] = [await joined('admin'), await joined('admin')]
    const both = await Promise.allSettled([(await as(one)).run(removeMember, { member: two }), (await as(two)).run(removeMember, { member: one })])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal((both.find((one) => one.status === 'rejected') as PromiseRejectedResult).reason.code, 'last_administrator')
    const left = both[0]!.status === 'fulfilled' ? one : two
    await assert.rejects((await as(left)).run(changeRoles, { member: left, roles: ['admin'], until: '2026-06-01' }), { code: 'last_administrator' })
    const path = await w.write((tx) => createInvitation(tx, ['member'], left))
    await assert.rejects(w.write((tx) => joinAs(tx, path.split('/').at(-1)!, left)), { code: 'member_already' })
  })

  it('ends with the last day of whoever is here for a time, with the keys that they made, and such a one gives nothing', async () => {
    const admin = await joined('admin')
    await assert.rejects((await as(admin)).run(inviteMember, { roles: ['auditor'] }), { code: 'invalid_input' })
    await assert.rejects((await as(admin)).run(inviteMember, { roles: ['auditor'], until: '2026-01-04' }), { code: 'invalid_input' })
    const path = (await (await as(admin)).run(inviteMember, { roles: ['auditor', 'admin'], until: '2026-01-06' })).path
    const ada = newId()
    await w.write((tx) => joinAs(tx, path.split('/').at(-1)!, ada))
    assert.equal((await arriving(ada))!.until!.toString(), '2026-01-07T00:00:00Z')
    await assert.rejects((await as(ada)).run(inviteMember, { roles: ['member'] }), { code: 'access_ends' })
    w.clock.advance({ hours: 39 })
    assert.equal(await arriving(ada), null)
  })

  describe('when somebody is away', () => {
    const away = async (how: { delegate: string; until?: string }) => {
      const ann = await joined('admin')
      const { absence } = await (await as(ann)).run(announceAbsence, { from: today(), until: today(), ...how })
      return { ann, absence }
    }
    const today = () => w.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString()

    it('passes what is theirs for the days, and takes it back afterwards', async () => {
      const ben = await joined('member')
      await away({ delegate: ben })
      assert.ok(await can(ben, 'policies.publish'))
      w.clock.advance({ days: 1 })
      assert.ok(!await can(ben, 'policies.publish'))
    })

    it('takes it back when they are back before', async () => {
      const ben = await joined('member')
      const { ann, absence } = await away({ delegate: ben })
      await (await as(ann)).run(endAbsence, { absence })
      assert.ok(!await can(ben, 'policies.publish'))
    })

    it('lets nobody pass on what was lent to them, along a chain or for good', async () => {
      const [ben, cyd] = [await joined('member'), await joined('member')]
      await away({ delegate: ben })
      await (await as(ben)).run(announceAbsence, { delegate: cyd, from: today(), until: today() })
      assert.ok(!await can(cyd, 'policies.publish'))
      await assert.rejects((await as(ben)).run(inviteMember, { roles: ['admin'] }), { code: 'more_than_yours' })
    })

    it('refuses somebody of no team, oneself, auditors, and days that are over', async () => {
      const [ann, eve] = [await joined('admin'), await joined('auditor')]
      for (const delegate of [ann, eve, newId()]) {
        await assert.rejects((await as(ann)).run(announceAbsence, { delegate, from: today(), until: today() }), { code: 'invalid_input' })
      }
      await assert.rejects((await as(ann)).run(announceAbsence, { from: '2020-01-01', until: '2020-01-02' }), { code: 'invalid_input' })
      const ben = await joined('member')
      await assert.rejects((await as(ben)).run(announceAbsence, { member: ann, from: today(), until: today() }), { code: 'forbidden' })
    })
  })

  describe('in an emergency', () => {
    const reason = 'Nobody is reachable and a report has to be answered tonight.'

    it('opens everything for an hour, tells the others, and is looked at by somebody else', async () => {
      const [ann, dee] = [await joined('admin'), await joined('deputy')]
      const { emergency } = await (await as(dee)).run(breakGlass, { reason })
      assert.deepEqual([await can(dee, 'policies.publish'), await can(dee, 'reports.restricted'), await can(ann, 'reports.restricted')], [true, true, false])
      await assert.rejects((await as(dee)).run(inviteMember, { roles: ['admin'] }), { code: 'more_than_yours' })
      const told = await w.read((tx) => tx.db.selectFrom('mails').select('subject').where('subject', 'like', '%emergencies%').execute())
      assert.equal(told.length, 1, 'one mail, to the administrator, and none to whoever took it')
      await assert.rejects((await as(ann)).run(reviewGlass, { emergency, justified: true, finding: 'Looked.' }), { code: 'not_over' })
      w.clock.advance({ minutes: 61 })
      assert.ok(!await can(dee, 'policies.publish'))
      await assert.rejects((await as(dee)).run(reviewGlass, { emergency, justified: true, finding: 'Fine.' }), { code: 'second_person_needed' })
      await (await as(ann)).run(reviewGlass, { emergency, justified: true, finding: 'Only the report was answered.' })
      await assert.rejects((await as(ann)).run(reviewGlass, { emergency, justified: false, finding: 'No.' }), { code: 'reviewed_already' })
    })

    it('can be given back before', async () => {
      const dee = await joined('deputy')
      const { emergency } = await (await as(dee)).run(breakGlass, { reason })
      await (await as(dee)).run(mendGlass, { emergency })
      assert.ok(!await can(dee, 'policies.publish'))
    })

    it('refuses whoever may not take it, and who gives no reason', async () => {
      await assert.rejects((await as(await joined('triager'))).run(breakGlass, { reason }), { code: 'forbidden' })
      await assert.rejects((await as(await joined('deputy'))).run(breakGlass, { reason: 'because' }), { code: 'invalid_input' })
      const unconfirmed: Actor = { ...(await arriving(await joined('deputy')))!, confirmed: false }
      await assert.rejects(w.as(unconfirmed).run(breakGlass, { reason }), { code: 'confirmation_needed' })
    })
  })
})
