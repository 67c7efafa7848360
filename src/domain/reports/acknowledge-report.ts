import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'

/** Tells the reporter that somebody has read the report. Rules usually count only a person's acknowledgement (`where by is human`). */
export const acknowledgeReport = verb({
  name: 'report.acknowledge',
  summary: 'Tell the reporter that the report was read.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('What the reporter will read') }),
  entries: ['report.acknowledged'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'acknowledge')
    return moveReport(work, report, { step: 'acknowledge', message: input.message, happened: 'it was read' })
  },
})
