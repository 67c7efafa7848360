import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Member } from '../../access/actor.ts'
import { addMember, rolesOf } from '../../access/memberships.ts'
import { listedUnder, personIdOf } from '../../access/people.ts'
import { readEvents, sequenceAll, subjectsOf } from '../../ledger/index.ts'
import { listMails } from '../../mail/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import { addPerson, changePerson, endPerson } from './change-team.ts'
import { listChecklists, myChecklist, tickItem } from '../checklists/checklists.ts'
import { turnDay } from './come-and-go.ts'
import { exportTeam, listTeam } from './export-team.ts'
import { remindOwners } from '../checklists/follow.ts'
import { importTeam, previewTeam } from './import-team.ts'
import { exportResponsibilities, holesInResponsibilities, listResponsibilities, setResponsibilities } from '../responsibilities/responsibilities.ts'
import { readTemplates, setTemplate } from '../checklists/templates.ts'
import '../checklists/index.ts'
import '../responsibilities/index.ts'
import './index.ts'

describe('people', () => {
  let w: World
  let ada: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    ada = await member('Ada', ['admin'])
  })
  after(() => w.close())

  async function member(personName: string, roles: Member['roles']): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const address = `${personName.toLowerCase()}@example.org`
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address }, null)
      await addMember(tx, id, roles, { listedAs: (await listedUnder(tx, address))?.id ?? null })
      return id
    })
    return { kind: 'member', accountId, personName, roles, confirmed: true }
  }

  const admin = () => w.as(ada)
  const person = async (name: string) => (await admin().ask(listTeam, {})).people.find((one) => one.name === name)!
  const turn = () => w.write(turnDay)
  const days = (count: number) => w.clock.advance({ hours: 24 * count })

  /** What the ledger says of one person, in order. */
  async function record(personId: string): Promise<string[]> {
    await sequenceAll(w.database, w.organization.id)
    return w.read(async (tx) => {
      const events = await readEvents(tx, 0, 10_000)
      const subjects = await subjectsOf(tx, events.flatMap(({ cases }) => cases['person'] ?? []))
      return events.filter(({ cases }) => subjects.get(cases['person'] ?? '') === personId).map(({ kind }) => kind)
    })
  }

  it('lists whoever has joined, with the account’s own name', async () => {
    const { people } = await w.as('auditor').ask(listTeam, {})
    assert.deepEqual(people.map(({ name, address, here, member: acts, source }) => ({ name, address, here, acts, source })),
      [{ name: 'Ada', address: 'ada@example.org', here: true, acts: true, source: 'account' }])
    await assert.rejects(w.as('triager').ask(listTeam, {}), { code: 'forbidden' })
  })

  it('knows somebody before they have an account, and by the same address they keep their id and join once', async () => {
    const { person: id } = await admin().run(addPerson, { name: 'Bo (HR)', address: 'bo@example.org', country: 'ch', manager: 'ada@example.org',
      title: 'Engineer' })
    assert.deepEqual(await record(id), ['person.joined'])
    assert.equal((await person('Bo (HR)')).member, false)
    const bo = await member('Bo', ['member'])
    assert.equal(await w.read((tx) => personIdOf(tx, bo.accountId)), id)
    assert.deepEqual(await record(id), ['person.joined'])
    const { title, country, manager, member: acts } = await person('Bo')
    assert.deepEqual({ title, country, manager, acts }, { title: 'Engineer', country: 'CH', manager: ada.accountId, acts: true })
    await assert.rejects(admin().run(addPerson, { name: 'Bo again', address: 'BO@example.org' }), { code: 'person_listed' })
    await assert.rejects(admin().run(addPerson, { name: 'X', country: 'XX' }),
      { fields: { country: 'Write the two letters of a country, such as CH (ISO 3166).' } })
    await assert.rejects(admin().run(addPerson, { name: 'X', manager: 'nobody@example.org' }), { code: 'invalid_input' })
  })

  it('keeps names and addresses nowhere in plain', async () => {
    await admin().run(addPerson, { name: 'Zacharias Unseen', address: 'unseen@example.org' })
    const rows = await w.read((tx) => tx.db.selectFrom('people').selectAll().execute())
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))).join('\n')
    for (const secret of ['Zacharias', 'unseen@']) assert.ok(!stored.includes(secret))
  })

  it('comes on the first day and goes after the last, with the access', async () => {
    const { person: id } = await admin().run(addPerson, { name: 'Cy', address: 'cy@example.org', starts_on: '2026-01-08' })
    assert.deepEqual(await record(id), [])
    assert.deepEqual((await admin().ask(listChecklists, { person: id })).items.map(({ list }) => list)[0], 'joiner')
    await turn()
    assert.equal((await person('Cy')).here, false)
    days(3)
    await turn()
    await turn()
    assert.deepEqual(await record(id), ['person.joined'])
    const cy = await member('Cy', ['member'])
    await assert.rejects(admin().run(endPerson, { person: id, ends_on: 'soon' }), { code: 'invalid_input' })
    await admin().run(endPerson, { person: id, ends_on: '2026-01-09' })
    days(1)
    await turn()
    assert.ok(await w.read((tx) => rolesOf(tx, cy.accountId)), 'the last day is a whole one')
    days(1)
    await turn()
    assert.equal(await w.read((tx) => rolesOf(tx, cy.accountId)), null)
    assert.deepEqual(await record(id), ['person.joined', 'person.left'])
  })

  it('writes down a move, once something else was known, and opens the list for it', async () => {
    const { id } = await person('Bo')
    await admin().run(changePerson, { person: id, title: 'Lead engineer', country: 'CH', department: 'Platform', manager: 'ada@example.org' })
    assert.deepEqual((await record(id)).slice(-1), ['person.moved'])
    const { items } = await admin().ask(listChecklists, { person: id })
    assert.deepEqual([...new Set(items.map(({ list }) => list))].toSorted(), ['joiner', 'mover'])
    assert.equal(items.find(({ list, owner }) => list === 'mover' && owner === 'Ada')?.open, true)
  })

  it('never takes the last administrator off the team', async () => {
    await admin().run(endPerson, { person: ada.accountId, ends_on: '2026-01-20' })
    days(12)
    await turn()
    assert.deepEqual(await w.read((tx) => rolesOf(tx, ada.accountId)), ['admin'])
    await assert.rejects(admin().run(endPerson, { person: ada.accountId, ends_on: '2026-01-20' }), { code: 'last_administrator' })
    await admin().run(changePerson, { person: ada.accountId })
  })

  it('has each item ticked by its owner, and the revoked access recorded with it', async () => {
    const { id } = await person('Cy')
    const bo: Member = { kind: 'member', accountId: (await person('Bo')).account!, personName: 'Bo', roles: ['member'] }
    const { items } = await admin().ask(myChecklist, {})
    const revoke = items.find(({ person: about, records }) => about === id && records === 'access.revoked')!
    await assert.rejects(w.as(bo).run(tickItem, { item: revoke.id }), { code: 'not_found' })
    await admin().run(tickItem, { item: revoke.id })
    await assert.rejects(admin().run(tickItem, { item: revoke.id }), { code: 'already_done' })
    assert.deepEqual((await record(id)).slice(-2), ['checklist.item-done', 'access.revoked'])
  })

  it('reminds owners of what is due, without saying what, and not again for a week', async () => {
    const letters = async () => (await w.read((tx) => listMails(tx))).filter(({ subject }) => subject === 'Something on a checklist is due')
    await w.write(remindOwners)
    const sent = await letters()
    assert.ok(sent.length > 0)
    assert.ok(sent.every(({ body }) => !body.includes('Cy') && body.includes('{link:/me/checklist}')))
    await w.write(remindOwners)
    assert.equal((await letters()).length, sent.length)
    days(7)
    await w.write(remindOwners)
    assert.ok((await letters()).length > sent.length)
  })

  it('takes an organisation’s own list, and names each line that it cannot read', async () => {
    await assert.rejects(admin().run(setTemplate, { list: 'joiner', items: 'days,owner,item\nsoon,manager,Hello\n0,The boss,\n' }),
      (error: { fields?: Record<string, string> }) => /Line 2: “soon”.*Line 3: the owner.*Line 3: say/s.test(error.fields?.['items'] ?? ''))
    await admin().run(setTemplate, { list: 'joiner', items: 'days,owner,item\n0,ada@example.org,Say hello\n' })
    const { person: id } = await admin().run(addPerson, { name: 'Di' })
    assert.deepEqual((await admin().ask(listChecklists, { person: id })).items.map(({ item, owner }) => [item, owner]), [['Say hello', 'Ada']])
    await admin().run(setTemplate, { list: 'joiner' })
    assert.match((await admin().ask(readTemplates, {})).templates[0]!.items, /Name a colleague/)
  })

  describe('a file', () => {
    const file = `\uFEFFID;E-mail;Name\n`
    const good = 'id,email,name,title,country,manager,start,end,roles\n'
      + '1,eve@example.org,"Eve, the first",CTO,CH,,2020-03-01,,member\n'
      + '2,fay@example.org,Fay,Engineer,DE,eve@example.org,2026-01-20,,member triager\n'
      + '3,bo@example.org,Robert,Lead engineer,AT,1,,,\n'

    it('is refused whole, with every cell that cannot be read', async () => {
      await assert.rejects(admin().ask(previewTeam, { text: 'hello' }), { code: 'invalid_input' })
      const { faults } = await admin().ask(previewTeam, { text: file.replace('E-mail', 'email') + '1;nowhere;\n1;x@example.org;X\n' })
      assert.deepEqual(faults.map(({ line, column }) => [line, column]), [[2, 'email'], [2, 'name'], [3, 'id']])
      const bad = good.replace('AT', 'Austria').replace(',1,,,', ',ghost@example.org,,,')
      assert.deepEqual((await admin().ask(previewTeam, { text: bad })).faults.map(({ line, column }) => [line, column]), [[4, 'country'], [4, 'manager']])
      await assert.rejects(admin().run(importTeam, { text: bad }), { code: 'invalid_input' })
      assert.equal(await person('Fay'), undefined)
    })

    it('is shown before it is done, then done, and its hash is in the ledger', async () => {
      const { planned, faults } = await admin().ask(previewTeam, { text: good })
      assert.deepEqual(faults, [])
      assert.deepEqual(planned.map(({ name, what }) => [name, what]), [['Eve, the first', 'add'], ['Fay', 'add'], ['Robert', 'change']])
      assert.deepEqual(planned[2]!.changes.map(({ column, to }) => [column, to]), [['id', '3'], ['country', 'AT'], ['manager', '1']])
      const done = await admin().run(importTeam, { text: good })
      assert.deepEqual({ ...done, entry: '' }, { rows: 3, added: 2, changed: 1, ended: 0, entry: '' })
      const [eve, fay, bo] = [await person('Eve, the first'), await person('Fay'), await person('Bo')]
      assert.deepEqual([fay.manager, bo.manager, bo.country], [eve.id, eve.id, 'AT'])
      assert.deepEqual((await admin().ask(previewTeam, { text: good })).planned.map(({ what }) => what), ['same', 'same', 'same'])
    })

    it('lists who came before Avow as opening evidence, without a joiner’s list', async () => {
      const { id } = await person('Eve, the first')
      await sequenceAll(w.database, w.organization.id)
      const events = await w.read((tx) => readEvents(tx, 0, 10_000))
      assert.equal(events.filter(({ kind, marks }) => kind === 'person.joined' && marks['opening'] === 'yes').length, 1)
      assert.deepEqual((await admin().ask(listChecklists, { person: id })).items, [])
      assert.ok((await admin().ask(listChecklists, { person: (await person('Fay')).id })).items.length > 0)
    })

    it('ends whoever is missing, where that is asked for', async () => {
      const less = good.split('\n').filter((line) => !line.includes('fay@')).join('\n')
      assert.deepEqual((await admin().ask(previewTeam, { text: less })).planned.map(({ what }) => what), ['same', 'same'])
      const { planned } = await admin().ask(previewTeam, { text: less, end_missing: true })
      assert.deepEqual(planned.filter(({ what }) => what === 'end').map(({ name, line }) => [name, line]), [['Fay', null]])
      const { ended } = await admin().run(importTeam, { text: less, end_missing: true })
      assert.equal(ended, 1)
      assert.deepEqual((await record((await person('Fay')).id)).slice(-1), ['person.left'])
    })

    it('is the one that an export gives', async () => {
      const { csv } = await w.as('auditor').ask(exportTeam, {})
      const { planned, faults } = await admin().ask(previewTeam, { text: csv })
      assert.deepEqual(faults, [])
      assert.deepEqual(planned.filter(({ what }) => what !== 'same'), [])
    })
  })

  describe('responsibilities', () => {
    const area = async (name: string) => (await w.as('member').ask(listResponsibilities, {})).areas.find((one) => one.area === name)!

    it('say nothing before somebody has begun', async () => {
      assert.deepEqual(await w.read(holesInResponsibilities), [])
      assert.equal((await area('Reports')).holes.length, 0)
    })

    it('show their holes: nobody accountable, two, somebody who has left', async () => {
      await assert.rejects(admin().run(setResponsibilities, { area: 'Reports', responsible: ['fay@example.org'] }), { code: 'invalid_input' })
      await admin().run(setResponsibilities, { area: 'Reports', responsible: ['ada@example.org'] })
      assert.deepEqual((await area('Reports')).holes, ['Nobody is accountable.'])
      assert.deepEqual(await w.read(holesInResponsibilities), ['Responsibilities with a hole: Reports.'])
      await admin().run(setResponsibilities, { area: 'Reports', responsible: ['ada@example.org'], accountable: ['ada@example.org', 'bo@example.org'] })
      assert.deepEqual((await area('Reports')).holes, ['More than one person is accountable.'])
      await admin().run(setResponsibilities, { area: 'Reports', responsible: ['bo@example.org'], accountable: ['ada@example.org'],
        informed: ['eve@example.org'] })
      assert.deepEqual((await area('Reports')).holes, [])
      await admin().run(endPerson, { person: (await person('Bo')).id, ends_on: '2026-01-01' })
      assert.deepEqual((await area('Reports')).holes, ['Somebody who is not of the team has it.'])
    })

    it('are exported as a table', async () => {
      const { text } = await w.as('member').ask(exportResponsibilities, { as: 'markdown' })
      assert.match(text, /^\| Area \| Responsible \| Accountable \| Consulted \| Informed \| Missing \|\n\| --- /)
      assert.match(text, /\| Reports \| Bo \| Ada \| {2}\| Eve, the first \| Somebody who is not of the team has it\. \|/)
      assert.match((await w.as('member').ask(exportResponsibilities, {})).text, /"Eve, the first"/)
    })
  })
})
