import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { standings } from '../../commitments/index.ts'
import { listMails } from '../../mail/index.ts'
import { append, sequenceAll } from '../../ledger/index.ts'
import { personJoined } from '../accounts/index.ts'
import { connectAvow } from '../systems/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { acceptPolicy } from './accept-policy.ts'
import { askPeople } from './ask-people.ts'
import { listMyAcceptances, readingOf } from './my-acceptances.ts'
import { followUp, remindOfDuties } from '../obligations/remind.ts'
import { requireAcceptance, requireFirst } from './require.ts'
import { listAcceptances } from './team-acceptances.ts'

const text = (more = '') => `# Security

Everybody accepts every policy within two weeks.[^accept] ${more}

[^accept]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.
`

describe('acceptances', () => {
  let w: World
  let ann: Member
  let ben: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    await connectAvow(w.database, w.organization.id, operations.verbs)
    ann = await member('Ann')
    ben = await member('Ben')
  })
  after(() => w.close())

  async function member(personName: string): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address: `${personName.toLowerCase()}@example.org` },
        'a password that is long enough')
      await addMember(tx, id, ['admin'])
      await append(tx, personJoined, { subjects: { person: id }, marks: {}, facts: { roles: ['admin'], invited_by: null } })
      return id
    })
    return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
  }

  const run = (name: string, input: object, who: Actor = ann) => w.as(who).run(operations.verbs.find((verb) => verb.name === name)!,
    { policy: 'security', ...input })
  async function publish(body: string, significant = false): Promise<void> {
    await run('policy.draft', { text: body, significant })
    await run('policy.submit', {})
    await run('policy.approve', {})
    await run('policy.approve', {}, ben)
    await run('policy.rehearse', {})
    await run('policy.publish', {})
  }
  const ask = () => w.as({ kind: 'system', job: 'acceptances.ask' }).run(askPeople, {})
  const reading = (who: Member) => w.read((tx) => readingOf(tx, who.accountId, 'security'))
  const accept = async (who: Member) => w.as(who).run(acceptPolicy, { policy: 'security', text_sha256: (await reading(who)).text_sha256, read: true })
  const mine = async (who: Member) => (await w.as(who).ask(listMyAcceptances, {})).policies.map(({ policy, version, accepted_at }) => [policy, version,
    accepted_at !== null])
  const letters = async () => (await w.read((tx) => listMails(tx))).map(({ address, subject }) => `${address}: ${subject}`)

  async function standing(): Promise<string | undefined> {
    await sequenceAll(w.database, w.organization.id)
    return (await standings(w.database, w.organization.id)).standings.find(({ mark }) => mark === 'accept')?.standing
  }

  it('asks everybody once, when a promise in force speaks of it, with one letter', async () => {
    assert.deepEqual(await ask(), { people: 0, more: false })
    await publish(text())
    assert.deepEqual(await ask(), { people: 2, more: false })
    assert.deepEqual(await ask(), { people: 0, more: false })
    assert.deepEqual((await letters()).filter((letter) => letter.endsWith('A policy to read and accept')).toSorted(),
      ['ann@example.org: A policy to read and accept', 'ben@example.org: A policy to read and accept'])
    assert.deepEqual(await mine(ann), [['security', 1, false]])
  })

  it('takes the text that was read, by its hash, from a person, once', async () => {
    const read = { policy: 'security', text_sha256: '0'.repeat(64), read: true as const }
    await assert.rejects(w.as(ann).run(acceptPolicy, read), { code: 'policy_changed' })
    const { text_sha256 } = await reading(ann)
    await assert.rejects(w.as(ann).run(acceptPolicy, { ...read, text_sha256, read: false as unknown as true }),
      { fields: { read: 'Tick that you have read it and accept it.' } })
    const key: Actor = { kind: 'machine', keyId: ann.accountId, roles: ['admin'], verbs: 'all' }
    await assert.rejects(w.as(key).run(acceptPolicy, { ...read, text_sha256 }), { code: 'people_only' })
    assert.equal(await standing(), 'due')
    await accept(ann)
    await assert.rejects(accept(ann), { code: 'already_accepted' })
    assert.deepEqual(await mine(ann), [['security', 1, true]])
    const { policies } = await w.as('auditor').ask(listAcceptances, {})
    assert.deepEqual(policies.map(({ given, missing }) => [given.map(({ person }) => person), missing.map(({ person }) => person)]),
      [[[ann.accountId], [ben.accountId]]])
  })

  it('reminds those who are behind, once a day, and once it is late tells their manager, and whoever leads, once', async () => {
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { practice: 'policies' }), { reminded: 1 })
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { practice: 'policies' }), { reminded: 0 })
    assert.equal((await letters()).filter((letter) => letter === 'ben@example.org: Still to do: what waits for you').length, 1)
    assert.equal(await standing(), 'due')
    w.clock.advance({ hours: 24 * 15 })
    assert.equal(await standing(), 'broken')
    await w.write((tx) => tx.db.updateTable('people').set({ manager_id: ann.accountId }).where('id', '=', ben.accountId).execute())
    for (const hour of [1, 2]) {
      w.clock.advance({ hours: hour })
      await w.write(followUp)
    }
    const told = (await letters()).filter((letter) => letter.includes(': Late: ')).toSorted()
    assert.deepEqual(told, ['ann@example.org: Late: what people have still to do', 'ann@example.org: Late: what your people have still to do',
      'ben@example.org: Late: what people have still to do'])
    assert.equal((await letters()).filter((letter) => letter === 'ben@example.org: Still to do: what waits for you').length, 2)
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { practice: 'policies' }), { reminded: 0 }, 'one reminder a day, whoever sends it')
  })

  it('shows what has changed since the version that somebody accepted, and asks anew', async () => {
    await publish(text('We also lock our doors.'), true)
    assert.deepEqual(await ask(), { people: 2, more: false })
    const { before, text: now } = await reading(ann)
    assert.equal(before?.version, 1)
    assert.match(now, /lock our doors/)
    await accept(ann)
    assert.equal((await reading(ann)).before, null)
  })

  it('keeps an acceptance over a version without a significant change, where it was said so', async () => {
    await w.as(ann).run(requireAcceptance, { policy: 'security', every_version: false })
    await publish(text('We also lock our doors, always.'))
    assert.deepEqual(await ask(), { people: 0, more: false })
    assert.deepEqual(await mine(ann), [['security', 2, true]])
  })

  it('asks whoever has to by their role, and nobody else', async () => {
    await w.as(ann).run(requireAcceptance, { policy: 'security', roles: ['triager'] })
    assert.deepEqual(await mine(ann), [])
    await assert.rejects(w.as(ann).run(requireAcceptance, { policy: 'unknown' }), { code: 'not_found' })
  })

  it('asks whoever works in the countries that were named, and whose country nobody has said', async () => {
    const country = (who: Member, code: string | null) => w.write((tx) => tx.db.updateTable('people').set({ country: code })
      .where('id', '=', who.accountId).execute())
    await country(ann, 'DE')
    await country(ben, 'FR')
    await w.as(ann).run(requireAcceptance, { policy: 'security', countries: ['FR'] })
    assert.deepEqual([await mine(ann), (await mine(ben)).length], [[], 1])
    await country(ann, null)
    assert.equal((await mine(ann)).length, 1)
    await assert.rejects(w.as(ann).run(requireAcceptance, { policy: 'security', countries: ['XX'] }),
      { fields: { 'countries[0]': 'Write the two letters of a country, such as CH (ISO 3166).' } })
  })

  it('opens nothing but one’s own duties before everything is accepted, where that was said; who mends policies gets through', async () => {
    const held = async (who: Member) => w.read(async (tx) => (await tx.db.selectFrom('people').select('held_since').where('id', '=', who.accountId)
      .executeTakeFirstOrThrow()).held_since !== null)
    await w.as(ann).run(requireAcceptance, { policy: 'security', every_version: true })
    await publish(text('And the windows.'), true)
    await ask()
    await accept(ann)
    assert.deepEqual([await held(ann), await held(ben)], [false, false], 'nobody has said so yet')
    await w.as(ann).run(requireFirst, { first: true })
    assert.deepEqual([await held(ann), await held(ben)], [false, true])
    const newcomer = await member('Cem')
    assert.equal(await held(newcomer), true, 'from the moment at which they have an account')
    await ask()
    await accept(ben)
    await accept(newcomer)
    assert.deepEqual([await held(ben), await held(newcomer)], [false, false])
    await publish(text('And the roof.'), true)
    await ask()
    assert.equal(await held(ann), true, 'a new version closes it again')
    await w.as(ann).run(requireFirst, { first: false })
    assert.deepEqual([await held(ann), await held(ben)], [false, false])
  })
})
