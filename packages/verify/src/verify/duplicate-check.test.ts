import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { facts, sampleDuplicate } from '../../test/sample-duplicate.ts'
import { formatDuplicate, parseDuplicate, type Duplicate } from '../ledger/duplicate.ts'
import { partsMatch, partsOf, partsRoot, sealParts } from '../ledger/parts.ts'
import { verifyDuplicate } from './duplicate-check.ts'
import { duplicateInWords } from './words.ts'

type Sample = Awaited<ReturnType<typeof sampleDuplicate>>

async function faults(change: (sample: Sample) => Duplicate, receipt: (sample: Sample) => string = ({ own }) => own, sample?: Sample): Promise<string[]> {
  const made = sample ?? await sampleDuplicate()
  return (await verifyDuplicate({ duplicate: formatDuplicate(change(made)), receipt: receipt(made) }, made.trust)).faults.map(({ code }) => code)
}

describe('the file about a duplicate', () => {
  it('proves before the disclosure that something is the original, since when, and tells nothing of it', async () => {
    const { sealed, own, trust } = await sampleDuplicate()
    const result = await verifyDuplicate({ duplicate: sealed, receipt: own }, trust)
    assert.deepEqual([result.faults, result.notes.map(({ code }) => code)], [[], ['original_sealed']])
    assert.deepEqual(result.original, { index: 1, at: Date.parse('2026-01-05T09:00:00Z') })
    for (const word of [facts.title, facts.asset, facts.weakness, 'report.received', 'bXkgb3duIGNhc2U']) assert.ok(!sealed.includes(word), word)
    assert.match(duplicateInWords(result), /entry 1, recorded 2026-01-05T09:00:00\.000Z/)
  })

  it('shows after the disclosure what was opened, and that the rest was there', async () => {
    const { opened, own, trust } = await sampleDuplicate()
    const result = await verifyDuplicate({ duplicate: opened, receipt: own }, trust)
    assert.deepEqual([result.faults, result.notes], [[], []])
    const description = result.opened!.parts.filter((part) => part === null || part.of === 'description')
    assert.deepEqual(description, [{ of: 'description', value: 'Any address is followed.\n' }, null])
    assert.ok(!opened.includes('token'))
  })

  it('is refused with another original, another report, or an original that came later', async () => {
    assert.deepEqual(await faults(({ file, sample }) => ({ ...file, original: { ...file.original, leaf: sample.leaves[0]! } })),
      ['original_differs', 'original_not_included'])
    assert.deepEqual(await faults(({ file }) => ({ ...file, named: { ...file.named, index: 0 } })), ['content_differs', 'original_not_included'])
    assert.deepEqual(await faults(({ file }) => file, ({ others }) => others), ['another_report', 'original_later'])
    assert.deepEqual(await faults(({ file }) => file, ({ own }) => own, await sampleDuplicate({ named: 2 })), ['original_later'])
  })

  it('is refused with an opening that is not what was recorded', async () => {
    assert.deepEqual(await faults(({ file, opening }) => ({ ...file, opening: { ...opening, kind: 'finding.opened' } })), ['opening_differs'])
    const invented = (of: string) => ({ file, opening }: Sample): Duplicate => ({ ...file, opening: {
      ...opening, parts: opening.parts.map((part) => part.of === of && 'salt' in part ? { ...part, value: 'Invented' } : part) } })
    for (const of of ['title', 'asset', 'description']) assert.deepEqual(await faults(invented(of)), ['parts_differ'])
    assert.deepEqual(await faults(({ file, opening }) => ({ ...file, opening: { ...opening, parts: opening.parts.slice(1) } })), ['parts_differ'])
  })

  it('has one spelling', async () => {
    const { sealed, opened } = await sampleDuplicate()
    for (const text of [sealed, opened]) assert.equal(formatDuplicate(parseDuplicate(text)), text)
    for (const text of [sealed.trim(), sealed.replace('{', '{ '), '{}\n', opened.replace('"of":', '"off":')]) {
      assert.throws(() => parseDuplicate(text), (error: { code?: string }) => error.code?.startsWith('malformed_') === true)
    }
  })
})

describe('parts', () => {
  const seed = new Uint8Array(32).fill(7)

  it('put together again are the text, however many lines it has', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a\n', '\n', 'b', '…\r\n'), { maxLength: 1500 }), (lines) => {
      const text = lines.join('')
      const parts = partsOf({ text })
      assert.ok(parts.length <= 500)
      assert.equal(parts.map(({ value }) => value).join(''), text)
    }), { numRuns: 50 })
  })

  it('have a root that nothing else has', () => {
    const root = partsRoot(sealParts(partsOf(facts), seed))
    assert.match(root, /^[0-9a-f]{64}$/)
    assert.ok(partsMatch(sealParts(partsOf(facts), seed), root))
    const others = [{ ...facts, weakness: '' }, { ...facts, tools: null }, { ...facts, title: `${facts.title}\n` }, { ...facts, description: 'x' }]
    for (const other of others) assert.ok(!partsMatch(sealParts(partsOf(other), seed), root))
    assert.notEqual(partsRoot(sealParts(partsOf(facts), new Uint8Array(32))), root)
  })
})
