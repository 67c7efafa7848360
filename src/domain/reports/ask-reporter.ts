import { z } from 'zod'
import { refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { dropDraft } from './drafts.ts'
import { lockReport } from './find.ts'
import { questionAsked } from './kinds.ts'
import { tellReporter } from './letters.ts'
import { byWhom, say } from './message.ts'
import { isOpen } from './report.ts'
import { MessageText, ReportId } from './step.ts'
import { beginWaiting } from './waiting.ts'

/** Asks the reporter something. Clocks that the policy stops while the team waits for an answer stop here. */
export const askReporter = verb({
  name: 'report.ask',
  summary: 'Ask the reporter a question.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('The question') }),
  entries: ['report.question-asked'],
  async run({ tx, actor }, input) {
    const report = await lockReport(tx, actor, input.report)
    refuseIf(!isOpen(report.state), 'report_done', 'The report is done; nothing can be asked any more.')
    await beginWaiting(tx, report)
    await say(tx, report, actor, questionAsked, { voice: 'team', text: input.message, marks: { by: byWhom(actor) } })
    await dropDraft(tx, actor, report.id, 'message')
    await tellReporter(tx, report, 'the team has a question')
    return { report: report.id }
  },
})
