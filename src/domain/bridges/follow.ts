import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { onEntries } from '../../ledger/index.ts'
import { post, toTeam } from '../../mail/index.ts'
import { whenErased } from '../reports/index.ts'
import { perhapsThere } from './find.ts'
import { syncJobName } from './sync.ts'

/** Everything that moves a report. */
const moves = [
  'report.acknowledged', 'report.verification-started', 'report.verified', 'report.accepted', 'report.fix-started', 'report.fixed', 'retest.failed',
  'report.resolved', 'report.closed', 'report.reopened', 'report.disclosed',
]

/** Where a report was passed on to, the issue is told: one statement, in the transaction that moves the report, sent without waiting. */
onEntries(moves, (tx, written) => {
  const reports = written.flatMap(({ subjects }) => z.uuid().safeParse(subjects['report']).data ?? [])
  if (reports.length === 0) return
  tx.send(sql`
    with due as (
      update bridge_issues set next_at = ${timestampOf(tx.now)} from bridges
      where bridges.id = bridge_id and bridges.ended_at is null and report_id = any (${reports}::uuid[]) and state in ('waiting', 'sent')
      returning bridge_issues.id)
    select graphile_worker.add_job(${syncJobName}, json_build_object('organizationId', ${tx.organizationId}::text, 'payload', json_build_object('issue', id)),
      job_key => ${`${tx.organizationId}/${syncJobName}/`} || id)
    from due`.execute(tx.db))
})

/** What left the house is not erased with the report. Whoever erases is told that a copy may be elsewhere; the report's page says where. */
whenErased(async (tx, reportId, what) => {
  if (what === 'identity') return
  const issues = await tx.db.updateTable('bridge_issues').set({ erased_at: timestampOf(tx.now), content: null, next_at: null })
    .where('report_id', '=', reportId).returning(['number', 'tries']).execute()
  if (!issues.some(perhapsThere)) return
  const report = await tx.db.selectFrom('reports').select(['id', 'reference']).where('id', '=', reportId).executeTakeFirstOrThrow()
  await post(tx, {
    to: await toTeam(tx, 'reports.erase'),
    subject: `${report.reference}: a copy may exist elsewhere`,
    text: `Report ${report.reference} was erased here. It had been passed on to an issue tracker, where a copy may exist.

See where, delete it there, and say so:

{link:/desk/reports/${report.id}}`,
  })
})
