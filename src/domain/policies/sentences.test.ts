import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Paragraph } from 'mdast'
import { plainText, readMarkdown } from '../../lib/markdown.ts'
import { sentencesOf } from './sentences.ts'

const notes = '\n\n[^a]: x\n[^b]: x\n[^c]: x\n'
const of = (text: string) => sentencesOf((readMarkdown(text + notes).children[0] as Paragraph).children)
const said = (text: string) => of(text).map(({ text, marks }) => marks.length > 0 ? `${text} ${marks.map((mark) => `[${mark}]`).join('')}` : text)

describe('sentencesOf', () => {
  const cases: [string, string, string[]][] = [
    ['gives a mark after the full stop to the sentence before', 'One.[^a] Two.[^b]', ['One. [a]', 'Two. [b]']],
    ['takes a mark before the full stop too, and one after a blank', 'One[^a]. Two. [^b] Three.', ['One. [a]', 'Two. [b]', 'Three.']],
    ['allows several marks on a sentence', 'One[^a], and more.[^b][^c]', ['One, and more. [a][b][c]']],
    ['does not stop at abbreviations', 'We use AES, e.g. AES-256, i.e. Strong keys, etc. in storage.[^a] See Art. 33.',
      ['We use AES, e.g. AES-256, i.e. Strong keys, etc. in storage. [a]', 'See Art. 33.']],
    ['stops at “etc.” where a new sentence begins', 'Keys, tokens etc. We keep them.', ['Keys, tokens etc.', 'We keep them.']],
    ['does not stop at numbers, versions and addresses', 'TLS 1.2 or higher at www.example.invalid is used. Yes.',
      ['TLS 1.2 or higher at www.example.invalid is used.', 'Yes.']],
    ['does not stop at initials', 'Ask J. Doe about it. Really.', ['Ask J. Doe about it.', 'Really.']],
    ['never stops inside a link or code', 'See [Part one. Part two.](https://x.invalid) for `a. B` more.[^a] End.',
      ['See Part one. Part two. for a. B more. [a]', 'End.']],
    ['stops inside emphasis', '**We promise. We keep.**[^a] More.', ['We promise.', 'We keep. [a]', 'More.']],
    ['stops after a link that ends a sentence', 'Write to [us](mailto:a@b.invalid). We answer.[^a]', ['Write to us.', 'We answer. [a]']],
    ['always stops where a mark follows the full stop', 'We grade it A.[^a] iOS too, etc.[^b] and so on.',
      ['We grade it A. [a]', 'iOS too, etc. [b]', 'and so on.']],
    ['keeps brackets and quotation marks with their sentence', 'He said “Yes.” (It is so.) Then she left!',
      ['He said “Yes.”', '(It is so.)', 'Then she left!']],
    ['takes what has no full stop as one', 'Denial of service[^a]', ['Denial of service [a]']],
    ['lets a sentence run over lines', 'We answer\nwithin a week.[^a]', ['We answer within a week. [a]']],
    ['lets a mark that opens a block belong to its first sentence', '[^a]One. Two.', ['One. [a]', 'Two.']],
  ]
  for (const [what, text, expected] of cases) it(what, () => assert.deepEqual(said(text), expected))

  it('cuts the nodes as it cuts the words', () => {
    const nodes = of('**We promise. We *really* keep [it](https://x.invalid).** More.').map((sentence) => sentence.nodes)
    assert.deepEqual(nodes.map((all) => all.map(plainText).join('')), ['We promise. ', 'We really keep it. ', 'More.'])
    assert.equal(nodes[1]![0]!.type, 'strong')
  })
})
