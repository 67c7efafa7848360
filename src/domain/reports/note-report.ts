import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { noteDoing } from './desk/doings.ts'
import { tellMentioned } from './desk/mentions.ts'
import { dropDraft } from './drafts.ts'
import { lockReport } from './find.ts'
import { insertMessage } from './message.ts'
import { MessageText, ReportId } from './step.ts'

/** A word of the team to itself. It has no entry in the ledger: nobody promised to take notes. */
export const noteReport = verb({
  name: 'report.note',
  summary: 'Write a note that only the team sees. Whoever is named in it as @name gets a letter.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('The note') }),
  entries: [],
  async run({ tx, actor }, input) {
    const report = await lockReport(tx, actor, input.report)
    await insertMessage(tx, report, actor, 'note', input.message)
    await dropDraft(tx, actor, report.id, 'note')
    await noteDoing(tx, actor, report.id, { what: 'noted', told: await tellMentioned(tx, actor, report, input.message) })
    return { report: report.id }
  },
})
