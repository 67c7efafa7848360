import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { stagesOf } from './stages.ts'

const day = 86_400_000
const week = { openedAt: 0, dueAt: 7 * day, late: false }

describe('when a duty is spoken of', () => {
  it('is at three quarters of its time, on its last day, and once it is late', () => {
    assert.deepEqual(stagesOf(week, 5 * day, undefined), [])
    assert.deepEqual(stagesOf(week, 5.3 * day, undefined), ['soon'])
    assert.deepEqual(stagesOf(week, 6.1 * day, undefined), ['soon', 'today'])
    assert.deepEqual(stagesOf({ ...week, late: true }, 7 * day, 24), ['late'])
  })

  it('is not on the last day of what had but a few', () => {
    assert.deepEqual(stagesOf({ openedAt: 0, dueAt: 2 * day, late: false }, 1.8 * day, undefined), ['soon'])
  })

  it('reaches the next person so many hours before, and never before half of its time is gone', () => {
    assert.deepEqual(stagesOf(week, 6.1 * day, 24), ['soon', 'today', 'next'])
    assert.deepEqual(stagesOf({ openedAt: 0, dueAt: 15 * 60_000, late: false }, 6 * 60_000, 24), [])
    assert.deepEqual(stagesOf({ openedAt: 0, dueAt: 15 * 60_000, late: false }, 8 * 60_000, 24), ['next'])
  })

  it('never goes back as time goes by, until it is late', () => {
    fc.assert(fc.property(fc.nat(30 * day), fc.nat(30 * day), fc.nat(30 * day), fc.option(fc.integer({ min: 1, max: 720 }), { nil: undefined }),
      (time, a, b, hours) => {
        const duty = { openedAt: 0, dueAt: time, late: false }
        const [early, later] = [stagesOf(duty, Math.min(a, b), hours), stagesOf(duty, Math.max(a, b), hours)]
        assert.ok(later[0] === 'late' || early.every((stage) => later.includes(stage)))
      }))
  })
})
