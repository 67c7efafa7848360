import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type OrganizationJob } from '../../jobs/index.ts'
import { checkJob, queueCheck, type Lookups } from './check-report.ts'

/** Long enough for somebody to close a flood before a machine begins to read it. */
const REST_MINUTES = 30
const BATCH = 300

/**
 * Looks at open reports that nothing was found about yet, one at a time, so that pages go first: suspect ones, whose arrival queues nothing. What is
 * closed by then is not looked at.
 */
export function checkLaterJob(lookups: Lookups): OrganizationJob {
  const check = checkJob(lookups)
  return job({
    name: 'report.check-later', payload: z.object({}), every: '*/5 * * * *',
    async run(work) {
      const { database, organizationId, signal } = work
      for (const report of await database.read(organizationId, unchecked)) {
        signal.throwIfAborted()
        // One that fails is tried again by itself, and holds up no other.
        await check.run(work, { report }).catch(() => database.write(organizationId, (tx) => queueCheck(tx, report)))
      }
    },
  })
}

async function unchecked(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('reports').leftJoin('report_facts', 'report_facts.report_id', 'reports.id').select('reports.id')
    .where('report_facts.report_id', 'is', null).where('received_at', '<', timestampOf(tx.now.subtract({ minutes: REST_MINUTES })))
    .where('state', 'not in', ['resolved', 'closed', 'disclosed']).where('opens_at', 'is', null).where('erased_at', 'is', null)
    .orderBy('received_at', 'desc').limit(BATCH).execute()
  return rows.map(({ id }) => id)
}
