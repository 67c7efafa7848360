import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { newId } from '../../lib/ids.ts'
import { inEmergency } from '../../access/roles.ts'
import { world, type World } from '../../../test/support/world.ts'
import { deskDuties } from '../duties/desk-duties.ts'
import { answerTeam } from './answer-team.ts'
import { countOpen } from './find.ts'
import { listReportsQuery, reportLines } from './list-reports.ts'
import { readReport } from './read-report.ts'
import { addPerson, openToTeam, removePerson, restrictReport } from './restrict-report.ts'
import { submitReport } from './submit-report.ts'

describe('a restricted report', () => {
  let w: World
  const member = (role: 'admin' | 'triager' | 'member'): Actor => ({ kind: 'member', accountId: newId(), personName: role, roles: [role], confirmed: true })
  const [ann, ben, cyd, dan] = [member('triager'), member('triager'), member('admin'), member('member')]
  const id = (actor: Actor) => (actor as { accountId: string }).accountId
  let report: string

  before(async () => {
    w = await world()
    await w.write(async (tx) => {
      for (const actor of [ann, ben, cyd, dan]) if (actor.kind === 'member') await addMember(tx, actor.accountId, actor.roles)
    })
    const content = { title: 'Quokka overflow', description: 'A quokka overflows when it is counted twice over.', steps: 'Count it twice.', good_faith: true }
    report = (await w.as('nobody').run(submitReport, content)).report
    await w.as(ann).run(restrictReport, { report })
  })
  after(() => w.close())

  const lists = async (actor: Actor) => (await w.as(actor).ask(listReportsQuery, {})).reports.length

  it('is in the list, the search, the count and the duties of those alone who were added', async () => {
    assert.deepEqual([await lists(ann), await lists(ben), await lists(cyd)], [1, 0, 0])
    const found = async (actor: Actor) => (await w.as(actor).ask(listReportsQuery, { search: 'quokka' })).reports.length
    assert.deepEqual([await found(ann), await found(ben), await found(cyd)], [1, 0, 0])
    const counted = (actor: Actor) => w.read((tx) => countOpen(tx, actor))
    assert.deepEqual([await counted(ann), await counted(ben)], [1, 0])
    assert.deepEqual((await w.read((tx) => reportLines(tx, ben, [report]))), [])
  })

  it('is not there for whoever was not added, also not for an administrator or a key', async () => {
    assert.equal((await w.as(ann).ask(readReport, { report })).restricted, true)
    const key: Actor = { kind: 'machine', keyId: newId(), roles: ['admin'], verbs: 'all' }
    for (const actor of [ben, cyd, key]) await assert.rejects(w.as(actor).ask(readReport, { report }), { code: 'not_found' })
    for (const actor of [ben, cyd]) await assert.rejects(w.as(actor).run(addPerson, { report, person: id(ben) }), { code: 'not_found' })
  })

  it('is owed something that only those know who were added, or who read the record', async () => {
    const { pseudonym } = await w.read((tx) =>
      tx.db.selectFrom('cases').select('pseudonym').where('subject_id', '=', report).executeTakeFirstOrThrow())
    const duty = { policy: 'security', mark: 'ack', what: ['report.acknowledged'], cases: { report: pseudonym }, overdue: false } as never
    const seen = async (actor: Actor) => (await w.read((tx) => deskDuties(tx, actor, [duty], []))).map((one) => one.report?.id ?? null)
    assert.deepEqual([await seen(ann), await seen(ben), await seen(dan), await seen(cyd)], [[report], [], [], [null]])
  })

  it('is told of to those alone who were added', async () => {
    const before = await w.read((tx) => tx.db.selectFrom('mails').select('id').execute())
    await w.as({ kind: 'reporter', reportId: report }).run(answerTeam, { report, message: 'Anybody there?' })
    const after = await w.read((tx) => tx.db.selectFrom('mails').select('id').execute())
    assert.equal(after.length - before.length, 1)
  })

  it('shows itself to whoever is added, until they are taken off or leave the team', async () => {
    await w.as(ann).run(addPerson, { report, person: id(cyd) })
    assert.equal(await lists(cyd), 1)
    await assert.rejects(w.as(ann).run(addPerson, { report, person: id(dan) }), { code: 'invalid_input' })
    await w.as(ann).run(removePerson, { report, person: id(cyd) })
    assert.equal(await lists(cyd), 0)
    await assert.rejects(w.as(ann).run(removePerson, { report, person: id(ann) }), { code: 'last_person' })
    await w.as(ann).run(addPerson, { report, person: id(ben) })
    w.clock.advance({ minutes: 1 })
    await w.write((tx) => addMember(tx, id(ben), ['triager']))
    assert.equal(await lists(ben), 0, 'who comes back is added anew')
  })

  it('opens to whoever broke the glass, for that hour', async () => {
    assert.equal(await lists({ ...cyd, lent: inEmergency } as Actor), 1)
    assert.equal(await lists(cyd), 0)
  })

  it('can be opened to the team again', async () => {
    await w.as(ann).run(openToTeam, { report })
    assert.deepEqual([await lists(ben), await lists(cyd)], [1, 1])
    await assert.rejects(w.as(ann).run(openToTeam, { report }), { code: 'not_restricted' })
  })
})
