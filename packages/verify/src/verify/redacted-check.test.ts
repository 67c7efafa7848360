import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { facts, sampleDuplicate } from '../../test/sample-duplicate.ts'
import { formatContent } from '../ledger/receipt.ts'
import { formatRedacted, parseRedacted, type Redacted } from '../ledger/redacted.ts'
import { isRedactedFile, verifyRedacted } from './redacted-check.ts'
import { redactedInWords } from './words.ts'

type Sample = Awaited<ReturnType<typeof sampleDuplicate>>
type Others = { receipt?: string; content?: string }

async function faults(change: (file: Redacted) => Redacted, others: (sample: Sample) => Others = () => ({})): Promise<string[]> {
  const sample = await sampleDuplicate()
  return (await verifyRedacted({ redacted: formatRedacted(change(sample.redacted)), ...others(sample) }, sample.trust)).faults.map(({ code }) => code)
}

describe('a report that was published with passages sealed', () => {
  it('is proven against the log: what is open, where something is sealed, and since when', async () => {
    const { redacted, trust } = await sampleDuplicate()
    const text = formatRedacted(redacted)
    const result = await verifyRedacted({ redacted: text }, trust)
    assert.deepEqual([result.faults, result.notes.map(({ code }) => code)], [[], ['original_absent']])
    assert.deepEqual(result.report, { index: 1, at: Date.parse('2026-01-05T09:00:00Z'), kind: 'report.received' })
    assert.deepEqual(result.published!.filter(({ of }) => of === 'description'),
      [{ of: 'description', value: 'Any address is followed.\n' }, { of: 'description', shown: '████ is in the picture.\n' }])
    assert.ok(!text.includes('token'))
    assert.match(redactedInWords(result), /████ is in the picture\. \(sealed; so the publisher renders it\)/)
    assert.ok(isRedactedFile(new TextEncoder().encode(text)))
  })

  it('is the original’s, for whoever has receipt and content file', async () => {
    assert.deepEqual(await faults((file) => file, ({ others, content }) => ({ receipt: others, content })), [])
    assert.deepEqual(await faults((file) => file, ({ own }) => ({ receipt: own })), ['another_entry'])
    assert.deepEqual(await faults((file) => file, ({ others }) => ({ receipt: others, content: formatContent({ ...facts, title: 'Another' }) })),
      ['content_differs'])
  })

  it('with one open part changed, added, left out, moved or renamed is refused', async () => {
    const parts = (change: (all: NonNullable<Redacted['opening']['parts']>) => NonNullable<Redacted['opening']['parts']>) => (file: Redacted) =>
      ({ ...file, opening: { ...file.opening, parts: change(file.opening.parts!) } })
    assert.deepEqual(await faults(parts((all) => all.slice(1))), ['parts_differ'])
    assert.deepEqual(await faults(parts((all) => [...all, all[0]!])), ['parts_differ'])
    assert.deepEqual(await faults(parts((all) => all.toReversed())), ['parts_differ'])
    assert.deepEqual(await faults(parts((all) => all.map((part, n) => (n === 0 ? { ...part, of: 'title' } : part)))), ['parts_differ'])
    assert.deepEqual(await faults((file) => ({ ...file, opening: { ...file.opening, kind: 'report.closed' } })), ['opening_differs'])
    assert.deepEqual(await faults((file) => ({ ...file, rendered: [{ part: 0, text: 'Something else' }] })), ['rendering_of_open_part'])
    assert.deepEqual(await faults((file) => ({ ...file, rendered: [{ part: 99, text: 'Nothing' }] })), ['rendering_of_open_part'])
  })

  it('is refused with any single byte of it changed, but for the wording of a rendering', async () => {
    const { redacted, trust } = await sampleDuplicate()
    const bytes = Buffer.from(formatRedacted({ ...redacted, rendered: [] }))
    // A cosignature is more than is needed: with a broken one, as without it, the log's own signature still holds.
    const cosignature = { from: bytes.indexOf('— witness'), to: bytes.indexOf('\\n', bytes.indexOf('— witness')) }
    for (let n = 0; n < bytes.length; n++) {
      if (n >= cosignature.from && n <= cosignature.to) continue
      const changed = Buffer.from(bytes)
      changed[n] = changed[n] === 0x61 ? 0x62 : 0x61
      const result = await verifyRedacted({ redacted: changed.toString() }, trust)
      assert.equal(result.ok, false, `byte ${n} of ${bytes.length}`)
    }
  })

  it('is shown with nothing but passages left out, for whoever has receipt and content file', async () => {
    const worded = (text: string) => faults((file) => ({ ...file, rendered: [{ part: file.rendered[0]!.part, text }] }),
      ({ others, content }) => ({ receipt: others, content }))
    for (const text of ['████ is in the picture.\n', 'My own token is in the ████.\n', '████ token ████ in ████', '████']) {
      assert.deepEqual(await worded(text), [], text)
    }
    for (const text of ['Your ████ is in the picture.\n', 'My own token is in the picture.\n', '████ is not in ████\n', '████My own████', '']) {
      assert.deepEqual(await worded(text), ['rendering_differs'], text)
    }
  })

  it('comes with messages about it, line by line, and with none about another', async () => {
    const answer = { kind: 'report.answered', message: 'Mine.\nThe token is 8f3e2a11.\n', sealed: /8f3e2a11/ }
    const { redacted, messages, trust } = await sampleDuplicate({ said: [
      answer, { ...answer, report: 'c29tZWJvZHkgZWxzZQ' }, { ...answer, kind: 'report.appeal-withdrawn' },
    ] })
    const checked = (of: typeof messages) => verifyRedacted({ redacted: formatRedacted({ ...redacted, messages: of }) }, trust)
    const [own, others, unknown] = messages
    const result = await checked([own!])
    assert.deepEqual([result.faults, result.messages], [[], [{ index: 4, at: Date.parse('2026-01-10T10:00:00Z'), kind: 'report.answered', parts: [
      { of: 'message', value: 'Mine.\n' }, { of: 'message', shown: 'The token is ████.\n' },
    ] }]])
    assert.match(redactedInWords(result), /Message  entry 4, report\.answered[^]*The token is ████\. \(sealed/)
    const codes = async (...of: typeof messages) => (await checked(of)).faults.map(({ code }) => code)
    assert.deepEqual(await codes(others!), ['another_case'])
    assert.deepEqual(await codes(unknown!), ['opening_differs'])
    assert.deepEqual(await codes({ ...own!, proof: others!.proof }), ['message_not_included'])
    assert.deepEqual(await codes({ ...own!, opening: { ...own!.opening, parts: own!.opening.parts!.slice(1) } }), ['parts_differ'])
    assert.deepEqual(await codes({ ...own!, rendered: [{ part: 0, text: 'Yours.\n' }] }), ['rendering_of_open_part'])
    const text = formatRedacted({ ...redacted, messages: [own!] })
    assert.equal(formatRedacted(parseRedacted(text)), text)
    assert.throws(() => parseRedacted(text.replace(/"messages":\[.*\],"opening"/, '"messages":[],"opening"')), { code: 'malformed_redacted' })
  })

  it('has one spelling', async () => {
    const text = formatRedacted((await sampleDuplicate()).redacted)
    assert.equal(formatRedacted(parseRedacted(text)), text)
    for (const other of [text.trim(), text.replace('{', '{ '), '{}\n', text.replace('"rendered":', '"shown":')]) {
      assert.throws(() => parseRedacted(other), (error: { code?: string }) => error.code?.startsWith('malformed_') === true)
    }
  })
})
