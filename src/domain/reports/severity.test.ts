import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rating, scoreOf } from './severity.ts'

test('it rates scores as CVSS does', () => {
  assert.deepEqual([0, 0.1, 3.9, 4, 6.9, 7, 8.9, 9, 10].map(rating), ['none', 'low', 'low', 'medium', 'medium', 'high', 'high', 'critical', 'critical'])
})

test('it scores 3.1 and 4.0 vectors and nothing else', () => {
  assert.equal(scoreOf('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'), 10)
  assert.equal(scoreOf('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L'), 9.2)
  for (const wrong of ['', 'CVSS:3.1/', 'CVSS:2.0/AV:N', 'high', 'CVSS:3.1/AV:N/AC:L']) assert.equal(scoreOf(wrong), null)
})
