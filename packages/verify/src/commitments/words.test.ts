import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { anyRule } from '../../../../test/support/any-rule.ts'
import type { Calendar } from './calendar.ts'
import { examples } from './examples.ts'
import { parseRule } from './parse.ts'
import type { Rule } from './rule.ts'
import { inWords } from './words.ts'

const lisbon: Calendar = { zone: 'Europe/Lisbon', workdays: [1, 2, 3, 4, 5], holidays: [] }
const from = Temporal.Instant.from('2026-01-05T09:00Z').epochMilliseconds

function read(text: string): Rule {
  const parsed = parseRule(text)
  return 'rule' in parsed ? parsed.rule : assert.fail(parsed.errors[0]!.message)
}

describe('inWords', () => {
  const said: [string, string][] = [
    ['Every `report.received` is followed by `report.acknowledged` within 7 days.', 'Whenever a report is received, it is acknowledged within seven days.'],
    ['Every `report.accepted` where severity is critical or high is followed by `report.fixed` or `risk.accepted` within 30 days.',
      'Whenever a report is accepted with severity critical or high, it is fixed or a risk is accepted within 30 days.'],
    ['Every `report.received` is followed by `report.verified` or `report.closed` where by is human within 1 day.',
      'Whenever a report is received, it is verified or closed by a person within one day.'],
    ['For each system, `access.reviewed` happens at least every 3 months.',
      'For each system, access is reviewed at least once every three months, counted from the last time.'],
    ['`risk-assessment.completed` happens every calendar year.', 'A risk assessment is completed at least once in every calendar year.'],
    ['For each vendor, `vendor.authorised` happens only after `vendor.reviewed`.', 'For each vendor, a vendor is authorised only after it is reviewed.'],
    ['`legal-action.taken` never happens.', 'It never happens that legal action is taken against a researcher.'],
    ['`pentest.completed` where vouch is third-party happens at least every year.',
      'A penetration test is completed vouched for by a third party at least once every year, counted from the last time.'],
    ['`outage.started` never happens more than twice.', 'It happens no more than twice that an outage starts.'],
    ['`check.password-hashing` where system is avow always passes, checked at least every day.',
      'The check of password hashing for the system avow passes every time, and is made at least once every day.'],
    ['Every `access.revocation-decided` is followed by `access.revoked` within 1 day.',
      'Whenever an access revocation is decided, access is revoked within one day.'],
    ['After `report.accepted` until `report.disclosed`, `report.leaked` never happens.',
      'From the moment that a report is accepted until a report is disclosed, it never happens that a report is leaked.'],
    ['Every `a.sent` is followed by `b.read` within 2 hours, not counting the time between `information.requested` and `information.given`.',
      'Whenever an a is sent, a b is read within two hours. The clock stops when information is requested and runs on when information is given.'],
  ]
  for (const [rule, words] of said) it(`says “${words}”`, () => assert.equal(inWords(read(rule)), words))

  it('prefers a phrase that was written for a kind', () => {
    const rule = read('Every `mail.in` is followed by `mail.out` within 1 day.')
    assert.equal(inWords(rule, { 'mail.in': 'you write to us', 'mail.out': 'we answer' }), 'Whenever you write to us, we answer within one day.')
  })

  it('says something of every rule, and shows no machinery', () => {
    fc.assert(fc.property(anyRule, (rule) => {
      const words = inWords(rule)
      assert.match(words, /^[\p{Lu}`].*\.$/us)
      assert.doesNotMatch(words, /undefined|\[object/)
    }))
  })
})

describe('examples', () => {
  const shown = (rule: string, calendar = lisbon) => examples(read(rule), { from, calendar }).map((example) => example.sentence)

  it('plays a response through, on a day off too when business days count', () => {
    assert.deepEqual(shown('Every `report.received` is followed by `report.acknowledged` within 3 business days.'), [
      'If `report.received` is recorded on Monday 5 January 2026, 09:00, `report.acknowledged` is due by Thursday 8 January 2026, 09:00.',
      'If `report.received` is recorded on Saturday 10 January 2026, 09:00, `report.acknowledged` is due by the end of Wednesday 14 January 2026.',
    ])
  })

  it('shows where a month’s end clamps', () => {
    assert.deepEqual(shown('`access.reviewed` happens at least every month.'), [
      'If `access.reviewed` was last recorded on Monday 5 January 2026, 09:00, the next one is due by Thursday 5 February 2026, 09:00.',
      'If `access.reviewed` was last recorded on Saturday 31 January 2026, 09:00, the next one is due by Saturday 28 February 2026, 09:00.',
    ])
  })

  it('shows this calendar period and the next', () => {
    assert.deepEqual(shown('`access.reviewed` happens every calendar quarter.'), [
      'In the quarter that begins on Thursday 1 January 2026, `access.reviewed` is due by the end of Tuesday 31 March 2026.',
      'In the quarter that begins on Wednesday 1 April 2026, `access.reviewed` is due by the end of Tuesday 30 June 2026.',
    ])
  })

  it('gives a date for every rule that has one, never before its beginning', () => {
    fc.assert(fc.property(anyRule, (rule) => {
      for (const { at, dueAt, sentence } of examples(rule, { from, calendar: lisbon })) {
        assert.ok(dueAt === undefined || dueAt > at)
        assert.doesNotMatch(sentence, /Invalid|NaN/)
      }
    }), { numRuns: 300 })
  })
})
