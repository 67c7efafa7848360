import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Duty } from 'avow-verify'
import { sectionsOf } from './sections.ts'

const now = Date.parse('2026-01-05T09:00:00Z')
const hours = (n: number) => now + n * 3_600_000
const duty = (mark: string, due: number | undefined): Duty => ({
  policy: 'security', mark, what: [`${mark}.done`], cases: { report: `${mark} ${due}` }, opened_at: now, overdue: due !== undefined && due < now,
  ...due !== undefined && { due_at: due },
})
const marks = (duties: readonly Duty[]) => duties.map(({ mark }) => mark)

test('what is owed comes by how pressing it is', () => {
  const sections = sectionsOf([duty('late', hours(-1)), duty('soon', hours(20)), duty('later', hours(24 * 8)), duty('still', undefined)], now)
  assert.deepEqual(sections.map(({ title, n, shown }) => [title, n, ...marks(shown)]),
    [['Late', 1, 'late'], ['Within a week', 1, 'soon'], ['Later', 1, 'later'], ['Waiting for somebody else', 1, 'still']])
  assert.deepEqual(sectionsOf([], now), [])
})

test('however much one promise calls for, the others are seen', () => {
  const flood = Array.from({ length: 50_000 }, (_, n) => duty('ack', hours(1 + n / 1000)))
  const all = [...flood, duty('scan', hours(100)), duty('ack', hours(-1))].toSorted((a, b) => a.due_at! - b.due_at!)
  const [section, ...others] = sectionsOf(all, now).toReversed()
  assert.deepEqual(marks(section!.shown), ['ack', 'ack', 'ack', 'ack', 'ack', 'scan'])
  assert.deepEqual([section!.n, section!.more], [50_001, [{ policy: 'security', mark: 'ack', what: ['ack.done'], n: 49_995, dueAt: flood[5]!.due_at }]])
  assert.deepEqual(others.map(({ title, n, more }) => [title, n, more]), [['Late', 1, []]])
})

test('a single line is never folded away', () => {
  const [section] = sectionsOf(Array.from({ length: 6 }, (_, n) => duty('ack', hours(n + 1))), now)
  assert.deepEqual([section!.shown.length, section!.more], [6, []])
})
