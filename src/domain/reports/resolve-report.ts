import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'

/** Ends a report whose fix is live, with a word to the reporter. */
export const resolveReport = verb({
  name: 'report.resolve',
  summary: 'End a fixed report with a word to the reporter.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('What the reporter will read') }),
  entries: ['report.resolved'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'resolve')
    return moveReport(work, report, { to: 'resolved', marks: { severity: report.severity! }, message: input.message, happened: 'it is resolved' })
  },
})
