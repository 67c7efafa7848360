import { z } from 'zod'
import type { Tx } from '../db/tx.ts'

/** When something was done, or is to begin: a moment, or the day alone where nobody knows the hour. */
export const Moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'Write a day, 2026-03-01, or a moment, 2026-03-01T09:00:00Z.')

/** A day counts from its beginning in the organisation's zone, so that what has to happen again is due sooner rather than later. */
export async function readMoment(tx: Tx, text: string): Promise<Temporal.Instant> {
  if (text.includes('T')) return Temporal.Instant.from(text)
  return Temporal.PlainDate.from(text).toZonedDateTime(await zoneOf(tx)).toInstant()
}

/** The zone in which this organisation counts its days. */
export async function zoneOf(tx: Tx): Promise<string> {
  const { zone } = await tx.db.selectFrom('organizations').select('zone').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  return zone
}
