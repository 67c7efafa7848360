import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import '../../app.ts'
import { findKind } from '../../ledger/index.ts'
import { readPolicy } from './policy-text.ts'

const folder = new URL('../../../examples/', import.meta.url)
const examples = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/security.md`, folder))).map((name) => ({
  name,
  policy: readPolicy(readFileSync(new URL(`${name}/security.md`, folder), 'utf8')),
  clauses: JSON.parse(readFileSync(new URL(`${name}/clauses.json`, folder), 'utf8')) as Record<string, string[]>,
}))

const to = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
/** Every clause that promises something; W3, W6, W7, J7, J9 and J24 ask something of others, J25 limits what is promised. */
const promised = [...[1, 2, 4, 5, ...to(8, 24)].map((n) => `W${n}`), ...[1, ...to(2, 6), 8, ...to(10, 23)].map((n) => `J${n}`), 'J-contact', 'J-updates']

describe('the example policies', () => {
  it('are two', () => assert.deepEqual(examples.map(({ name }) => name), ['fernway', 'harbourlight']))

  for (const { name, policy, clauses } of examples) {
    it(`${name} has no problem, and says that it is invented`, () => {
      assert.deepEqual(policy.problems, [])
      assert.match(policy.sentences[1]!.text, /is an invented company/)
    })

    it(`${name} maps exactly its own marks to clauses`, () => {
      assert.deepEqual(Object.keys(clauses).toSorted(), policy.commitments.map(({ mark }) => mark).toSorted())
    })

    it(`${name} names somebody for every promise that takes work`, () => {
      assert.deepEqual(policy.commitments.filter(({ rule }) => !rule.owner && rule.body.pattern !== 'precedence').map(({ mark }) => mark), [])
    })

    it(`${name} speaks of nothing that could not be recorded`, () => {
      const kinds = policy.commitments.flatMap(({ mentions }) => mentions.map(({ kind }) => kind))
      assert.deepEqual(kinds.filter((kind) => !kind.startsWith('check.') && !findKind(kind)), [])
    })

    it(`${name} names no address that exists`, () => {
      for (const { text } of policy.sentences) for (const [host] of text.matchAll(/@[\w.-]+/g)) assert.match(host, /\.example\.invalid\b/)
    })
  }

  it('promise together everything that their models promised', () => {
    const covered = new Set(examples.flatMap(({ clauses }) => Object.values(clauses).flat()))
    assert.deepEqual(promised.filter((clause) => !covered.has(clause)), [])
  })
})
