import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
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

  it('reads half a letter as browsers send it, and refuses in words what the database has no place for', async () => {
    const echo = query({ name: 'member.echo', summary: 'Says it.', may: 'access.manage', input: z.object({ of: z.array(z.string()), stored: z.boolean() }),
      async run({ tx }, { of, stored }) {
        if (stored) await sql`select ${of[0]!}::text`.execute(tx.db)
        return of
      } })
    const ask = (text: string, stored: boolean) => w.as('admin').ask(echo, { of: [text], stored })
    assert.deepEqual(await ask('a\uD83Db', true), ['a\uFFFDb'])
    assert.deepEqual(await ask('a\0b', false), ['a\0b'])
    await assert.rejects(ask('a\0b', true), { code: 'nul_character' })
  })

  it('lets a query change nothing', async () => {
    const sly = query({ name: 'member.peek', summary: 'Looks.', may: 'access.manage', input: z.object({}),
      run: ({ tx }) => addMember(tx, newId(), ['member']) })
    await assert.rejects(w.as('admin').ask(sly, {}), /read-only/)
  })
})
