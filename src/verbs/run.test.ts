import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import { addMember } from '../access/memberships.ts'
import { configureStream } from '../ledger/index.ts'
import { newId } from '../lib/ids.ts'
import { query, verb } from './verb.ts'

describe('running a verb', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const member = newId()
  const joining = (over: { entries?: string[]; fail?: boolean } = {}) => verb({
    name: 'member.add', summary: 'Adds.', may: 'access.manage', entries: over.entries ?? [], input: z.object({ name: z.string().min(1) }),
    async run({ tx }) {
      await addMember(tx, member, ['member'])
      await configureStream(tx, 'people', { opens: 'sealed', delayDays: 0 })
      if (over.fail) throw new Error('no')
    },
  })
  const members = () => w.read((tx) => tx.db.selectFrom('memberships').select('account_id').execute())

  it('asks for the permission before it looks at the input', async () => {
    await assert.rejects(w.as('nobody').run(joining(), { name: '' }), { code: 'unauthenticated' })
    await assert.rejects(w.as('member').run(joining(), { name: '' }), { code: 'forbidden' })
    await assert.rejects(w.as('admin').run(joining(), { name: '' }), { code: 'invalid_input' })
  })

  it('leaves nothing behind when it fails', async () => {
    await assert.rejects(w.as('admin').run(joining({ entries: ['stream.configured'], fail: true }), { name: 'x' }), /no/)
    assert.deepEqual(await members(), [])
  })

  it('lets no entry be appended that the verb has not declared', async () => {
    await assert.rejects(w.as('admin').run(joining(), { name: 'x' }), /has not declared/)
    await w.as('admin').run(joining({ entries: ['stream.configured'] }), { name: 'x' })
    assert.equal((await members()).length, 1)
  })

  it('lets a query change nothing', async () => {
    const sly = query({ name: 'member.peek', summary: 'Looks.', may: 'access.manage', input: z.object({}),
      run: ({ tx }) => addMember(tx, newId(), ['member']) })
    await assert.rejects(w.as('admin').ask(sly, {}), /read-only/)
  })
})
