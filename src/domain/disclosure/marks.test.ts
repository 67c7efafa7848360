import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partsOf } from 'avow-verify'
import fc from 'fast-check'
import { Invalid } from '../../lib/errors.ts'
import { joined, membersOf, noMarks, readMarked, redact, writeMarked, type Passage } from './marks.ts'
import { stillOpen } from './still-open.ts'

const parts = (facts: Record<string, unknown>) => partsOf(facts).map((part) => ({ ...part, salt: new Uint8Array(32) }))

describe('marks', () => {
  const text = fc.array(fc.constantFrom('a', 'bc', '[', ']', '\n', ' ', '[[', ']]', 'é', '𝒳'), { maxLength: 40 }).map((all) => all.join(''))

  it('are read as they were written, in any text', () => {
    fc.assert(fc.property(text, fc.array(fc.nat(60), { maxLength: 6 }), (whole, cuts) => {
      const ends = [...new Set(cuts.map((cut) => Math.min(cut, whole.length)))].toSorted((a, b) => a - b)
      const passages: Passage[] = []
      // A passage that ends in a bracket, or stands beside one, is one that brackets cannot tell apart: a bracket more stays sealed or not.
      for (let i = 0; i + 1 < ends.length; i += 2) {
        const [from, to] = [ends[i]!, ends[i + 1]!]
        if (!'[]'.includes(whole[from - 1] ?? ' ') && !'[]'.includes(whole[to] ?? ' ') && !'[]'.includes(whole[from]!)
          && !'[]'.includes(whole[to - 1]!)) passages.push([from, to])
      }
      assert.deepEqual(readMarked(writeMarked(whole, passages), { of: 'x', text: whole }), passages)
    }), { numRuns: 500 })
  })

  it('are refused where anything else was changed', () => {
    const member = { of: 'description', text: 'The key is 1234.\nIt works.' }
    assert.deepEqual(readMarked('The key is [[1234]].\nIt works.', member), [[11, 15]])
    for (const marked of ['The key is [[1234.\nIt works.', 'The key was [[1234]].\nIt works.', 'The key is [[1234]].', '']) {
      assert.throws(() => readMarked(marked, member), (error) => error instanceof Invalid && 'marked[description]' in error.fields, marked)
    }
  })

  it('seal each line that they touch, and are shown in one length whatever they cover', () => {
    const all = parts({ attachments: [{ name: 'me.png', size: 3 }], description: 'Open.\nKey 1234567890 and 12.\n\nSecret\nline', title: 'T',
      weakness: 'CWE-1' })
    const marks = { passages: { description: [[10, 20], [25, 27], [30, 41]] as Passage[] }, hidden: ['attachments'] }
    const { open, rendered, members } = redact(all, marks)
    assert.deepEqual(rendered.map(({ text }) => text), ['Key ████ and ████.\n', '████\n', '████'])
    assert.deepEqual(open.map((n) => all[n]!.value), ['Open.\n', '\n', 'T', 'CWE-1'])
    assert.deepEqual(members.map(({ of }) => of), ['description', 'title'])
    assert.ok(!JSON.stringify({ rendered, members }).includes('1234567890'))
  })

  it('are read where a browser sends other line ends, or cannot send what was written', () => {
    const text = 'a\r\nb\rc\0d\ud800e\nf'
    assert.deepEqual(readMarked('a\nb\n[[c\ufffdd\ufffd]]e\nf', { of: 'x', text }), [[5, 9]])
    assert.throws(() => readMarked('a\nb\nc\ufffd\ufffd\ufffde\nf', { of: 'x', text }), Invalid)
  })

  it('cover whole letters, in any script, whether they overlap, touch or end within one', () => {
    const shownOf = (text: string, ...passages: Passage[]) => redact(parts({ steps: text }), { passages: { steps: passages }, hidden: [] }).rendered[0]?.text
    assert.equal(shownOf('so 👩‍👩‍👧 and 🇨🇭', [5, 6], [16, 17]), 'so ████ and ████')
    assert.equal(shownOf('café au lait', [3, 4], [4, 5]), 'caf████au lait')
    assert.equal(shownOf('the cafe\u0301', [7, 8]), 'the caf████')
    assert.equal(shownOf('𝒳𝒴', [1, 2]), '████𝒴')
    assert.equal(shownOf('הסיסמה היא 1234 כאן', [11, 15]), 'הסיסמה היא ████ כאן')
    assert.equal(shownOf('word', [1, 3]), 'w████d')
    assert.equal(shownOf('0123456789', [1, 4], [3, 6], [6, 8]), '0████89')
    assert.equal(shownOf('one\r\n', [0, 5]), '████\r\n')
    assert.equal(shownOf('one\n', [3, 4]), undefined)
  })

  it('tell where a sealed passage still stands open: in another text, in our own words, in a message, in the name of a file', () => {
    const all = parts({ attachments: [{ name: '8F3E2A11.png', sha256: 'ab', size: 3 }], description: 'It is 8f3e2a11.',
      steps: 'Use 8f3e2a11, I say.', title: 'T' })
    const marks = { passages: { description: [[6, 14]] as Passage[], steps: [[15, 16]] as Passage[] }, hidden: [] }
    const redaction = redact(all, marks)
    assert.deepEqual(redaction.files, [{ name: '8F3E2A11.png', size: 3, sha256: 'ab' }])
    assert.deepEqual(stillOpen(membersOf(all), marks, redaction, { words: 'Of 8f3e2a11', messages: '' }),
      [{ passage: '8f3e2a11', sealedIn: 'description', openIn: ['steps', 'attachments', 'words'] }])
    const both = { passages: { ...marks.passages, steps: [[4, 12]] as Passage[] }, hidden: ['attachments'] }
    assert.deepEqual(stillOpen(membersOf(all), both, redact(all, both), {}), [])
  })

  it('leave a whole text out, and what one side sealed the other cannot open', () => {
    const all = parts({ description: 'One.\nTwo.', steps: 'Three.' })
    const both = joined([{ passages: { steps: [[0, 5]] }, hidden: [] }, { passages: {}, hidden: ['description'] }, noMarks])
    const { open, members } = redact(all, both)
    assert.deepEqual(open, [])
    assert.deepEqual(members, [{ of: 'description', lines: null }, { of: 'steps', lines: [{ text: '████.', sealed: true }] }])
    assert.deepEqual(membersOf(all).map(({ of }) => of), ['description', 'steps'])
  })
})
