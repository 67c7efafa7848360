import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'

/** How long a question may wait: days until the reporter is warned, and days from then until the waiting ends. */
export interface Handling { readonly warnAfterDays: number; readonly endAfterDays: number }
const defaults: Handling = { warnAfterDays: 14, endAfterDays: 14 }

export async function handlingOf(tx: Tx): Promise<Handling> {
  const row = await tx.db.selectFrom('report_handling').selectAll().executeTakeFirst()
  return row ? { warnAfterDays: row.warn_after_days, endAfterDays: row.end_after_days } : defaults
}

const days = z.coerce.number('Write a number of days.').int('Write whole days.').min(1, 'At least one day.').max(365, 'At most a year.')

export const setWaiting = verb({
  name: 'report.set-waiting',
  summary: 'Set how long the team waits for a reporter’s answer before the clocks run again.',
  may: 'policies.write',
  input: z.object({
    warn_after_days: days.describe('Days after the question until the reporter is reminded'),
    end_after_days: days.describe('Days after the reminder until the waiting ends'),
  }),
  entries: [],
  async run({ tx }, row) {
    await tx.db.insertInto('report_handling').values({ organization_id: tx.organizationId, ...row })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row)).execute()
  },
})
