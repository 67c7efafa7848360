import { z } from 'zod'
import { append } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { lockReport, ReportId } from '../reports/index.ts'
import { reportDisclosed } from '../systems/index.ts'
import { endEmbargo, endWithNote } from './embargo.ts'
import { disclosedByReporter, embargoEndedEarly } from './kinds.ts'
import { partyOf, tellParties } from './parties.ts'
import { settleOpen } from './proposal.ts'
import { Reason } from './propose.ts'

const endedWords = {
  leak: 'the embargo ended early, because the matter leaked',
  exploitation: 'the embargo ended early, because the weakness is exploited',
  other: 'the embargo ended early',
} as const

/** An embargo protects users; where it no longer does, it ends at once, and every party learns that it did. */
export const endEmbargoEarly = verb({
  name: 'embargo.end-early',
  summary: 'End an embargo before its time: the matter leaked, or the weakness is exploited. Every party is told.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    because: z.enum(['leak', 'exploitation', 'other'], 'Choose why.').describe('Why it cannot go on'),
    note: Reason.describe('What you know; every party reads it'),
  }),
  entries: ['embargo.ended-early'],
  async run({ tx, actor }, { report: id, because, note }) {
    const report = await lockReport(tx, actor, id)
    const { party } = partyOf(actor)
    refuseIf(!await endWithNote(tx, report, because, note), 'no_embargo', 'No embargo runs.')
    await settleOpen(tx, report.id, 'embargo', 'over')
    await append(tx, embargoEndedEarly, { subjects: { report: report.id }, marks: { reason: because }, facts: { note }, keyId: report.content_key_id })
    await tellParties(tx, report, endedWords[because], party)
  },
})

const where = Reason.describe('Where it can be read')
const entries = ['report.disclosed-by-reporter', 'report.disclosed']

/**
 * A reporter who publishes before the date asked us for nothing, and owes us nothing: the matter is public from then on, the embargo is over, and
 * what we promised about its publication is done, because it is no longer ours to do.
 */
export const recordReportersDisclosure = verb({
  name: 'disclosure.record-by-reporter',
  summary: 'Record that the reporter has made the weakness public. It ends the embargo and breaks no promise of yours.',
  may: 'reports.triage', input: z.object({ report: ReportId, where }), entries,
  run: (work, { report, where: place }) => publicByReporter(work, report, place),
})

export const tellOwnDisclosure = verb({
  name: 'disclosure.tell-own',
  summary: 'Tell the team that you have made the weakness public.',
  may: 'reports.follow', input: z.object({ report: ReportId, where }), entries,
  run: (work, { report, where: place }) => publicByReporter(work, report, place),
})

async function publicByReporter({ tx, actor }: Work, reportId: string, place: string): Promise<void> {
  const report = await lockReport(tx, actor, reportId)
  refuseIf(report.disclosed_at, 'report_is_public', 'It is public already.')
  const { party } = partyOf(actor)
  const entry = { subjects: { report: report.id }, keyId: report.content_key_id, vouch: party === 'reporter' ? 'both' : 'company' } as const
  await append(tx, disclosedByReporter, { ...entry, marks: { told_by: party === 'reporter' ? 'reporter' : 'company' }, facts: { where: place } })
  await append(tx, reportDisclosed, { ...entry, marks: {}, facts: { note: 'The reporter made it public.', reference: '' } })
  await endEmbargo(tx, report.id, 'reporter')
  await settleOpen(tx, report.id, 'embargo', 'over')
  await tellParties(tx, report, 'the reporter made it public', party)
}
