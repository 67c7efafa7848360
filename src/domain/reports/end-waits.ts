import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type Job } from '../../jobs/index.ts'
import { runVerb } from '../../verbs/run.ts'
import { verb } from '../../verbs/verb.ts'
import type { Report } from './find.ts'
import { handlingOf } from './handling.ts'
import { tellReporter, tellTeam } from './letters.ts'
import { endWaiting } from './waiting.ts'

/** So many cases in one transaction, so that nothing else waits for long. */
const atOnce = 100

/** A question that nobody answers: the reporter is reminded, and some days later the clocks run again and the team has to decide. */
export const endWaits = verb({
  name: 'report.end-waits',
  summary: 'Remind reporters whose answer has been waited for, and end the waiting where the reminder did not help.',
  may: 'reports.triage',
  input: z.object({}),
  output: z.object({ reminded: z.number(), ended: z.number(), more: z.boolean() }),
  entries: ['report.waiting-ended'],
  async run({ tx }) {
    const { warnAfterDays, endAfterDays } = await handlingOf(tx)
    const over = await waitingLonger(tx, 'waiting_warned_at', endAfterDays)
    for (const report of over) {
      await endWaiting(tx, report, 'unanswered')
      await tellTeam(tx, report, 'the reporter has not answered, and the clocks run again')
    }
    const silent = await waitingLonger(tx, 'waiting_since', warnAfterDays)
    for (const report of silent) {
      await tx.db.updateTable('reports').set({ waiting_warned_at: timestampOf(tx.now) }).where('id', '=', report.id).execute()
      await tellReporter(tx, report, `the team still waits for your answer, for ${endAfterDays} more ${endAfterDays === 1 ? 'day' : 'days'}`)
    }
    return { reminded: silent.length, ended: over.length, more: over.length === atOnce || silent.length === atOnce }
  },
})

function waitingLonger(tx: Tx, since: 'waiting_since' | 'waiting_warned_at', days: number): Promise<Report[]> {
  return tx.db.selectFrom('reports').selectAll().where('waiting_for_reporter', '=', true).where('erased_at', 'is', null)
    .where(since, '<=', timestampOf(tx.now.subtract({ hours: days * 24 })))
    .$if(since === 'waiting_since', (q) => q.where('waiting_warned_at', 'is', null))
    .orderBy('waiting_since').limit(atOnce).forUpdate().skipLocked().execute()
}

export const endWaitsJob: Job = job({
  name: 'reports.end-waits', payload: z.object({}), every: '20 * * * *',
  async run({ database, actor, organizationId, signal }) {
    while (!signal.aborted && (await runVerb({ database }, endWaits, actor, organizationId, {})).more);
  },
})
