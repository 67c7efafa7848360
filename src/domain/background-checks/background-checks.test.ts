import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { factsOf } from '../../ledger/index.ts'
import { newId } from '../../lib/ids.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { recordEvidence } from '../systems/record-evidence.ts'
import { listPeopleDuties } from '../obligations/list-duties.ts'
import { remindOfDuties } from '../obligations/remind.ts'
import { addPerson } from '../people/change-team.ts'
import { newestChecks } from './find.ts'
import { lawOf, recordBackgroundCheck, setLaw } from './record-check.ts'

describe('a background check', () => {
  let w: World
  let person: string
  before(async () => {
    w = await world()
    person = (await w.as('admin').run(addPerson, { name: 'Cleo', country: 'PL', roles: ['member'] })).person
  })
  after(() => w.close())

  const record = (input: object) => w.as('admin').run(recordBackgroundCheck, { person, decided_on: '2026-01-04', ...input })
  const fields = (fields: Record<string, string>) => ({ fields })

  it('knows no law: it says to ask a lawyer', async () => {
    assert.deepEqual(await w.read((tx) => lawOf(tx, 'PL')),
      { permitted: null, reason: 'Nobody has said what the law of this country allows. Ask your lawyer.' })
    assert.equal((await w.read((tx) => lawOf(tx, null))).permitted, null)
    await assert.rejects(record({ result: 'not-permitted' }), fields({ reason: 'Say why the law does not permit it. Your lawyer knows.' }))
  })

  it('is a word and a date: nothing else is taken, nor a day that has not come', async () => {
    await assert.rejects(record({ result: 'cleared', reason: 'The report says that …' }),
      fields({ reason: 'Only the word and the date are kept. A reason is given only where the law does not permit the check.' }))
    await assert.rejects(record({ result: 'cleared', decided_on: '2026-02-01' }), fields({ decided_on: 'This day has not come yet.' }))
    await assert.rejects(record({ result: 'fine' }), fields({ result: 'Choose one.' }))
    const { entry } = await record({ result: 'not-cleared' })
    assert.deepEqual(await w.read((tx) => factsOf(tx, entry)), { decided_on: '2026-01-04', note: '', reference: '' })
    assert.deepEqual(await w.read((tx) => newestChecks(tx, [person])), [{ person_id: person, result: 'not-cleared', decided_on: '2026-01-04' }])
  })

  it('counts also where another tool told of it', async () => {
    w.clock.advance({ minutes: 1 })
    await w.as('admin').run(recordEvidence, { kind: 'background-check.cleared', subjects: { person } })
    assert.deepEqual(await w.read((tx) => newestChecks(tx, [person])), [{ person_id: person, result: 'cleared', decided_on: '2026-01-05' }])
  })

  it('follows what the company said of the country, with its reason', async () => {
    await w.as('admin').run(setLaw, { country: 'pl', permitted: 'no', reason: 'Labour code, said our lawyer.' })
    await assert.rejects(record({ result: 'cleared' }), fields({ result: 'You said that the law of PL does not permit it: Labour code, said our lawyer.' }))
    const { entry } = await record({ result: 'not-permitted' })
    assert.equal((await w.read((tx) => factsOf<{ note: string }>(tx, entry))).note, 'Labour code, said our lawyer.')
    await w.as('admin').run(setLaw, { country: 'PL', permitted: 'yes', reason: 'Changed this year.' })
    await record({ result: 'cleared' })
  })

  it('is recorded by those who look after people, and of nobody by themself', async () => {
    await assert.rejects(w.as('triager').run(recordBackgroundCheck, { person, result: 'cleared', decided_on: '2026-01-04' }), { code: 'forbidden' })
    const self = w.as('admin')
    if (self.actor.kind !== 'member') throw new Error('An administrator is a member.')
    const { accountId } = self.actor
    await w.write((tx) => tx.db.updateTable('people').set({ account_id: accountId }).where('id', '=', person).execute())
    await assert.rejects(self.run(recordBackgroundCheck, { person, result: 'cleared', decided_on: '2026-01-04' }), { code: 'second_person_needed' })
  })

  it('stands in the table of people and their duties once a policy speaks of it, and nobody is reminded of their own', async () => {
    const text = '# Newcomers\n\nEach is checked.[^check]\n\n'
      + '[^check]: Every `person.joined` is followed by `background-check.cleared` or `background-check.not-permitted` within 60 days.\n'
    const run = (name: string, input: object = {}, who: Parameters<World['as']>[0] = 'admin') =>
      w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'newcomers', ...input })
    const cells = async () => (await w.as('admin').ask(listPeopleDuties, {})).lines.flatMap(({ person: id, late, cells }) =>
      cells['background-check'] ? [[id, late, cells['background-check']]] : [])
    assert.deepEqual(await cells(), [], 'no policy speaks of it')
    await run('policy.draft', { text })
    await run('policy.submit')
    await run('policy.approve')
    await run('policy.approve', {}, { kind: 'member', accountId: newId(), personName: 'Ben', roles: ['admin'], confirmed: true })
    await run('policy.rehearse')
    await run('policy.publish')
    w.clock.advance({ minutes: 1 })
    const { person: dora } = await w.as('admin').run(addPerson, { name: 'Dora', roles: ['member'] })
    w.clock.advance({ seconds: 1 })
    const { person: emil } = await w.as('admin').run(addPerson, { name: 'Emil', roles: ['member'] })
    await record({ person: emil, result: 'not-cleared' })
    assert.deepEqual(await cells(), [[person, 0, { state: 'done', day: '2026-01-04' }], [dora, 0, { state: 'due', day: '2026-03-06' }],
      [emil, 0, { state: 'due', day: '2026-03-06' }]])
    await record({ person: dora, result: 'cleared' })
    w.clock.advance({ hours: 24 * 70 })
    assert.deepEqual(await cells(), [[emil, 1, { state: 'late', day: '2026-03-06' }], [person, 0, { state: 'done', day: '2026-01-04' }],
      [dora, 0, { state: 'done', day: '2026-01-04' }]])
    assert.deepEqual(await w.as('admin').run(remindOfDuties, { person: emil }), { reminded: 0 })
  })
})
