import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Recent } from './recent.ts'

test('it makes a value once while it is asked for, and forgets what is not', () => {
  const made: string[] = []
  const recent = new Recent<string>(10)
  const get = (key: string) => recent.get(key, (asked) => { made.push(asked); return asked.toUpperCase() })
  for (let i = 0; i < 100; i++) {
    assert.equal(get('often'), 'OFTEN')
    get(`once ${i}`)
  }
  assert.equal(made.filter((key) => key === 'often').length, 1)
  get('once 99')
  assert.equal(made.length, 101)
  get('once 0')
  assert.equal(made.length, 102)
})
