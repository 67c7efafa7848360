import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blindQuery } from './search-query.ts'

const query = (text: string) => blindQuery(text, 'en', (stem) => stem)

test('it wants all words, phrases with their gaps, and nothing that is excluded', () => {
  assert.equal(query('heap overflow'), "('heap' & 'overflow')")
  assert.equal(query('"denial of service" -login'), "('denial' <2> 'servic' & !('login'))")
  assert.equal(query('-"session token" admin'), "(!('session' <1> 'token') & 'admin')")
  assert.equal(query('xss or csrf token'), "('xss') | ('csrf' & 'token')")
  assert.equal(query('CVE-2026-1234'), "('cve' <1> '2026' <1> '1234')")
})

test('it asks for nothing where nothing can be found by it', () => {
  for (const text of ['', '   ', 'the of', '-login', 'or', 'or or', '""', '-', '"', '--', '& | ! ( ) :*']) assert.equal(query(text), undefined)
})

test('it reads a quotation mark that is never closed to the end', () => {
  assert.equal(query('"heap overflow'), "('heap' <1> 'overflow')")
})

test('it lets nothing through that PostgreSQL would read as an operator', () => {
  assert.equal(query("a'b | c:* & !d \\"), "('b' & 'c' & 'd')")
})
