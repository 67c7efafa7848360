import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../../access/actor.ts'
import { createAccount } from '../../../access/accounts.ts'
import { addMember } from '../../../access/memberships.ts'
import { listMails } from '../../../mail/index.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { mailReset } from './mail-reset.ts'
import { resetPassword } from './reset-password.ts'

describe('an administrator', () => {
  let w: World
  let member: string
  before(async () => {
    w = await world()
    member = await createAccount(w.database.global, w.keyring, { name: 'Ada', address: 'ada@example.org' }, null)
    await w.write((tx) => addMember(tx, member, ['triager']))
  })
  after(() => w.close())

  it('has the link mailed to the member, and learns nothing of it', async () => {
    assert.equal(await w.as('admin').run(mailReset, { member }), undefined)
    const [mail, ...others] = await w.read((tx) => listMails(tx))
    assert.deepEqual([mail!.address, others], ['ada@example.org', []])
    const token = /\/sign-in\/reset\/([^}]+)\}/.exec(mail!.body)![1]!
    await w.as('nobody').run(resetPassword, { token, password: 'walnut harbour tin violin' })
  })

  it('needs the permission, a second factor shown just now, and a member', async () => {
    await assert.rejects(w.as('triager').run(mailReset, { member }), { code: 'forbidden' })
    const unconfirmed = { ...w.as('admin').actor, confirmed: false } as Actor
    await assert.rejects(w.as(unconfirmed).run(mailReset, { member }), { code: 'confirmation_needed' })
    await assert.rejects(w.as('admin').run(mailReset, { member: w.organization.id }), { code: 'not_found' })
  })
})
