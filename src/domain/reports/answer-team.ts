import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { lockReport } from './find.ts'
import { answered } from './kinds.ts'
import { tellTeam } from './letters.ts'
import { say } from './message.ts'
import { MessageText, ReportId, updateReport } from './step.ts'
import { endWaiting } from './waiting.ts'

/** The reporter writes, whether asked or not. A message to a closed report is kept too: it may be the objection. */
export const answerTeam = verb({
  name: 'report.answer',
  summary: 'Write to the team about your report.',
  may: 'reports.follow',
  input: z.object({ report: ReportId, message: MessageText.describe('Your message') }),
  entries: ['report.answered', 'report.waiting-ended'],
  async run({ tx, actor }, input) {
    const report = await lockReport(tx, actor, input.report)
    if (report.unanswered_at) await updateReport(tx, report, { unanswered_at: null })
    await say(tx, report, actor, answered, { voice: 'reporter', text: input.message })
    await endWaiting(tx, report, 'answered')
    await tellTeam(tx, report, 'the reporter wrote')
    return { report: report.id }
  },
})
