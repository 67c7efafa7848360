import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import type { Member } from '../../access/actor.ts'
import { duties, standings } from '../../commitments/index.ts'
import { sequenceAll } from '../../ledger/index.ts'
import { newInvitation } from '../accounts/invitation.ts'
import { joinAs } from '../accounts/join.ts'
import { connectAvow } from '../systems/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { inPerson } from './desk-duties.ts'

const text = `# Security

We read our policies.[^read] We train.[^train] And early.[^early] We look at newcomers.[^look]

[^read]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.
[^train]: For each person, \`training.passed\` happens at least every year.
[^early]: Every \`person.joined\` is followed by \`training.passed\` within 1 month.
[^look]: Every \`person.joined\` is followed by \`background-check.cleared\` or \`background-check.not-permitted\` within 60 days.
`

describe('what somebody owes in person', () => {
  let w: World
  let ann: Member
  let cleo: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    await connectAvow(w.database, w.organization.id, operations.verbs)
    ann = await member('Ann')
    for (const [name, input, who] of [['draft', { text, significant: true }], ['submit', {}], ['approve', {}], ['approve', {}, await member('Ben')],
      ['rehearse', {}], ['publish', {}]] as const) await run(`policy.${name}`, { policy: 'security', ...input }, who)
    cleo = await member('Cleo')
    await sequenceAll(w.database, w.organization.id)
  })
  after(() => w.close())

  async function member(personName: string): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address: `${personName.toLowerCase()}@example.org` }, null)
      const { path } = await newInvitation(tx, { roles: ['admin'], endsAt: null, personId: null, invitedBy: null })
      await joinAs(tx, path.split('/').at(-1)!, id)
      return id
    })
    return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
  }
  const run = (name: string, input: object, who: Member = ann) => w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input)

  it('is listed once, by its first date, with the page on which it is done', async () => {
    const [all, { standings: stand }] = [await duties(w.database, w.organization.id), await standings(w.database, w.organization.id)]
    const newcomer = all.find(({ mark }) => mark === 'early')!.cases['person']
    const own = await w.read((tx) => inPerson(tx, cleo, all.filter(({ cases }) => cases['person'] === newcomer), stand))
    assert.deepEqual(own.map(({ deed, place }) => [deed, place]), [['Read and accept', '/me/policies/security'], ['Take the course', '/me/training']])
    assert.deepEqual(own.map(({ dueAt }) => new Date(dueAt!).toISOString().slice(0, 10)), ['2026-01-19', '2026-02-05'])
  })
})
