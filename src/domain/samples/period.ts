import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'
import { zoneOf } from '../../verbs/moment.ts'
import type { Period } from './samplable.ts'

/** From the beginning of the first day to the end of the last. Throws `Invalid` where it ends before it begins, or is not over yet. */
export async function periodOf(tx: Tx, from: string, to: string): Promise<Period> {
  const zone = await zoneOf(tx)
  const since = Temporal.PlainDate.from(from).toZonedDateTime(zone).toInstant()
  const until = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(zone).toInstant()
  if (Temporal.Instant.compare(since, until) >= 0) throw new Invalid({ to: 'The last day is before the first one.' })
  if (Temporal.Instant.compare(since, tx.now) >= 0) throw new Invalid({ from: 'Nothing has happened then yet.' })
  return { from, to, since, until }
}
