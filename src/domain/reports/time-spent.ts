import type { ColumnType } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'

/** `numeric` is read as text, so that nothing is lost. */
type Decimal = ColumnType<string, number, number>

interface TimeSpentRow { organization_id: string; id: string; report_id: string; account_id: string | null; minutes: Decimal; at: Date }

declare module '../../db/tables.ts' {
  interface Tables { time_spent: TimeSpentRow }
}

/** Nobody's clock runs beside the work: whoever worked says how long it was, when they are done. */
export const Minutes = z.coerce.number('Enter a number of minutes.').min(0, 'Enter a number of minutes.').max(6000, 'Enter at most 6,000 minutes.')

/** Divides the minutes among the reports. */
export async function noteTime(tx: Tx, actor: Actor, reports: readonly string[], minutes: number): Promise<void> {
  if (minutes <= 0 || reports.length === 0) return
  const account_id = actor.kind === 'member' ? actor.accountId : null
  await tx.db.insertInto('time_spent').values(reports.map((report_id) => ({
    organization_id: tx.organizationId, id: tx.newId(), report_id, account_id, minutes: minutes / reports.length, at: timestampOf(tx.now),
  }))).execute()
}

export async function minutesOf(tx: Tx, reportId: string): Promise<number> {
  const row = await tx.db.selectFrom('time_spent').select((is) => is.fn.sum<string>('minutes').as('sum')).where('report_id', '=', reportId).executeTakeFirst()
  return Number(row?.sum ?? 0)
}
