import assert from 'node:assert/strict'
import { it } from 'node:test'
import { quartersOf } from './quarters.ts'

const months = (from: string, count: number) => Array.from({ length: count }, (_, i) => {
  const month = Temporal.PlainYearMonth.from(from).add({ months: i }).toString()
  return { month, total: i + 1, in_time: i }
})

it('tells of whole quarters alone, and nothing of the running month', () => {
  assert.deepEqual(quartersOf(months('2025-02', 13)), [
    { quarter: '2025-Q2', total: 12, in_time: 9 }, { quarter: '2025-Q3', total: 21, in_time: 18 }, { quarter: '2025-Q4', total: 30, in_time: 27 },
  ])
  assert.deepEqual(quartersOf(months('2025-01', 13)).map(({ quarter }) => quarter), ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'])
  // March is still running.
  assert.deepEqual(quartersOf(months('2025-03', 13)).map(({ quarter }) => quarter), ['2025-Q2', '2025-Q3', '2025-Q4'])
})
