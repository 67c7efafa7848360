import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { world, type World } from '../../test/support/world.ts'
import { createAccount } from './accounts.ts'
import { endSession, endSessionsOf, findSession, startSession } from './sessions.ts'

describe('a session', () => {
  let w: World
  let account: string
  before(async () => {
    w = await world()
    account = await createAccount(w.database.global, w.keyring, { name: 'Ada', address: 'ada@example.org' }, null)
  })
  after(() => w.close())

  const limits = { idleMinutes: 60, absoluteHours: 24 }
  const begin = (stage: 'entered' | 'second-factor' = 'entered') => startSession(w.database.global, account, { methods: ['password'], stage }, limits)
  const lives = async (token: string) => await findSession(w.database.global, token, limits) !== null
  const age = (minutes: number, column: 'seen_at' | 'expires_at') =>
    sql`update sessions set ${sql.ref(column)} = ${sql.ref(column)} - make_interval(mins => ${minutes})`.execute(w.database.global)

  it('ends when it was left alone for so long, and lives on while it is used', async () => {
    const token = await begin()
    await age(50, 'seen_at')
    assert.ok(await lives(token))
    await age(50, 'seen_at')
    assert.ok(await lives(token), 'finding it has counted as use')
    await age(61, 'seen_at')
    assert.ok(!await lives(token))
  })

  it('ends at last, however much it is used', async () => {
    const token = await begin()
    await age(24 * 60 + 1, 'expires_at')
    assert.ok(!await lives(token))
  })

  it('waits for its second factor for minutes alone', async () => {
    const token = await begin('second-factor')
    await age(16, 'seen_at')
    assert.ok(!await lives(token))
  })

  it('is a token of 256 random bits that is stored as a hash alone, each a different one', async () => {
    const tokens = [await begin(), await begin()]
    assert.equal(new Set(tokens).size, 2)
    assert.equal(Buffer.from(tokens[0]!, 'base64url').length, 32)
    const stored = await sql<{ text: string }>`select sessions::text as text from sessions`.execute(w.database.global)
    const forms = tokens.flatMap((token) => [token, Buffer.from(token, 'base64url').toString('hex')])
    for (const { text } of stored.rows) for (const form of forms) assert.ok(!text.includes(form))
  })

  it('is ended alone, or with all others of its person', async () => {
    const [one, two, three] = [await begin(), await begin(), await begin()]
    await endSession(w.database.global, one)
    assert.deepEqual([await lives(one), await lives(two)], [false, true])
    const kept = (await findSession(w.database.global, two, limits))!.id
    await endSessionsOf(w.database.global, account, { except: kept })
    assert.deepEqual([await lives(two), await lives(three)], [true, false])
  })
})
