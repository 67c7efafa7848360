import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { defineKind, findKind, Mark } from './kinds.ts'

const kind = { stream: 'disclosure', subjects: ['report'], facts: z.object({}), vouch: 'both' } as const

describe('the registry of entry kinds', () => {
  it('finds a kind by its name', () => {
    const known = defineKind({ ...kind, kind: 'test.known', marks: z.object({ by: z.enum(['human', 'machine']) }) })
    assert.equal(findKind('test.known'), known)
  })

  it('refuses a second definition', () => {
    defineKind({ ...kind, kind: 'test.twice', marks: z.object({}) })
    assert.throws(() => defineKind({ ...kind, kind: 'test.twice', marks: z.object({}) }), /defined twice/)
  })

  for (const mark of ['name', 'mail', 'reporter_email', 'phone', 'ip', 'user_name', 'title']) {
    it(`refuses the mark “${mark}”, which would identify somebody for ever`, () => {
      assert.throws(() => defineKind({ ...kind, kind: 'test.identifying', marks: z.object({ [mark]: z.string() }) }), /would identify somebody/)
    })
  }

  it('refuses marks that the ledger writes itself', () => {
    assert.throws(() => defineKind({ ...kind, kind: 'test.vouching', marks: z.object({ vouch: z.string() }) }), /written by the ledger/)
  })

  it('refuses open facts in a stream that does not open at once', () => {
    assert.throws(() => defineKind({ ...kind, kind: 'test.open', marks: z.object({}), open: true }), /opens at once/)
  })

  it('takes short words and dates as marks, and no prose, address or control character', () => {
    for (const good of ['human', 'CVSS:3.1', '2026-01-05T09:00:00Z', 'payments api']) assert.ok(Mark.safeParse(good).success, good)
    for (const bad of ['', ' x', 'a@b.example', 'x'.repeat(65), 'a\nb', 'a\u0000']) assert.ok(!Mark.safeParse(bad).success, bad)
  })
})
