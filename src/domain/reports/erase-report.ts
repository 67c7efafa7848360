import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { eraseFacts } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { suspendErasure } from '../../seal/holds.ts'
import { verb } from '../../verbs/verb.ts'
import { forgetSenders } from '../gates/index.ts'
import { getReport } from './find.ts'
import { forgetKeepers } from './kept.ts'
import { isOpen } from './report.ts'
import { ReportId, updateReport } from './step.ts'
import { eraseElsewhere } from './when-erased.ts'

/**
 * Destroys the key of what was reported, of who reported it, or of both. The report's row, its times and its standing stay, and every proof
 * stays valid; the words are gone. It cannot be undone, and backups follow by the date that comes back.
 */
export const eraseReport = verb({
  name: 'report.erase',
  summary: 'Erase for good what was reported, or who reported it.',
  may: 'reports.erase', stepUp: true,
  input: z.object({
    report: ReportId,
    what: z.enum(['identity', 'content', 'everything']).describe('Who reported it, what was reported, or both'),
    reason: z.enum(['request', 'retention']).default('request').describe('Somebody asked, or its time is over'),
  }),
  output: z.object({
    report: z.uuid(), complete_at: z.iso.datetime().nullable(),
    suspended: z.boolean().describe('A legal hold stands against it: nothing was erased, and you are told when it can be'),
  }),
  entries: ['facts.erased'],
  async run({ tx, actor }, { report: id, what, reason }) {
    const report = await getReport(tx, actor, id)
    const content = what !== 'identity'
    refuseIf(content && isOpen(report.state), 'report_still_open',
      'The report is still open. Resolve or close it first; who reported it can be erased at any time.')
    refuseIf(content && report.erased_at, 'already_erased', 'What was reported is erased already.')
    if (await suspendErasure(tx, 'report', id, askedBy(actor, id))) return { report: id, complete_at: null, suspended: true }
    const erasures = [
      ...(content ? [await eraseFacts(tx, report.content_key_id, reason, [{ kind: 'report', id }])] : []),
      ...(what !== 'content' && report.identity_key_id ? [await eraseFacts(tx, report.identity_key_id, reason)] : []),
    ]
    if (what !== 'content') {
      await forgetKeepers(tx, id)
      await forgetSenders(tx, id)
    }
    await eraseElsewhere(tx, id, what)
    await updateReport(tx, report, { ...(content && { erased_at: timestampOf(tx.now) }), ...(what !== 'content' && { identity: null }) })
    return { report: id, complete_at: latest(erasures.map(({ completeAt }) => completeAt)), suspended: false }
  },
})

/** Who is told; the report itself where no person asked. */
const askedBy = (actor: Actor, id: string): string => actor.kind === 'member' ? actor.accountId : id

/** Null where one of the dates is not known. */
function latest(dates: readonly (Temporal.Instant | null)[]): string | null {
  if (dates.length === 0 || dates.includes(null)) return null
  return (dates as Temporal.Instant[]).reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b)).toString()
}
