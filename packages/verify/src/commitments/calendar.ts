import type { Duration, Unit } from './rule.ts'
import { zoneOf, type Zone } from './zone.ts'

/** When an organisation works. An entry of the ledger sets it, and it must not be changed in place. */
export interface Calendar {
  /** Name in the IANA time zone database: `Europe/Lisbon`. */
  readonly zone: string
  /** ISO weekdays, 1 Monday to 7 Sunday; at least one. */
  readonly workdays: readonly number[]
  /** `2026-12-25`. */
  readonly holidays: readonly string[]
}

/** What counts until an organisation has set its own. */
export const defaultCalendar: Calendar = { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: [] }

const DAY_MS = 86_400_000
/** Monday 5 January 1970, on whose grid weeks and several days begin. */
const MONDAY_MS = 4 * DAY_MS
const EXACT_MS: Partial<Record<Unit, number>> = { minutes: 60_000, hours: 3_600_000, days: DAY_MS, weeks: 7 * DAY_MS }
const MONTHS: Partial<Record<Unit, number>> = { months: 1, quarters: 3, years: 12 }

/**
 * The moment `duration` after `atMs`. Minutes to weeks are exact (a day is 24 hours). Months, quarters and years keep the date and
 * time of the wall clock, and clamp to the month's last day. Business days keep the time of day; a moment on a day off counts as the
 * end of the workday before it, so that the result is the end of a workday. Where clocks are put forward or back the order of two
 * results can differ from the order of their beginnings, by at most the shift: keep deadlines in a heap, not in a queue.
 */
export function addDuration(atMs: number, duration: Duration, calendar: Calendar): number {
  const exact = EXACT_MS[duration.unit]
  if (exact !== undefined) return atMs + duration.count * exact
  const { zone, isWorkday } = compiled(calendar)
  const local = zone.toLocal(atMs)
  const months = MONTHS[duration.unit]
  return zone.toInstant(months === undefined ? addWorkdays(local, duration.count, isWorkday) : addMonths(local, duration.count * months))
}

/**
 * First moment of the calendar period that `atMs` lies in, in the calendar's zone: days from midnight, weeks from Monday, months,
 * quarters and years from their first day. Several months are counted from January of year 0, several days and weeks from Monday 5 January 1970.
 */
export function periodStart(atMs: number, period: Duration, calendar: Calendar): number {
  const { zone } = compiled(calendar)
  return zone.toInstant(startOf(zone.toLocal(atMs), period))
}

/** First moment after that period: what happens then belongs to the next one. */
export function periodEnd(atMs: number, period: Duration, calendar: Calendar): number {
  const { zone } = compiled(calendar)
  const start = startOf(zone.toLocal(atMs), period)
  const months = MONTHS[period.unit]
  return zone.toInstant(months === undefined ? start + period.count * exactPeriod(period.unit) : addMonths(start, period.count * months))
}

/** What is wrong with a calendar, as a sentence; undefined when it can be used. */
export function calendarError(calendar: Calendar): string | undefined {
  try { compiled(calendar) } catch (error) { return error instanceof RangeError ? error.message : String(error) }
  return undefined
}

interface Compiled { readonly zone: Zone; readonly isWorkday: (day: number) => boolean }

const cache = new WeakMap<Calendar, Compiled>()

function compiled(calendar: Calendar): Compiled {
  let found = cache.get(calendar)
  if (!found) cache.set(calendar, found = compile(calendar))
  return found
}

function compile({ zone, workdays, holidays }: Calendar): Compiled {
  if (!workdays.some((day) => day >= 1 && day <= 7)) throw new RangeError('A calendar needs at least one workday, 1 (Monday) to 7 (Sunday).')
  const off = new Set(holidays.map(dayOf))
  const works = new Set(workdays)
  return { zone: zoneOf(zone), isWorkday: (day) => works.has(isoWeekday(day)) && !off.has(day) }
}

function dayOf(isoDate: string): number {
  const at = Date.parse(isoDate)
  // `Date` reads 30 February as 2 March; only what it writes back unchanged is a date.
  const exists = !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === isoDate
  if (!exists) throw new RangeError(`“${isoDate}” is not a date like 2026-12-25.`)
  return at / DAY_MS
}

// Day 0, 1 January 1970, was a Thursday.
const isoWeekday = (day: number) => (((day + 3) % 7) + 7) % 7 + 1

function addWorkdays(localMs: number, count: number, isWorkday: (day: number) => boolean): number {
  let day = Math.floor(localMs / DAY_MS)
  const timeOfDay = isWorkday(day) ? localMs - day * DAY_MS : DAY_MS
  for (let left = count; left > 0; left--) do day++; while (!isWorkday(day))
  return day * DAY_MS + timeOfDay
}

function addMonths(localMs: number, months: number): number {
  const date = new Date(localMs)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + ((localMs % DAY_MS) + DAY_MS) % DAY_MS
}

function startOf(localMs: number, { count, unit }: Duration): number {
  const months = MONTHS[unit]
  if (months !== undefined) {
    const date = new Date(localMs)
    const index = date.getUTCFullYear() * 12 + date.getUTCMonth()
    const first = index - index % (count * months)
    return Date.UTC(Math.floor(first / 12), first % 12)
  }
  const length = count * exactPeriod(unit)
  return Math.floor((localMs - MONDAY_MS) / length) * length + MONDAY_MS
}

function exactPeriod(unit: Unit): number {
  const exact = EXACT_MS[unit]
  if (exact === undefined || exact < DAY_MS) throw new RangeError(`There is no calendar period of ${unit}.`)
  return exact
}
