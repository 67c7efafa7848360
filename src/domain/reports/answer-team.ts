import { z } from 'zod'
import { append } from '../../ledger/index.ts'
import { verb } from '../../verbs/verb.ts'
import { lockReport } from './find.ts'
import { answered } from './kinds.ts'
import { tellTeam } from './letters.ts'
import { insertMessage } from './message.ts'
import { MessageText, ReportId, updateReport } from './step.ts'

/** The reporter writes, whether asked or not. A message to a closed report is kept too: it may be the objection. */
export const answerTeam = verb({
  name: 'report.answer',
  summary: 'Write to the team about your report.',
  may: 'reports.follow',
  input: z.object({ report: ReportId, message: MessageText.describe('Your message') }),
  entries: ['report.answered'],
  async run({ tx, actor }, input) {
    const report = await lockReport(tx, actor, input.report)
    await updateReport(tx, report, { waiting_for_reporter: false })
    await insertMessage(tx, report, actor, 'reporter', input.message)
    await append(tx, answered, { subjects: { report: report.id }, marks: {}, facts: { message: input.message }, keyId: report.content_key_id })
    await tellTeam(tx, report, 'the reporter wrote')
    return { report: report.id }
  },
})
