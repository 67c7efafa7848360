import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'

/** An instant as people agree on it: a day, an hour, and whose clock. */
export const LocalMoment = {
  date: z.iso.date('Write a day, 2026-03-01.').describe('The day'),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write an hour, 14:00.').describe('The hour'),
  zone: z.string().max(60).describe('The zone of that clock, such as Europe/Zurich or UTC'),
}

export interface Moment { readonly instant: Temporal.Instant; readonly zone: string }

/** Throws Invalid where there is no such zone, where that hour does not exist or comes twice there, or where it is past. */
export function readLocal({ date, time, zone }: { date: string; time: string; zone: string }, now: Temporal.Instant): Moment {
  const instant = instantIn(date, time, zone)
  if (Temporal.Instant.compare(instant, now) <= 0) throw new Invalid({ date: 'This is past already. Choose a moment that is to come.' })
  return { instant, zone }
}

function instantIn(date: string, time: string, zone: string): Temporal.Instant {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`)
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    throw new Invalid({ zone: 'There is no such zone. Write one like Europe/Zurich, or UTC.' })
  }
  try {
    return local.toZonedDateTime(zone, { disambiguation: 'reject' }).toInstant()
  } catch {
    throw new Invalid({ time: 'Clocks change in that hour, so it does not exist or comes twice. Choose another one.' })
  }
}

/** As it is entered again: the parts of the form. */
export function localParts(instant: Temporal.Instant, zone: string): { date: string; time: string; zone: string } {
  const local = instant.toZonedDateTimeISO(zone)
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }), zone }
}
