import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Member } from '../../access/actor.ts'
import { listedUnder } from '../../access/people.ts'
import { standings } from '../../commitments/index.ts'
import { sequenceAll } from '../../ledger/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { connectAvow, runChecks } from '../systems/index.ts'
import { newInvitation } from '../accounts/invitation.ts'
import { joinAs } from '../accounts/join.ts'

const example = readFileSync(new URL('../../../examples/harbourlight/security.md', import.meta.url), 'utf8')
const marks = ['roles', 'acceptance', 'training', 'training-new', 'leavers']
/** The rules, word for word as Harbourlight has them. */
const rules = marks.map((mark) => example.split('\n').find((line) => line.startsWith(`[^${mark}]:`))!)
const text = (more = '') => `# Security\n\n${marks.map((mark) => `We promise ${mark}.[^${mark}]`).join(' ')} ${more}\n\n${rules.join('\n')}\n`
const course = '# Care\n\n| | |\n|---|---|\n| Pass mark | 100 % |\n\n## One\n### Question: Which?\n- [ ] left\n- [x] right\n'

describe('the promises about people, as Harbourlight makes them', () => {
  let w: World
  let ann: Member
  let ben: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    await connectAvow(w.database, w.organization.id, operations.verbs)
    ann = await member('Ann')
    ben = await member('Ben')
    await run('course.publish', { course: 'care', text: course })
  })
  after(() => w.close())

  async function member(personName: string): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const address = `${personName.toLowerCase()}@example.org`
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address }, null)
      const { path } = await newInvitation(tx, { roles: ['admin'], endsAt: null, personId: (await listedUnder(tx, address))?.id ?? null, invitedBy: null })
      await joinAs(tx, path.split('/').at(-1)!, id)
      return id
    })
    return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
  }

  const run = async (name: string, input: object, who: Member = ann): Promise<any> => w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input)
  const ask = async (name: string, input: object, who: Member = ann): Promise<any> => w.as(who).ask(operations.queries.find((query) => query.name === name)!,
    input)
  const days = (count: number) => w.clock.advance({ hours: 24 * count })

  async function publish(body: string): Promise<void> {
    await run('policy.draft', { policy: 'security', text: body, significant: true })
    await run('policy.submit', { policy: 'security' })
    for (const who of [ann, ben]) await run('policy.approve', { policy: 'security' }, who)
    await run('policy.rehearse', { policy: 'security' })
    await run('policy.publish', { policy: 'security' })
  }

  async function standing(mark: string): Promise<string | undefined> {
    await sequenceAll(w.database, w.organization.id)
    return (await standings(w.database, w.organization.id)).standings.find((one) => one.mark === mark)?.standing
  }

  async function accept(who: Member): Promise<void> {
    await run('acceptance.ask', {})
    const { text_sha256 } = (await ask('acceptance.list', {})).policies[0]
    await run('acceptance.give', { policy: 'security', text_sha256, read: true }, who)
  }

  async function pass(who: Member): Promise<void> {
    await run('course.begin', { course: 'care' }, who)
    await run('course.answer', { course: 'care', lesson: 1, answers: { '1.1': '1' } }, who)
  }

  const look = () => runChecks(w.database, w.organization.id, { kind: 'system', job: 'checks.look' }, { baseOf: async () => 'http://127.0.0.1:9' })

  it('acceptance is due until everybody has accepted, then kept, and broken after two weeks', async () => {
    await publish(text())
    assert.equal(await standing('acceptance'), 'due')
    for (const who of [ann, ben]) await accept(who)
    assert.equal(await standing('acceptance'), 'kept')
    await publish(text('We also lock our doors.'))
    await accept(ann)
    assert.equal(await standing('acceptance'), 'due')
    days(15)
    assert.equal(await standing('acceptance'), 'broken')
  })

  it('training of who is new is due for a month from the day on which they were listed, kept by the course, and broken after it', async () => {
    await run('person.add', { name: 'Cy', address: 'cy@example.org' })
    assert.equal(await standing('training-new'), 'due')
    const cy = await member('Cy')
    for (const who of [ann, ben, cy]) await pass(who)
    assert.equal(await standing('training-new'), 'kept')
    assert.notEqual(await standing('training'), 'broken')
    await run('person.add', { name: 'Dee', starts_on: '2026-01-20' })
    assert.equal(await standing('training-new'), 'due')
    days(32)
    assert.equal(await standing('training-new'), 'broken')
  })

  it('the access of who leaves is revoked by ticking the list: due, kept, and broken after a business day', async () => {
    const people = (await ask('person.list', {})).people as { id: string; name: string }[]
    const idOf = (name: string) => people.find((one) => one.name === name)!.id
    await run('person.end', { person: idOf('Cy'), ends_on: '2026-02-01' })
    assert.equal(await standing('leavers'), 'due')
    const { items } = await ask('checklist.list', { person: idOf('Cy') })
    await run('checklist.tick', { item: items.find((one: { records: string | null }) => one.records === 'access.revoked').id })
    assert.equal(await standing('leavers'), 'kept')
    await run('person.end', { person: idOf('Dee'), ends_on: '2026-02-01' })
    assert.equal(await standing('leavers'), 'due')
    days(4)
    assert.equal(await standing('leavers'), 'broken')
  })

  it('roles are looked at: kept while everything is somebody’s, broken by a hole in the table of responsibilities', async () => {
    await look()
    assert.equal(await standing('roles'), 'kept')
    await run('responsibility.set', { area: 'management', responsible: ['ben@example.org'] })
    await look()
    assert.equal(await standing('roles'), 'broken')
  })
})
