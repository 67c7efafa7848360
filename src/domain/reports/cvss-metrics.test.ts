import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosenIn, computed } from './cvss-metrics.ts'

test('it computes score and severity of every version from the values that were chosen', () => {
  const old = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N'
  assert.deepEqual(computed('3.1', chosenIn(old).chosen), { vector: old, score: 6.1, severity: 'medium' })
  const recent = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'
  assert.deepEqual(computed('4.0', chosenIn(recent).chosen), { vector: recent, score: 9.3, severity: 'critical' })
})

test('it says how many values are missing, and takes none that does not exist', () => {
  assert.deepEqual(computed('3.1', { AV: 'N', AC: 'X' }), { missing: 7 })
  assert.deepEqual(chosenIn('CVSS:4.0/AV:N/SC:Q/E:P'), { version: '4.0', chosen: { AV: 'N' } })
  for (const nonsense of ['', '/', 'CVSS:4.0/', ':::/:/__proto__:x']) assert.deepEqual(chosenIn(nonsense).chosen, {})
})
