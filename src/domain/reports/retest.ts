import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { lockReport, type Report } from './find.ts'
import { retestPassed, retestRequested } from './kinds.ts'
import { tellReporter, tellTeam } from './letters.ts'
import { byWhom, say } from './message.ts'
import { MessageText, moveReport, ReportId, updateReport } from './step.ts'

const results = ['passed', 'failed'] as const
const result = z.enum(results).describe('Whether the fix holds')

/** A fix that is live is tried by whoever found the weakness, or by the team. One that does not hold leads back to the work on it. */
export const requestRetest = verb({
  name: 'retest.request',
  summary: 'Ask the reporter to try whether the fix holds.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, message: MessageText.describe('What to try, and where') }),
  entries: ['retest.requested'],
  async run(work, { report: id, message }) {
    const { tx, actor } = work
    const report = await lockFixed(work, id)
    await updateReport(tx, report, { retest_asked_at: timestampOf(tx.now) })
    await say(tx, report, actor, retestRequested, { voice: 'team', text: message, marks: { by: byWhom(actor) } })
    await tellReporter(tx, report, 'please try whether the fix holds')
    return { report: report.id }
  },
})

export const answerRetest = verb({
  name: 'retest.answer',
  summary: 'Tell the team whether the fix of your report holds.',
  may: 'reports.follow',
  input: z.object({ report: ReportId, result, message: MessageText.describe('What you tried and saw') }),
  entries: ['retest.passed', 'retest.failed', 'report.waiting-ended'],
  async run(work, { report: id, result: found, message }) {
    const report = await lockFixed(work, id)
    refuseIf(!report.retest_asked_at, 'retest_not_asked', 'Nobody asked for this yet. Write a message instead.')
    await record(work, report, 'reporter', found, message)
    await tellTeam(work.tx, report, found === 'passed' ? 'the reporter says that the fix holds' : 'the reporter says that the fix does not hold')
    return { report: report.id }
  },
})

export const recordRetest = verb({
  name: 'retest.record',
  summary: 'Record whether the fix holds, as the team tried it.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, result, message: MessageText.describe('What the reporter will read') }),
  entries: ['retest.passed', 'retest.failed', 'report.waiting-ended'],
  async run(work, { report: id, result: found, message }) {
    const report = await lockFixed(work, id)
    await record(work, report, 'team', found, message)
    if (found === 'passed') await tellReporter(work.tx, report, 'the fix was tried and holds')
    return { report: report.id }
  },
})

async function lockFixed({ tx, actor }: Work, id: string): Promise<Report> {
  const report = await lockReport(tx, actor, id)
  refuseIf(report.state !== 'fixed', 'nothing_to_retest', 'There is nothing to try while no fix is live.')
  return report
}

async function record(work: Work, report: Report, side: 'reporter' | 'team', found: (typeof results)[number], message: string): Promise<void> {
  const { tx, actor } = work
  const marks = { side, severity: report.severity! }
  const change = { retest_asked_at: null }
  if (found === 'failed') {
    const voice = side === 'reporter' ? { voice: side } as const : {}
    await moveReport(work, report, { step: 'fail-retest', marks, message, change, happened: 'the fix does not hold yet', ...voice })
    return
  }
  await updateReport(tx, report, change)
  await say(tx, report, actor, retestPassed, { voice: side, text: message, marks: { by: byWhom(actor), ...marks } })
}
