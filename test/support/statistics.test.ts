import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mannWhitney, median } from './statistics.ts'

describe('the rank test', () => {
  const even = Array.from({ length: 100 }, (_, i) => i)

  it('finds no difference where there is none', () => {
    const { p, guessed } = mannWhitney(even, even.map((value) => value + 0.5))
    assert.ok(p > 0.5)
    assert.ok(Math.abs(guessed - 0.505) < 1e-9)
  })

  it('finds one where there is one', () => {
    const { p, guessed } = mannWhitney(even, even.map((value) => value + 30))
    assert.ok(p < 1e-6)
    assert.ok(guessed > 0.7)
  })

  it('agrees with a worked example', () => {
    // U = 24 of 36 pairs; mean 18, standard deviation the root of 39; z = 0.9608.
    const { p, guessed } = mannWhitney([1, 2, 5, 6, 9, 10], [3, 4, 8, 11, 12, 7])
    assert.ok(Math.abs(guessed - 24 / 36) < 1e-9)
    assert.ok(Math.abs(p - 0.3367) < 1e-3)
  })

  it('takes the middle of an even number of values between two', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5)
    assert.equal(median([3, 1, 2]), 2)
  })
})
