import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { moveReport, ReportId, takeStep } from './step.ts'

/** Promises the fix. From here on the times to fix run, by severity. */
export const acceptReport = verb({
  name: 'report.accept',
  summary: 'Accept a verified report: it will be fixed.',
  may: 'reports.triage',
  input: z.object({ report: ReportId }),
  entries: ['report.accepted', 'report.waiting-ended'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'accept')
    return moveReport(work, report, { step: 'accept', marks: { severity: report.severity! }, happened: 'it was accepted and will be fixed' })
  },
})
