import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../access/accounts.ts'
import { addMember } from '../../access/memberships.ts'
import { personIdOf } from '../../access/people.ts'
import { world, type World } from '../../../test/support/world.ts'
import { joinAs } from '../accounts/join.ts'
import { inviteMember } from '../accounts/roles/invite-member.ts'
import { addPerson } from './change-team.ts'
import './index.ts'

describe('somebody of the list who is invited', () => {
  let w: World
  before(async () => { w = await world({ clock: '2026-01-05T09:00:00Z' }) })
  after(() => w.close())

  const account = (address: string) => w.write((tx) => createAccount(tx.db, tx.keyring, { name: 'Somebody', address }, null))
  const list = async (given: object) => (await w.as('admin').run(addPerson, { name: 'Gus', ...given })).person
  const invite = async (given: object) => (await w.as('admin').run(inviteMember, { roles: ['member'], ...given })).path

  /** Joins by the link under this address, and gives whom of the list that made them. */
  async function join(path: string, address: string): Promise<string> {
    const id = await account(address)
    return w.write(async (tx) => {
      await joinAs(tx, path.split('/').at(-1)!, id)
      return personIdOf(tx, id)
    })
  }

  it('is nobody who only types their address', async () => {
    const gus = await list({ address: 'gus@example.org' })
    assert.notEqual(await join(await invite({}), 'gus@example.org'), gus)
  })

  it('is whoever opens the link that was mailed to their address, whatever address they join with', async () => {
    const ina = await list({ address: 'ina@example.org' })
    assert.equal(await join(await invite({ address: 'INA@example.org' }), 'ina@home.example'), ina)
    await assert.rejects(invite({ person: ina }), { code: 'has_account' })
  })

  it('is whoever opens the link that was made for them', async () => {
    const jo = await list({})
    assert.equal(await join(await invite({ person: jo }), 'jo@example.org'), jo)
    await assert.rejects(invite({ person: crypto.randomUUID() }), { code: 'not_found' })
  })

  it('is whom the identity provider lets in under their address', async () => {
    const kim = await list({ address: 'kim@example.org' })
    const id = await account('kim@example.org')
    await w.write((tx) => addMember(tx, id, ['member'], { managedBy: 'provider' }))
    assert.equal(await w.read((tx) => personIdOf(tx, id)), kim)
  })
})
