import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDuration, calendarError, defaultCalendar, periodEnd, periodStart, type Calendar } from './calendar.ts'
import type { Duration, Unit } from './rule.ts'

const zones = ['UTC', 'Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago', 'Pacific/Apia', '+05:30']
const office = (zone: string, holidays: string[] = []): Calendar => ({ zone, workdays: [1, 2, 3, 4, 5], holidays })
const ms = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds
const plus = (from: string, count: number, unit: Unit, calendar: Calendar = defaultCalendar) =>
  new Date(addDuration(ms(from), { count, unit }, calendar)).toISOString()

// Near Lisbon's and Lord Howe's changes of the clocks, and the day that Apia left out: where mistakes would be.
const edges = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z', '2011-12-30T10:00Z'].map(ms)
const moments = fc.oneof(
  fc.integer({ min: ms('1990-01-01T00:00Z'), max: ms('2060-01-01T00:00Z') }),
  fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -36, max: 36 })).map(([at, hours]) => at + hours * 1_800_000),
)
const anyZone = fc.constantFrom(...zones)
const anyWeek = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })

describe('addDuration', () => {
  it('counts a day as 24 hours, whatever the clocks do', () => {
    assert.equal(plus('2026-03-28T12:00:00Z', 1, 'days', office('Europe/Lisbon')), '2026-03-29T12:00:00.000Z')
    assert.equal(plus('2026-03-28T12:00:00Z', 2, 'weeks'), '2026-04-11T12:00:00.000Z')
  })

  it('clamps to the last day of a shorter month', () => {
    assert.equal(plus('2026-01-31T09:30:00Z', 1, 'months'), '2026-02-28T09:30:00.000Z')
    assert.equal(plus('2027-11-30T09:30:00Z', 1, 'quarters'), '2028-02-29T09:30:00.000Z')
    assert.equal(plus('2028-02-29T09:30:00Z', 1, 'years'), '2029-02-28T09:30:00.000Z')
  })

  it('keeps the wall clock over a change of the clocks', () => {
    assert.equal(plus('2026-03-15T12:00:00Z', 1, 'months', office('Europe/Lisbon')), '2026-04-15T11:00:00.000Z')
  })

  it('skips weekends and holidays, and keeps the time of day', () => {
    assert.equal(plus('2026-12-24T14:00:00Z', 1, 'business days', office('UTC', ['2026-12-25'])), '2026-12-28T14:00:00.000Z')
    assert.equal(plus('2026-01-05T14:00:00Z', 5, 'business days'), '2026-01-12T14:00:00.000Z')
  })

  it('takes a day off for the end of the workday before, so that the deadline is the end of a workday', () => {
    assert.equal(plus('2026-01-10T14:00:00Z', 1, 'business days'), '2026-01-13T00:00:00.000Z')
    assert.equal(plus('2026-01-10T14:00:00Z', 5, 'business days'), '2026-01-17T00:00:00.000Z')
  })

  it('agrees with Temporal about months, quarters and years in every zone', () => {
    const units = fc.constantFrom<[Unit, number]>(['months', 1], ['quarters', 3], ['years', 12])
    fc.assert(fc.property(moments, anyZone, units, fc.integer({ min: 1, max: 40 }), (at, zone, [unit, months], count) => {
      const expected = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().add({ months: count * months })
      assert.equal(addDuration(at, { count, unit }, office(zone)), expected.toZonedDateTime(zone).epochMilliseconds)
    }), { numRuns: 2000 })
  })

  it('agrees with counting days one by one in Temporal about business days', () => {
    fc.assert(fc.property(moments, anyZone, anyWeek, fc.integer({ min: 1, max: 30 }), (at, zone, workdays, count) => {
      const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
      const works = (day: Temporal.PlainDateTime) => workdays.includes(day.dayOfWeek)
      let local = start.toPlainDateTime()
      const endsDay = !works(local)
      for (let left = count; left > 0; left--) do local = local.add({ days: 1 }); while (!works(local))
      if (endsDay) local = local.toPlainDate().add({ days: 1 }).toPlainDateTime()
      assert.equal(addDuration(at, { count, unit: 'business days' }, { zone, workdays, holidays: [] }), local.toZonedDateTime(zone).epochMilliseconds)
    }), { numRuns: 1000 })
  })

  it('never falls before its beginning, and differs from the order of beginnings by the clocks’ shift at most', () => {
    const durations = fc.record({ count: fc.integer({ min: 1, max: 24 }), unit: fc.constantFrom<Unit>('minutes', 'days', 'business days', 'months', 'years') })
    fc.assert(fc.property(moments, fc.nat(90 * 86_400_000), anyZone, durations, (at, later, zone, duration) => {
      const first = addDuration(at, duration, office(zone))
      assert.ok(first > at)
      // Apia left out the whole of 30 December 2011.
      assert.ok(addDuration(at + later, duration, office(zone)) >= first - (zone === 'Pacific/Apia' ? 24 : 1) * 3_600_000)
    }), { numRuns: 1000 })
  })
})

describe('calendar periods', () => {
  it('run from the first day to the first day of the next, at midnight of the zone', () => {
    const quarter: Duration = { count: 1, unit: 'quarters' }
    const at = ms('2026-03-31T23:30:00Z')
    assert.equal(new Date(periodStart(at, quarter, defaultCalendar)).toISOString(), '2026-01-01T00:00:00.000Z')
    assert.equal(new Date(periodStart(at, quarter, office('Europe/Lisbon'))).toISOString(), '2026-03-31T23:00:00.000Z')
    assert.equal(new Date(periodEnd(at, quarter, defaultCalendar)).toISOString(), '2026-04-01T00:00:00.000Z')
  })

  it('begin a week on Monday', () => {
    assert.equal(new Date(periodStart(ms('2026-01-11T12:00:00Z'), { count: 1, unit: 'weeks' }, defaultCalendar)).toISOString(), '2026-01-05T00:00:00.000Z')
  })

  it('cover all time without overlap', () => {
    const periods = fc.record({ count: fc.constantFrom(1, 2), unit: fc.constantFrom<Unit>('days', 'weeks', 'months', 'quarters', 'years') })
    fc.assert(fc.property(moments, anyZone, periods, (at, zone, period) => {
      const start = periodStart(at, period, office(zone))
      const end = periodEnd(at, period, office(zone))
      assert.ok(start <= at && at < end)
      assert.equal(periodStart(start, period, office(zone)), start)
      assert.equal(periodStart(end, period, office(zone)), end)
      assert.equal(periodEnd(end - 1, period, office(zone)), end)
    }), { numRuns: 2000 })
  })

  it('do not exist for minutes and business days', () => {
    assert.throws(() => periodStart(0, { count: 1, unit: 'business days' }, defaultCalendar), /no calendar period of business days/)
  })
})

describe('calendarError', () => {
  it('names what cannot be used', () => {
    assert.equal(calendarError(defaultCalendar), undefined)
    assert.match(calendarError(office('Atlantis/Capital'))!, /Atlantis/)
    assert.match(calendarError({ ...defaultCalendar, workdays: [] })!, /at least one workday/)
    assert.match(calendarError(office('UTC', ['25.12.2026']))!, /25\.12\.2026/)
    assert.match(calendarError(office('UTC', ['2026-02-30']))!, /2026-02-30/)
  })
})
