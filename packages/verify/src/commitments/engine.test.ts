import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createEngine, type Engine } from './engine.ts'
import type { LedgerEvent } from './event.ts'
import { replay } from './fold.ts'

const DAY_MS = 86_400_000
const JANUARY = Date.UTC(2026, 0, 1)

type Row = Partial<Omit<LedgerEvent, 'index' | 'at' | 'kind'>>

/** A log that is written day by day; day 0 is 1 January 2026. */
class Story {
  readonly log: LedgerEvent[] = []
  readonly engine: Engine = createEngine()

  constructor(fed: readonly string[], vouch = 'company') {
    this.on(0, 'source.connected', { facts: { source: 'all', kinds: fed, vouch } })
  }

  on(day: number, kind: string, { cases = {}, marks = {}, facts }: Row = {}): this {
    this.log.push({ index: this.log.length, at: JANUARY + day * DAY_MS, kind, cases, marks, ...facts && { facts } })
    replay(this.engine, this.log)
    return this
  }

  publish(day: number, rules: Record<string, string>, inForce = day, policy = 'p'): this {
    const commitments = Object.entries(rules).map(([mark, rule]) => ({ mark, sentence: `We ${mark}.`, rule }))
    const inForceAt = new Date(JANUARY + inForce * DAY_MS).toISOString()
    return this.on(day, 'policy.published', { cases: { policy }, facts: { policy, version: day, in_force_at: inForceAt, commitments } })
  }

  standing(mark: string, day?: number) {
    if (day !== undefined) this.engine.advance(JANUARY + day * DAY_MS)
    return this.engine.standings().find((one) => one.mark === mark)!
  }

  is(mark: string, day: number, standing: string): this {
    assert.equal(this.standing(mark, day).standing, standing, `${mark} on day ${day}`)
    return this
  }
}

const answer = 'Every `a.asked` is followed by `a.answered` within 10 days.'
const about = (id: string): Row => ({ cases: { a: id } })

describe('versions', () => {
  it('an open response finishes under the rule under which it began', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer }).on(1, 'a.asked', about('1'))
      .publish(5, { m: 'Every `a.asked` is followed by `a.answered` within 2 days.' }).on(9, 'a.answered', about('1')).on(10, 'a.asked', about('2'))
    assert.deepEqual(story.standing('m', 11).record, { total: 1, in_time: 1, missed: 0, open: 1, median_ms: story.standing('m').record.median_ms })
    assert.equal(story.standing('m').due_at, JANUARY + 12 * DAY_MS)
    assert.equal(story.standing('m').changes.length, 1)
    story.is('m', 13, 'broken')
  })

  it('an unchanged rule goes on, whoever keeps it', () => {
    const story = new Story(['a.done']).publish(0, { m: '`a.done` happens at least every 10 days.' }).on(2, 'a.done')
      .publish(8, { m: '`a.done` happens at least every 10 days (owner: us).' })
    assert.equal(story.standing('m', 9).due_at, JANUARY + 12 * DAY_MS)
    story.is('m', 13, 'broken')
  })

  it('a changed recurrence keeps its anchor, and counts no gap twice', () => {
    const story = new Story(['a.done']).publish(0, { m: '`a.done` happens at least every 10 days.' }).on(2, 'a.done').is('m', 13, 'broken')
      .publish(14, { m: '`a.done` happens at least every 8 days.' })
    assert.deepEqual([story.standing('m', 15).standing, story.standing('m').record.missed], ['broken', 1])
    story.on(16, 'a.done')
    assert.deepEqual([story.standing('m', 17).standing, story.standing('m').due_at], ['kept', JANUARY + 24 * DAY_MS])
  })

  it('a mark that is no longer carried is withdrawn, and keeps its record', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer }).on(1, 'a.asked', about('1')).publish(2, { other: answer })
    assert.equal(story.standing('m', 3).withdrawn_at, JANUARY + 2 * DAY_MS)
    assert.equal(story.standing('m', 12).record.missed, 1)
  })

  it('one that comes into force later judges what is triggered from then on', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer }, 5).on(1, 'a.asked', about('1')).on(5, 'a.asked', about('2'))
    assert.equal(story.standing('m', 6).record.open, 1)
  })

  it('what came before the rule still came before', () => {
    const story = new Story(['v.reviewed', 'v.authorised']).on(1, 'v.reviewed', { cases: { v: '1' } })
      .publish(2, { m: '`v.authorised` happens only after `v.reviewed`.' })
      .on(3, 'v.authorised', { cases: { v: '1' } })
    assert.deepEqual([story.standing('m', 4).standing, story.standing('m').record.missed], ['kept', 0])
  })
})

describe('for each', () => {
  const accept = 'For each person, every `policy.published` is followed by `policy.accepted` within 14 days.'
  const person = (id: string): Row => ({ cases: { person: id } })
  const accepted = (id: string): Row => ({ cases: { person: id, policy: 'p' } })

  it('calls on everybody who is there, and on those who come later, from then on', () => {
    const story = new Story(['policy.published', 'policy.accepted']).on(0, 'person.joined', person('1')).publish(1, { m: accept })
      .on(2, 'policy.accepted', accepted('1')).is('m', 3, 'kept').on(5, 'person.joined', person('2'))
    assert.deepEqual([story.standing('m', 6).standing, story.standing('m').due_at], ['due', JANUARY + 19 * DAY_MS])
    assert.deepEqual(story.engine.duties().map(({ cases, what }) => [cases, what]), [[{ policy: 'p', person: '2' }, ['policy.accepted']]])
    story.on(7, 'person.left', person('2')).is('m', 30, 'kept')
  })

  it('asks for the same policy, not just any', () => {
    const story = new Story(['policy.published', 'policy.accepted']).on(0, 'person.joined', person('1')).publish(1, { m: accept })
      .publish(2, {}, 2, 'q').on(3, 'policy.accepted', accepted('1'))
    assert.deepEqual(story.engine.duties().map(({ cases }) => cases.policy), ['q'])
  })

  it('looks at every listed system, and at no other', () => {
    const check = (system: string, result: string): Row => ({ cases: { system }, marks: { result } })
    const story = new Story(['check.tls']).on(0, 'system.listed', { cases: { system: 'a' } })
      .publish(0, { m: 'For each system, `check.tls` always passes, checked at least every 5 days.' })
      .on(1, 'check.tls', check('a', 'passed')).on(1, 'check.tls', check('elsewhere', 'failed')).is('m', 2, 'kept')
      .on(3, 'check.tls', check('a', 'failed')).is('m', 3.5, 'broken').on(4, 'check.tls', check('a', 'passed')).is('m', 8, 'kept').is('m', 10, 'broken')
    assert.deepEqual([story.standing('m').record.total, story.standing('m').record.in_time], [4, 2])
    story.on(11, 'system.retired', { cases: { system: 'a' } }).is('m', 12, 'kept')
  })
})

describe('who vouches', () => {
  it('is the weakest of those who decided', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer })
    const by = (vouch: string, id: string): Row => ({ cases: { a: id }, marks: { vouch } })
    story.on(1, 'a.asked', by('machine', '1')).on(2, 'a.answered', by('machine', '1'))
    assert.equal(story.standing('m').vouch, 'machine')
    story.on(3, 'a.asked', by('both', '2')).on(4, 'a.answered', by('machine', '2'))
    assert.equal(story.standing('m').vouch, 'both')
  })

  it('while nothing was decided, is the weakest whose evidence meets the running periods', () => {
    const by = (vouch: string): Row => ({ marks: { vouch } })
    const rules = { m: '`a.done` happens every calendar year.', n: '`a.done` happens at least every year.' }
    const story = new Story(['a.done']).on(1, 'a.done', by('third-party')).publish(10, rules).is('m', 11, 'kept').is('n', 11, 'kept')
    assert.deepEqual([story.standing('m').vouch, story.standing('n').vouch], ['third-party', 'third-party'])
    story.on(20, 'a.done', by('both'))
    assert.deepEqual([story.standing('m').vouch, story.standing('m').record.total, story.standing('n').vouch], ['both', 0, 'both'])
    assert.equal(new Story(['a.done']).publish(10, rules).is('m', 11, 'due').standing('m').vouch, undefined)
  })

  it('an absence is unproven, the company’s dated word for a year, or what an independent source says', () => {
    const never = { m: '`a.happened` never happens.' }
    const attested = { marks: { policy: 'p', mark: 'm' } }
    const own = new Story(['a.happened']).publish(0, never).is('m', 1, 'unproven').on(2, 'absence.attested', attested).is('m', 3, 'kept')
    assert.equal(own.standing('m').vouch, 'company')
    assert.deepEqual(own.engine.duties().map(({ what, due_at }) => [what, due_at]), [[['absence.attested'], Date.UTC(2027, 0, 3)]])
    own.is('m', 368, 'unproven')
    const independent = new Story(['a.happened'], 'machine').publish(0, never).is('m', 1, 'kept')
    assert.equal(independent.standing('m').vouch, 'machine')
    independent.on(2, 'a.happened').is('m', 3, 'broken').is('m', 900, 'broken')
  })

  it('what nothing feeds is unproven, and judged from when something does', () => {
    const story = new Story([]).publish(0, { m: '`a.done` happens at least every 10 days.' }).is('m', 50, 'unproven')
    assert.equal(story.standing('m').record.missed, 0)
    story.on(60, 'source.connected', { facts: { source: 's', kinds: ['a.done'] } }).is('m', 61, 'due').is('m', 71, 'broken')
  })
})

describe('evidence from before, late evidence, and wrong evidence', () => {
  it('anchors a recurrence and satisfies no response', () => {
    const opening = (date: string): Row => ({ marks: { opening: 'yes', effective_at: date } })
    const story = new Story(['a.done', 'a.asked', 'a.answered']).publish(0, { m: '`a.done` happens at least every 30 days.', r: answer })
      .on(1, 'a.done', opening('2025-12-20T00:00:00Z'))
    assert.deepEqual([story.standing('m', 2).standing, story.standing('m').due_at, story.standing('m').record.total], ['kept', Date.UTC(2026, 0, 19), 0])
    story.on(3, 'a.asked').on(4, 'a.answered', opening('2026-01-04T00:00:00Z')).is('r', 5, 'due')
  })

  it('shows what was done in time and recorded late', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer }).on(1, 'a.asked')
      .on(12, 'a.answered', { marks: { effective_at: '2026-01-05T00:00:00Z' } })
    assert.deepEqual([story.standing('m', 13).standing, story.standing('m').record.missed, story.standing('m').recorded_late], ['kept', 1, 1])
  })

  it('takes back what a corrected entry decided', () => {
    const story = new Story(['a.happened'], 'machine').publish(0, { m: '`a.happened` never happens.' }).on(2, 'a.happened').is('m', 3, 'broken')
    const wrong = story.log.length - 1
    story.on(4, 'entry.corrected', { marks: { corrects: String(wrong) } })
    assert.deepEqual([story.standing('m', 5).standing, story.standing('m').corrected, story.standing('m').record.missed], ['kept', 1, 0])
  })

  it('ends an open instance whose trigger was wrong', () => {
    const story = new Story(['a.asked', 'a.answered']).publish(0, { m: answer }).on(1, 'a.asked')
    story.on(2, 'entry.corrected', { marks: { corrects: String(story.log.length - 1) } }).is('m', 20, 'idle')
    assert.deepEqual([story.standing('m').corrected, story.engine.duties()], [1, []])
  })
})

describe('calendars', () => {
  it('a calendar quarter is judged when the promise holds for the whole of it', () => {
    const story = new Story(['a.done']).publish(10, { m: '`a.done` happens every calendar quarter.' }).is('m', 80, 'due')
    assert.equal(story.standing('m').due_at, Date.UTC(2026, 6, 1) - 1)
    story.on(100, 'a.done').is('m', 200, 'kept').is('m', 273, 'broken')
    assert.deepEqual([story.standing('m').record.in_time, story.standing('m').record.missed], [1, 1])
  })

  it('business days are the organisation’s', () => {
    const story = new Story(['a.asked', 'a.answered']).on(0, 'calendar.set', { facts: { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: ['2026-01-06'] } })
      .publish(0, { m: 'Every `a.asked` is followed by `a.answered` within 2 business days.' }).on(4, 'a.asked')
    // Monday the 5th, with the 6th off: the 8th.
    assert.equal(story.standing('m', 5).due_at, Date.UTC(2026, 0, 8))
  })
})

it('an entry that comes after its time has passed is refused', () => {
  const story = new Story([])
  story.engine.advance(JANUARY + DAY_MS)
  assert.throws(() => story.on(1, 'a.done'), RangeError)
})

describe('what has to come first', () => {
  const rules = {
    one: 'For each a, `a.begun` happens only after `a.signed` where copy is whole.',
    two: 'After `a.vetted`, `a.begun` happens only after `a.cleared`.',
    other: '`b.begun` happens only after `a.signed`.',
  }
  const unmet = (story: Story, cases = { a: '1' }) => story.engine.unmetBefore({ kind: 'a.begun', cases }).map(({ mark, what }) => [mark, ...what])

  it('is told before the deed, by the rules in force, for each subject, with their filters and scopes, whether or not something feeds them', () => {
    const story = new Story([]).publish(0, rules)
    assert.deepEqual(unmet(story), [['one', 'a.signed']])
    assert.deepEqual(unmet(story.on(1, 'a.signed', { ...about('1'), marks: { copy: 'torn' } })), [['one', 'a.signed']])
    assert.deepEqual(unmet(story.on(2, 'a.signed', { ...about('1'), marks: { copy: 'whole' } })), [])
    assert.deepEqual(unmet(story, { a: '2' }), [['one', 'a.signed']])
    assert.deepEqual(unmet(story.on(3, 'a.vetted', about('1'))), [['two', 'a.cleared']])
    assert.deepEqual(unmet(story.on(4, 'a.cleared', about('1'))), [])
  })

  it('is no longer asked for when the promise is withdrawn, nor yet before it is in force', () => {
    const story = new Story([]).publish(0, { one: rules.one }, 5)
    assert.deepEqual(unmet(story.on(4, 'a.vetted', about('1'))), [])
    assert.deepEqual(unmet(story.on(5, 'a.vetted', about('1'))), [['one', 'a.signed']])
    assert.deepEqual(unmet(story.publish(6, { two: rules.two })), [['two', 'a.cleared']])
  })
})
