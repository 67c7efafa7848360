import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addMember } from '../../access/memberships.ts'
import { newId } from '../../lib/ids.ts'
import { world, type World } from '../../../test/support/world.ts'
import { readSetUp } from './read-set-up.ts'

describe('set-up', () => {
  let w: World
  const [ann, ben] = [newId(), newId()]
  before(async () => {
    w = await world()
    await w.write((tx) => addMember(tx, ann, ['admin']))
  })
  after(() => w.close())
  const look = () => w.as('admin').ask(readSetUp, {})
  const left = async () => (await look()).steps.filter(({ done }) => !done).map(({ title }) => title)

  it('says what one person alone cannot do, and what will wait', async () => {
    assert.ok((await left()).includes('A deputy, from any department'))
    assert.ok((await look()).waits_for_one.includes('Approve as a second person'))
  })

  it('is done with when somebody else may, with nobody ticking it off', async () => {
    await w.write((tx) => addMember(tx, ben, ['deputy', 'triager']))
    assert.deepEqual(await left(), ['A policy in force', 'Two people who look after the access'])
    assert.ok(!(await look()).waits_for_one.includes('Approve as a second person'))
  })

  it('names what waits today, because whoever may is away and nobody stands in', async () => {
    await w.write((tx) => tx.db.insertInto('absences').values({
      organization_id: tx.organizationId, id: newId(), account_id: ann, delegate_id: null, starts_on: '2026-01-05', ends_on: '2026-01-06',
      announced_by: ann, announced_at: new Date(), withdrawn_at: null,
    }).execute())
    const { waits_now } = await look()
    assert.ok(waits_now.includes('Put policies in force') && !waits_now.includes('Approve as a second person'))
  })
})
