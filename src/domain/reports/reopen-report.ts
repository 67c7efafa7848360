import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { reopeningReasons } from './report.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'

/**
 * Takes back an end. What closing discharged stays discharged, and what was missed stays missed; a promise that names `report.reopened`
 * begins anew here, so that nobody buys time by closing first and reopening later.
 */
export const reopenReport = verb({
  name: 'report.reopen',
  summary: 'Open a report again that was resolved or closed, for a reason that the reporter is told.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    reason: z.enum(reopeningReasons).describe('Why it is opened again'),
    message: MessageText.describe('What the reporter will read'),
  }),
  entries: ['report.reopened'],
  async run(work, { report: id, reason, message }) {
    const report = await takeStep(work, id, 'reopen')
    return moveReport(work, report,
      { step: 'reopen', marks: { reason }, message, change: { closed_because: null, retest_asked_at: null }, happened: 'it was opened again' })
  },
})
