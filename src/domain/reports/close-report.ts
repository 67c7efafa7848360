import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { closingReasons } from './report.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'

/** Closes a report without a fix. The reason goes to the reporter and, as one word, into the record that rules read. */
export const closeReport = verb({
  name: 'report.close',
  summary: 'Close a report without a fix, for a reason that the reporter is told.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    reason: z.enum(closingReasons).describe('Why it is closed'),
    message: MessageText.describe('What the reporter will read'),
  }),
  entries: ['report.closed'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'close')
    const { reason, message } = input
    return moveReport(work, report, { to: 'closed', marks: { reason }, message, change: { closed_because: reason }, happened: `it was closed (${reason})` })
  },
})
