import { addDuration, periodEnd, periodStart, type Calendar } from './calendar.ts'
import { printInterval } from './duration.ts'
import { list } from './phrases.ts'
import type { KindPattern, Rule } from './rule.ts'

/** What a rule would ask for, played through with a date: for the command line and the preview in the desk. */
export interface Example {
  /** When the thing happens that calls for something, in milliseconds. */
  readonly at: number
  /** When it is due; absent where the rule sets no date. */
  readonly dueAt?: number
  /** Both, as a sentence in the calendar's zone. */
  readonly sentence: string
}

/** A few examples that begin at `from`; where the calendar matters, also ones that begin on a day off or at a month's end. */
export function examples(rule: Rule, { from, calendar }: { from: number; calendar: Calendar }): Example[] {
  const { body } = rule
  const say = (at: number) => sayMoment(at, calendar.zone)
  const sayBy = (at: number) => sayEnd(at, calendar.zone)
  const due = (at: number, dueAt: number, sentence: string): Example => ({ at, dueAt, sentence })
  switch (body.pattern) {
    case 'response': return startsOf(from, body.within.unit, calendar).map((at) => {
      const by = addDuration(at, body.within, calendar)
      return due(at, by, `If ${name(body.trigger)} is recorded on ${say(at)}, ${list(body.responses.map(name))} is due by ${sayBy(by)}.`)
    })
    case 'recurrence': {
      if (!body.fixed) return startsOf(from, body.every.unit, calendar).map((at) => {
        const by = addDuration(at, body.every, calendar)
        return due(at, by, `If ${name(body.kind)} was last recorded on ${say(at)}, the next one is due by ${sayBy(by)}.`)
      })
      const [start, end] = [periodStart(from, body.every, calendar), periodEnd(from, body.every, calendar)]
      return [start, end].map((at) => {
        const by = periodEnd(at, body.every, calendar)
        return due(at, by, `In the ${printInterval(body.every)} that begins on ${sayDay(at, calendar.zone)}, ${name(body.kind)} is due by ${sayBy(by)}.`)
      })
    }
    case 'universality': {
      const by = addDuration(from, body.every, calendar)
      const next = `If ${name(body.check)} passed on ${say(from)}, the next check is due by ${sayBy(by)}.`
      return [due(from, by, `${next} A check that fails breaks the promise at once.`)]
    }
    case 'precedence': return [{
      at: from,
      sentence: `If ${name(body.then)} is recorded on ${say(from)}, not preceded by ${list(body.first.map(name), 'and')}, the promise is broken then.`,
    }]
    case 'absence': return [{ at: from, sentence: body.most === 0
      ? `If ${name(body.kind)} is recorded on ${say(from)}, the promise is broken at that moment.`
      : `The first ${body.most === 1 ? 'time' : `${body.most} times`} that ${name(body.kind)} is recorded are allowed; the next one breaks the promise.` }]
  }
}

/** Moments worth showing: `from` itself, the next Saturday for business days, the next 31st for months. */
function startsOf(from: number, unit: string, { zone, workdays }: Calendar): number[] {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const days = Array.from({ length: 62 }, (_, ahead) => start.add({ days: ahead }))
  const special = unit === 'business days' ? days.find((day) => !workdays.includes(day.dayOfWeek))
    : unit === 'months' || unit === 'quarters' ? days.find((day) => day.day === 31) : undefined
  return [from, ...special && special.epochMilliseconds !== from ? [special.epochMilliseconds] : []]
}

const name = ({ kind }: KindPattern) => `\`${kind}\``

function sayMoment(atMs: number, zone: string): string {
  return `${sayDay(atMs, zone)}, ${new Date(atMs).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })}`
}

/** Midnight, as people mean it when something is due: the end of the day before. */
function sayEnd(atMs: number, zone: string): string {
  const isMidnight = periodStart(atMs, { count: 1, unit: 'days' }, { zone, workdays: [1], holidays: [] }) === atMs
  return isMidnight ? `the end of ${sayDay(atMs - 1, zone)}` : sayMoment(atMs, zone)
}

function sayDay(atMs: number, zone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) => new Date(atMs).toLocaleDateString('en-GB', { timeZone: zone, ...options })
  return `${part({ weekday: 'long' })} ${part({ day: 'numeric', month: 'long', year: 'numeric' })}`
}
