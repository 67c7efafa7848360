import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { anyRule } from '../../../../test/support/any-rule.ts'
import { forms } from './forms.ts'
import { parseRule, unknownKinds } from './parse.ts'
import { printRule } from './print.ts'
import type { Rule } from './rule.ts'

function read(text: string): Rule {
  const parsed = parseRule(text)
  if ('errors' in parsed) assert.fail(`${text}\n${parsed.errors.map((error) => error.message).join('\n')}`)
  return parsed.rule
}
const canonical = (text: string) => printRule(read(text))
function errorsOf(text: string) {
  const parsed = parseRule(text)
  if ('rule' in parsed) assert.fail(`“${text}” was read as ${printRule(parsed.rule)}`)
  return parsed.errors
}

describe('parseRule', () => {
  it('reads back every rule that it prints, unchanged', () => {
    fc.assert(fc.property(anyRule, (rule) => {
      const printed = printRule(rule)
      assert.deepEqual(read(printed), rule)
      assert.equal(canonical(printed), printed)
    }), { numRuns: 3000 })
  })

  it('reads the forms that the documentation shows as they stand', () => {
    for (const form of forms) assert.equal(canonical(form), form)
  })

  const same: [string, string][] = [
    ['EVERY `Report.Received` Is Followed\n    By `report.acknowledged` within ONE week',
      'Every `report.received` is followed by `report.acknowledged` within 1 week.'],
    ['Each `a.b` is followed by `c.d` within seven working days.', 'Every `a.b` is followed by `c.d` within 7 business days.'],
    ['For every system, `a.b` happens at least annually.', 'For each system, `a.b` happens at least every year.'],
    ['`a.b` happens at least once every forty-five days', '`a.b` happens at least every 45 days.'],
    ['Globally, `a.b` never happens more than 1 time.', '`a.b` never happens more than once.'],
    ['`a.b` never happens between `c.d` and `e.f`.', 'Between `c.d` and `e.f`, `a.b` never happens.'],
    ['Every `a.b` is followed by `c.d` within 7 days, after `e.f`.', 'After `e.f`, every `a.b` is followed by `c.d` within 7 days.'],
    ['`check.tls` always passes and is checked at least daily. (owner: Infrastructure)',
      '`check.tls` always passes, checked at least every day (owner: Infrastructure).'],
  ]
  for (const [text, meant] of same) it(`takes “${text.replace(/\s+/g, ' ')}” in its stride`, () => assert.equal(canonical(text), meant))

  it('gives an “or” to the filter when a value follows, and to the responses when a kind follows', () => {
    const { body } = read('Every `a.b` where x is p or q and y is not r is followed by `c.d` where z is s or `e.f` within 1 day.')
    assert.deepEqual(body, {
      pattern: 'response',
      trigger: { kind: 'a.b', where: [{ mark: 'x', negated: false, values: ['p', 'q'] }, { mark: 'y', negated: true, values: ['r'] }] },
      responses: [{ kind: 'c.d', where: [{ mark: 'z', negated: false, values: ['s'] }] }, { kind: 'e.f', where: [] }],
      within: { count: 1, unit: 'days' },
    })
  })

  it('says where each kind stands', () => {
    const parsed = parseRule('Every `a.b` is\n  followed by `c.d` within 7 days.')
    assert.ok('mentions' in parsed)
    assert.deepEqual(parsed.mentions, [{ kind: 'a.b', line: 1, column: 7, length: 5 }, { kind: 'c.d', line: 2, column: 15, length: 5 }])
  })
})

describe('what parseRule says of a text that is wrong', () => {
  it('names each slip with its place and gives the sentence that was meant', () => {
    assert.deepEqual(errorsOf('Every `a.b` is folowed by `c.d`\nin 7 dayz.'), [
      { line: 1, column: 16, length: 7, message: '“folowed” — did you mean “followed”?', nearest: 'Every `a.b` is followed by `c.d` within 7 days.' },
      { line: 2, column: 1, length: 2, message: '“in” cannot stand here; “within” can.', nearest: 'Every `a.b` is followed by `c.d` within 7 days.' },
      { line: 2, column: 6, length: 4, message: '“dayz” — did you mean “days”?', nearest: 'Every `a.b` is followed by `c.d` within 7 days.' },
    ])
  })

  const wrong: [string, RegExp, string][] = [
    ['Every `a.b` followed by `c.d` within 7 days.', /“is” is missing before “followed”/, 'Every `a.b` is followed by `c.d` within 7 days.'],
    ['Every a.b is followed by `c.d` within 7 days.', /backticks: `a\.b`/, 'Every `a.b` is followed by `c.d` within 7 days.'],
    ['`a.b` happens every quarter.', /“calendar” is missing/, '`a.b` happens every calendar quarter.'],
    ['`a.b` must never happens.', /“must” does not belong here/, '`a.b` never happens.'],
    ['Every `a.b` is followed by `c.d` within 7 days after `e.f`.', /“,” is missing before “after”/,
      'After `e.f`, every `a.b` is followed by `c.d` within 7 days.'],
    ['Every `a.b` is followed by `c.d`.', /Expected .*“within”, found “\.”/, 'Every `a.b` is followed by `c.d` within 7 days.'],
    ['Every `a.b` is followed by `c.d` within 0 days.', /at least 1/, 'Every `a.b` is followed by `c.d` within 7 days.'],
    ['Every `a.b` is followed by `c.d` within 101 years.', /at most 100 years/, 'Every `a.b` is followed by `c.d` within 7 days.'],
    ['Every `report` is followed by `c.d` within 7 days.', /“report” is not an entry kind/,
      'Every `c.d` is followed by `report.acknowledged` within 7 days.'],
    ['`a.b` always passes, checked at least daily.', /Only a check can always pass/, '`check.tls` always passes, checked at least every day.'],
    ['`a.b` never happens (note: ever).', /Only an owner stands in brackets/, '`a.b` never happens.'],
    ['We are nice people.', /Expected .* found “We”/, 'Every `report.received` is followed by `report.acknowledged` within 7 days.'],
    ['', /found the end/, 'Every `report.received` is followed by `report.acknowledged` within 7 days.'],
    ['a'.repeat(5000), /at most 4000 characters/, 'Every `report.received` is followed by `report.acknowledged` within 7 days.'],
  ]
  for (const [text, message, nearest] of wrong) {
    it(`mends “${text.slice(0, 60)}”`, () => {
      const [error] = errorsOf(text)
      assert.match(error!.message, message)
      assert.equal(error!.nearest, nearest)
    })
  }

  it('always gives a nearest form that is itself right, whatever it is given', () => {
    const words = fc.constantFrom(
      'every', '`a.b`', 'is', 'followed', 'by', 'within', '7', 'days', 'after', ',', 'where', 'or', '"', '(', 'happens', 'check.tls', 'ümlaut', '\n',
    )
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(words, { maxLength: 25 }).map((all) => all.join(' '))), (text) => {
      const parsed = parseRule(text)
      for (const error of 'errors' in parsed ? parsed.errors : []) {
        assert.ok(canonical(error.nearest))
        assert.ok(error.line >= 1 && error.column >= 1)
      }
    }), { numRuns: 400 })
  })

  it('warns of kinds that nothing known writes, and guesses what was meant', () => {
    const parsed = parseRule('Every `report.recieved` is followed by `moon.landed` within 1 day.')
    assert.ok('mentions' in parsed)
    assert.deepEqual(unknownKinds(parsed.mentions, new Set(['report.received', 'report.closed'])).map((warning) => warning.message), [
      'No entry kind is called `report.recieved` — did you mean `report.received`?',
      'No entry kind is called `moon.landed`; nothing here writes it.',
    ])
  })
})
