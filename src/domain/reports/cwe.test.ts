import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allWeaknesses, cweName, cweStanding } from './cwe.ts'
import { weaknesses } from './weaknesses.ts'

describe('the list of weaknesses', () => {
  it('knows weaknesses, categories, what was withdrawn, and what is none of them', () => {
    assert.deepEqual(['CWE-79', 'CWE-16', 'CWE-1', 'CWE-99999', 'CWE-079', 'CWE-', '79', 'constructor'].map(cweStanding),
      ['weakness', 'category', 'deprecated', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'])
    assert.match(cweName('CWE-79')!, /Cross-site Scripting/)
    assert.ok(allWeaknesses().length > 900)
  })

  it('has every weakness that the form offers', () => {
    for (const [id] of weaknesses) assert.notEqual(cweStanding(id), 'unknown', id)
  })
})
