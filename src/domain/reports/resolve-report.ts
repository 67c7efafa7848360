import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'

/** Ends a report whose fix is live, with a word to the reporter. */
export const resolveReport = verb({
  name: 'report.resolve',
  summary: 'End a fixed report with a word to the reporter.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('What the reporter will read') }),
  entries: ['report.resolved', 'report.waiting-ended'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'resolve')
    const marks = { severity: report.severity! }
    return moveReport(work, report, { step: 'resolve', marks, message: input.message, change: { retest_asked_at: null }, happened: 'it is resolved' })
  },
})
