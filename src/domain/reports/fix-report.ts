import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { moveReport, ReportId, takeStep } from './step.ts'

/** Records that the fix is where users are, not that it is written. */
export const fixReport = verb({
  name: 'report.fix',
  summary: 'Record that the fix is live.',
  may: 'reports.triage',
  input: z.object({ report: ReportId }),
  entries: ['report.fixed', 'report.waiting-ended'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'fix')
    return moveReport(work, report, { step: 'fix', marks: { severity: report.severity! }, happened: 'the fix is live' })
  },
})
