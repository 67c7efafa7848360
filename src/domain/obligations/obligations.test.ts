import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Member } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { enlist } from '../../access/people.ts'
import { listMails } from '../../mail/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { acceptPolicy } from '../acceptances/accept-policy.ts'
import { askPeople } from '../acceptances/ask-people.ts'
import { readingOf } from '../acceptances/my-acceptances.ts'
import { exportPeopleDuties, listPeopleDuties } from './list-duties.ts'
import { remindOfDuties } from './remind.ts'

const policy = `# Security

Everybody accepts every policy within two weeks.[^accept]

[^accept]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.
`

describe('people × duties', () => {
  let w: World
  let ann: Member
  let ben: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    ann = await member('Ann', ['admin'])
    ben = await member('Ben', ['admin', 'triager'])
    const run = (name: string, input: object, who = ann) => w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, name.startsWith('policy.')
      ? { policy: 'security', ...input } : input)
    await run('policy.draft', { text: policy })
    await run('policy.submit', {})
    await run('policy.approve', {})
    await run('policy.approve', {}, ben)
    await run('policy.rehearse', {})
    await run('policy.publish', {})
    await run('course.adopt', { course: 'phishing' })
    await w.as({ kind: 'system', job: 'acceptances.ask' }).run(askPeople, {})
    const { text_sha256 } = await w.read((tx) => readingOf(tx, ann.accountId, 'security'))
    await w.as(ann).run(acceptPolicy, { policy: 'security', text_sha256, read: true })
  })
  after(() => w.close())

  async function member(personName: string, roles: ('admin' | 'triager')[]): Promise<Member> {
    const accountId = await createAccount(w.database.global, w.keyring, { name: personName, address: `${personName.toLowerCase()}@example.org` }, null)
    await w.write(async (tx) => { await addMember(tx, accountId, roles); await enlist(tx, accountId) })
    return { kind: 'member', accountId, personName, roles, confirmed: true }
  }
  const table = async (input: object = {}) => {
    const { columns, lines, behind } = await w.as(ann).ask(listPeopleDuties, input)
    return { behind, rows: lines.map(({ name, late, cells }) => [name, late,
      ...columns.map(({ key }) => cells[key] ? `${cells[key]!.state} ${cells[key]!.day}` : '')]) }
  }

  it('shows what is done, what is due and by when, from the practices’ own rows', async () => {
    assert.deepEqual(await table(), { behind: 0, rows: [['Ann', 0, 'done 2026-01-05', 'due 2026-02-05'], ['Ben', 0, 'due 2026-01-19', 'due 2026-02-05']]
      .toSorted((a, b) => String(a).localeCompare(String(b))) })
  })

  it('has those with most that is late first, and finds them by role and lateness', async () => {
    w.clock.set('2026-01-20T09:00:00Z')
    const { behind, rows } = await table()
    assert.deepEqual([behind, rows[0]], [1, ['Ben', 1, 'late 2026-01-19', 'due 2026-02-05']])
    assert.deepEqual((await table({ late: 'yes' })).rows.map(([name]) => name), ['Ben'])
    assert.deepEqual((await table({ role: 'triager' })).rows.map(([name]) => name), ['Ben'])
    assert.deepEqual((await table({ country: 'DE' })).rows, [])
    assert.match((await w.as('auditor').ask(exportPeopleDuties, {})).csv, /"Ben","1","late 2026-01-19","due 2026-02-05"\r\n/)
  })

  it('reminds one person, one column or all who are late, each of them once a day', async () => {
    const letters = async () => (await w.read((tx) => listMails(tx))).filter(({ subject }) => subject.startsWith('Still to do')).map(({ address }) => address)
    assert.deepEqual(await w.as(ann).run(remindOfDuties, {}), { reminded: 1 })
    assert.deepEqual(await w.as(ann).run(remindOfDuties, {}), { reminded: 0 })
    assert.deepEqual(await letters(), ['ben@example.org'])
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { person: ann.accountId }), { reminded: 1 }, 'her course is due')
    w.clock.set('2026-01-21T09:30:00Z')
    const course = (await w.as(ann).ask(listPeopleDuties, {})).columns[1]!.key
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { key: course }), { reminded: 2 })
    assert.deepEqual(await w.as(ann).run(remindOfDuties, { practice: 'policies' }), { reminded: 0 }, 'of a policy alone either')
    await assert.rejects(w.as('auditor').run(remindOfDuties, {}), { code: 'forbidden' })
  })
})
