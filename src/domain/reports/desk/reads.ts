import { sql } from 'kysely'
import { z } from 'zod'
import { namesOf } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { verb } from '../../../verbs/verb.ts'
import { getReport } from '../find.ts'
import { ReportId } from '../step.ts'

/** The member has read all that there is by now. */
export async function readUpTo(tx: Tx, account: string, reportId: string): Promise<void> {
  const now = timestampOf(tx.now)
  await tx.db.insertInto('report_reads')
    .values({ organization_id: tx.organizationId, account_id: account, report_id: reportId, read_at: now, seen_at: now, mentioned_at: null })
    .onConflict((conflict) => conflict.columns(['organization_id', 'account_id', 'report_id']).doUpdateSet({ read_at: now, seen_at: now, mentioned_at: null }))
    .execute()
}

/** Somebody is named in a note: it stands out in their inbox until they look. */
export async function markMentioned(tx: Tx, account: string, reportId: string): Promise<void> {
  const now = timestampOf(tx.now)
  const never = new Date(0)
  await tx.db.insertInto('report_reads')
    .values({ organization_id: tx.organizationId, account_id: account, report_id: reportId, read_at: never, seen_at: never, mentioned_at: now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'account_id', 'report_id']).doUpdateSet({ mentioned_at: now })).execute()
}

export const markRead = verb({
  name: 'report.mark-read', summary: 'Mark a report as read by you, as unread to come back to it, or as open in front of you.', may: 'reports.read',
    entries: [],
  input: z.object({ report: ReportId, as: z.enum(['read', 'unread', 'open']).default('read') }),
  async run({ tx, actor }, { report, as }) {
    if (actor.kind !== 'member') return
    await getReport(tx, actor, report)
    if (as !== 'open') await readUpTo(tx, actor.accountId, report)
    const change = as === 'unread' ? { read_at: new Date(0), seen_at: new Date(0) } : { seen_at: timestampOf(tx.now) }
    await tx.db.updateTable('report_reads').set(change).where('account_id', '=', actor.accountId).where('report_id', '=', report).execute()
  },
})

const LOOKING_MINUTES = 2

/** Who else has the case's page open, as far as their browser told within the last minutes. */
export async function lookingAt(tx: Tx, actor: Actor, reportId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('report_reads').select('account_id').where('report_id', '=', reportId)
    .where('seen_at', '>', timestampOf(tx.now.subtract({ minutes: LOOKING_MINUTES })))
    .where(sql<boolean>`account_id is distinct from ${actor.kind === 'member' ? actor.accountId : null}`).orderBy('seen_at', 'desc').limit(5).execute()
  const nameOf = await namesOf(tx, rows.map(({ account_id: account }) => account))
  return rows.map(({ account_id: account }) => nameOf(account))
}
