import { z } from 'zod'
import { instantOf, timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid } from '../../../lib/errors.ts'
import { zoneOf } from '../../../verbs/moment.ts'

export const LastDay = z.iso.date().optional().describe('The last day of the access; without one it has no end')

/** The end of that day where the organisation is; null where no day is given. Throws `Invalid` for a day that is over, and where an auditor is given none. */
export async function endOf(tx: Tx, lastDay: string | undefined, roles: readonly string[]): Promise<Date | null> {
  if (lastDay === undefined) {
    if (roles.includes('auditor')) throw new Invalid({ until: 'An auditor’s access ends by itself. Say which day is the last.' })
    return null
  }
  const end = Temporal.PlainDate.from(lastDay).add({ days: 1 }).toZonedDateTime(await zoneOf(tx)).toInstant()
  if (Temporal.Instant.compare(end, tx.now) <= 0) throw new Invalid({ until: 'This day is over. Choose a later one.' })
  return timestampOf(end)
}

/** The last day on which an access counts that ends then, in the organisation's zone. */
export const lastDayOf = (endsAt: Date, zone: string): string =>
  instantOf(endsAt).subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate().toString()
