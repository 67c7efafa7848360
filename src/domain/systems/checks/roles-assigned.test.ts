import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addMember } from '../../../access/memberships.ts'
import { newId } from '../../../lib/ids.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { lookAtRoles } from './roles-assigned.ts'

describe('the check that every role is assigned', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())
  const join = (roles: string[], endsAt: Date | null = null) => w.write((tx) => addMember(tx, newId(), roles, { endsAt }))
  const look = () => w.read(lookAtRoles)

  it('names what nobody may do, and fails', async () => {
    await join(['triager'])
    const { passed, detail } = await look()
    assert.equal(passed, false)
    assert.match(detail, /Nobody may: put policies in force\./)
  })

  it('asks for a second person who approves', async () => {
    await join(['admin'])
    assert.deepEqual(await look(), { passed: false, detail: 'There is no second person who approves.' })
    await join(['deputy'])
    assert.equal((await look()).passed, true)
  })

  it('counts nobody whose last day is over, and asks each auditor for one', async () => {
    await join(['auditor'])
    assert.deepEqual(await look(), { passed: false, detail: '1 auditor has no last day.' })
  })
})
