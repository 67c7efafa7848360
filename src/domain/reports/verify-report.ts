import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { severities } from './report.ts'
import { judgeSeverity } from './severity.ts'
import { moveReport, ReportId, takeStep } from './step.ts'

/** Records that the weakness was reproduced, and how severe it is: by a CVSS vector, or by word where none fits. */
export const verifyReport = verb({
  name: 'report.verify',
  summary: 'Record that the weakness was reproduced, and its severity.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    severity: z.enum(severities).optional().describe('Severity in a word; left out when a CVSS vector is given'),
    cvss: z.string().trim().max(300).default('').describe('CVSS 3.1 or 4.0 vector, such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'),
  }),
  entries: ['report.verified', 'report.waiting-ended'],
  async run(work, input) {
    const severity = judgeSeverity(input.cvss, input.severity)
    const report = await takeStep(work, input.report, 'verify')
    const moved = await moveReport(work, report,
      { step: 'verify', marks: { severity }, facts: { cvss: input.cvss }, change: { severity, cvss: input.cvss || null }, happened: 'it was confirmed' })
    return { ...moved, severity }
  },
})
