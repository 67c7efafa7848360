import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../domain/reports/index.ts'
import '../domain/systems/index.ts'
import { dutyWords } from './duty-words.ts'

test('it says what to do in the words of the desk, or in those that the kind has for itself', () => {
  assert.equal(dutyWords(['report.verified', 'report.closed']), 'Verify the report, or close it')
  assert.equal(dutyWords(['safe-harbour.letter-issued']), 'Record that we told the third party that the conduct was authorised')
  assert.equal(dutyWords(['check.contact']), 'Check that page, security.txt and mailbox of the security contact answer')
  assert.equal(dutyWords(['nobody.knows-this']), 'Record: nobody knows this')
})
