import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readPolicy } from './policy-text.ts'

const policy = `# Security at Example

We answer every report within *one* week.[^ack] Please be kind.

- Access is reviewed.[^access][^revoked]
- Nothing more

[^ack]: Every \`report.received\` is followed by
    \`report.acknowledged\` within one week.
[^access]: For each system, \`access.reviewed\` happens at least every 3 months.
[^revoked]: Every \`access.revocation-decided\` is followed by \`access.revoked\` within 1 day.
`
const rule = '`a.b` never happens.'
const problemsOf = (text: string) => readPolicy(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

describe('readPolicy', () => {
  it('finds each promised sentence with its rules', () => {
    const { title, commitments, problems } = readPolicy(policy)
    assert.equal(title, 'Security at Example')
    assert.deepEqual(problems, [])
    assert.deepEqual(commitments.map(({ mark, sentence, text, line }) => ({ mark, sentence, text, line })), [
      {
        mark: 'ack', sentence: 'We answer every report within one week.', line: 3,
        text: 'Every `report.received` is followed by `report.acknowledged` within 1 week.',
      },
      { mark: 'access', sentence: 'Access is reviewed.', text: 'For each system, `access.reviewed` happens at least every 3 months.', line: 5 },
      { mark: 'revoked', sentence: 'Access is reviewed.', text: 'Every `access.revocation-decided` is followed by `access.revoked` within 1 day.', line: 5 },
    ])
  })

  it('knows where in the policy each kind stands', () => {
    const [ack] = readPolicy(policy).commitments
    assert.deepEqual(ack!.mentions, [
      { kind: 'report.received', line: 8, column: 15, length: 17 },
      { kind: 'report.acknowledged', line: 9, column: 5, length: 21 },
    ])
  })

  const wrong: [string, string, string[]][] = [
    ['a rule that is wrong, at its place in the policy', `A.[^a]\n\n[^a]: Every \`a.b\` is\n    folowed by \`c.d\` within 7 days.`,
      ['4:5 “folowed” — did you mean “followed”?']],
    ['a mark without a footnote', 'One [^nope].\nTwo [^zip].',
      ['1:5 The mark [^nope] has no footnote with its rule.', '2:5 The mark [^zip] has no footnote with its rule.']],
    ['a mark beside an address', 'Write to a@b.invalid or www.b.invalid [^nope].', ['1:39 The mark [^nope] has no footnote with its rule.']],
    ['a footnote without a mark', `A.\n\n[^a]: ${rule}`, ['3:1 No sentence carries the mark [^a].']],
    ['a mark in two places', `A.[^a]\n\nB.[^a]\n\n[^a]: ${rule}`,
      ['3:1 The mark [^a] stands on line 1 already: each promise has a mark of its own.']],
    ['two footnotes of one mark', `A.[^a]\n\n[^a]: ${rule}\n[^a]: ${rule}`, ['4:1 There is a footnote [^a] already, on line 3.']],
    ['a footnote that is more than a rule', `A.[^a]\n\n[^a]: - ${rule}`, ['3:1 The footnote [^a] holds one rule in one paragraph, and nothing else.']],
    ['a mark that cannot be an id', `A.[^a_b]\n\n[^a_b]: ${rule}`, ['3:1 A mark is made of letters, digits and hyphens: “a_b” is not.']],
    ['raw HTML and comments', 'A <b>b</b>\n\n<!-- c -->',
      ['1:3', '1:7', '3:1'].map((place) => `${place} HTML is not taken, comments neither. Write it in Markdown.`)],
  ]
  for (const [what, text, expected] of wrong) it(`names ${what}`, () => assert.deepEqual(problemsOf(text), expected))
})
