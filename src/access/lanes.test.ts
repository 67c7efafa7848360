import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { world, type World } from '../../test/support/world.ts'
import { attemptKey } from './attempts.ts'
import { pass, type Lane } from './lanes.ts'

const lane: Lane = { name: 'test lane', free: 3, longestWaitSeconds: 10, forgetSeconds: 3600 }

describe('a lane', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const waits = async (source: string): Promise<number> =>
    pass(w.database, lane, source).then(() => 0, (error: { retryAfterSeconds: number }) => error.retryAfterSeconds)
  /** As if so many seconds had passed. */
  const later = (seconds: number) => sql`
    update attempts set next_at = next_at - make_interval(secs => ${seconds}), resets_at = resets_at - make_interval(secs => ${seconds})`
    .execute(w.database.global)

  it('lets the free ones pass, then doubles the wait up to the longest', async () => {
    for (let i = 0; i < 3; i += 1) assert.equal(await waits('ada'), 0)
    const seen: number[] = []
    for (let i = 0; i < 5; i += 1) {
      const wait = await waits('ada')
      seen.push(wait)
      await later(wait)
      assert.equal(await waits('ada'), 0)
    }
    assert.deepEqual(seen, [1, 2, 4, 8, 10])
  })

  it('does not lengthen the wait of whoever is refused', async () => {
    for (let i = 0; i < 6; i += 1) await waits('bo')
    const wait = await waits('bo')
    for (let i = 0; i < 20; i += 1) await waits('bo')
    assert.ok(await waits('bo') <= wait)
  })

  it('begins anew when it was left alone', async () => {
    for (let i = 0; i < 5; i += 1) await waits('cy')
    await later(3601)
    for (let i = 0; i < 3; i += 1) assert.equal(await waits('cy'), 0)
  })

  it('has at most 2^20 places, whatever is sent, and none says who it was', () => {
    const key = attemptKey(w.keyring, lane.name, 'ada@example.org').toString()
    assert.match(key, /^test lane:[0-9a-f]{5}$/)
    assert.notEqual(key, attemptKey(w.keyring, lane.name, 'bo@example.org').toString())
  })
})
