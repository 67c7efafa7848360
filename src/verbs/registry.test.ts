import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import type { Permission } from '../access/roles.ts'
import { registry } from './registry.ts'
import { query, verb, type Verb } from './verb.ts'

const closing = { name: 'report.close', summary: 'Closes it.', may: 'reports.triage', entries: [], input: z.object({}), run: async () => ({}) } as const
const declared = (over: Partial<Verb> = {}): Verb => verb({ ...closing, ...over })
const registered = (...verbs: Verb[]) => registry([{ name: 'test', verbs, queries: [] }], (kind) => kind === 'report.closed')

describe('the registry', () => {
  it('finds an operation by its name', () => assert.equal(registered(declared()).find('report.close')?.summary, 'Closes it.'))

  it('does not start with a verb that has no permission', () => {
    assert.throws(() => registered(declared({ may: undefined as unknown as Permission })), /names no permission/)
    assert.throws(() => registered(declared({ may: 'toString' as Permission })), /names no permission/)
  })

  it('does not start with two operations of one name', () => {
    const reading = query({ name: 'report.close', summary: '', may: 'reports.read', input: z.object({}), run: async () => ({}) })
    assert.throws(() => registry([{ name: 'a', verbs: [declared()], queries: [reading] }], () => true), /Two operations/)
  })

  it('does not start with a name that is not noun.verb', () => assert.throws(() => registered(declared({ name: 'close' })), /noun\.verb/))

  it('does not start with an entry kind that nobody has defined', () => {
    assert.throws(() => registered(declared({ entries: ['report.vanished'] })), /no entry kind/)
    assert.ok(registered(declared({ entries: ['report.closed'] })))
  })
})
