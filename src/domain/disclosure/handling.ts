import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import type { Report } from '../reports/index.ts'

/** Days from acceptance until we publish by ourselves, by severity; days before an embargo's end at which we remind; days to object. */
export interface Handling {
  readonly critical_days: number
  readonly high_days: number
  readonly medium_days: number
  readonly low_days: number
  readonly remind_days: number
  readonly object_days: number
}
const defaults: Handling = { critical_days: 90, high_days: 90, medium_days: 90, low_days: 90, remind_days: 7, object_days: 14 }

export async function handlingOf(tx: Tx): Promise<Handling> {
  const row = await tx.db.selectFrom('disclosure_handling').selectAll().executeTakeFirst()
  if (!row) return defaults
  const { organization_id: _, ...handling } = row
  return handling
}

/** When we would publish a report if nobody agreed on anything else. Null before it is accepted. */
export function usualEnd(report: Pick<Report, 'accepted_at' | 'severity'>, handling: Handling): Temporal.Instant | null {
  if (!report.accepted_at) return null
  const severity = report.severity === null || report.severity === 'none' ? 'low' : report.severity
  return Temporal.Instant.fromEpochMilliseconds(report.accepted_at.getTime()).add({ hours: 24 * handling[`${severity}_days`] })
}

const days = (most: number) => z.coerce.number('Write a number of days.').int('Write whole days.').min(1, 'At least one day.')
  .max(most, `At most ${most} days.`)

export const setDisclosureHandling = verb({
  name: 'disclosure.set-handling',
  summary: 'Set how long reports are kept confidential by default, by severity, and how long a reporter may object to a publication.',
  may: 'policies.write',
  input: z.object({
    critical_days: days(730).describe('Days from acceptance, critical'),
    high_days: days(730).describe('Days from acceptance, high'),
    medium_days: days(730).describe('Days from acceptance, medium'),
    low_days: days(730).describe('Days from acceptance, low'),
    remind_days: days(90).describe('Days before an embargo ends at which its parties are reminded'),
    object_days: days(90).describe('Days in which a reporter may object to a publication that the team proposes'),
  }),
  entries: [],
  async run({ tx }, row) {
    await tx.db.insertInto('disclosure_handling').values({ organization_id: tx.organizationId, ...row })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row)).execute()
  },
})
