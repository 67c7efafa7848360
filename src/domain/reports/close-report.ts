import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { findOriginal, nameOriginal } from './duplicates/original.ts'
import type { Report } from './find.ts'
import { closingReasons } from './report.ts'
import { MessageText, moveReport, ReportId, takeStep } from './step.ts'
import { Minutes, noteTime } from './time-spent.ts'

/**
 * Closes a report without a fix. The reason goes to the reporter and, as one word, into the record that rules read. A duplicate names its original,
 * or says plainly that nothing proves that there is one.
 */
export const closeReport = verb({
  name: 'report.close',
  summary: 'Close a report without a fix, for a reason that the reporter is told.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    reason: z.enum(closingReasons).describe('Why it is closed'),
    message: MessageText.describe('What the reporter will read'),
    original: z.string().trim().max(100).default('')
      .describe('Of a duplicate: the earlier report by its reference or id, or the number in the record of a finding of your own (finding.opened)'),
    no_record: z.boolean().default(false).describe('Of a duplicate: there is no earlier record, for instance because it is public already'),
    minutes: Minutes.default(0).describe('Minutes that it took, for the count of what reports cost'),
  }),
  entries: ['report.closed', 'report.original-named', 'report.waiting-ended'],
  async run(work, input) {
    const report = await takeStep(work, input.report, 'close')
    const { reason, message, minutes } = input
    const original = reason === 'duplicate' ? await originalOf(work, report, input) : null
    const moved = await moveReport(work, report,
      { step: 'close', marks: { reason }, message, change: { closed_because: reason }, happened: `it was closed (${reason})` })
    if (original) await nameOriginal(work, report, original)
    await noteTime(work.tx, work.actor, [report.id], minutes)
    return moved
  },
})

async function originalOf(work: Work, report: Report, { original, no_record: none }: { original: string; no_record: boolean }) {
  if (original) return findOriginal(work, report, original)
  if (!none) throw new Invalid({ original: 'Name the report that came first, or say below that there is no earlier record.' })
  return null
}
