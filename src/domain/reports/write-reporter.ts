import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { dropDraft } from './drafts.ts'
import { lockReport } from './find.ts'
import { updateSent } from './kinds.ts'
import { tellReporter } from './letters.ts'
import { byWhom, say } from './message.ts'
import { MessageText, ReportId } from './step.ts'

/** A word to the reporter that asks nothing. To a closed report too: its reporter may still be told something. */
export const writeReporter = verb({
  name: 'report.write',
  summary: 'Write to the reporter.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('What the reporter will read') }),
  entries: ['report.update-sent'],
  async run({ tx, actor }, { report: id, message }) {
    const report = await lockReport(tx, actor, id)
    await say(tx, report, actor, updateSent, { voice: 'team', text: message, marks: { by: byWhom(actor) } })
    await dropDraft(tx, actor, report.id, 'message')
    await tellReporter(tx, report, 'the team wrote to you')
    return { report: report.id }
  },
})
