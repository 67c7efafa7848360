import { z } from 'zod'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { guestBehind } from '../guests/index.ts'
import { lockReport, ReportId, type Report } from '../reports/index.ts'
import { runsUntil } from './embargo.ts'
import { handlingOf } from './handling.ts'
import { disclosureRequested, embargoProposed } from './kinds.ts'
import { LocalMoment, readLocal, type Moment } from './moment.ts'
import { partyOf, sideOf, tellParties } from './parties.ts'
import { insertProposal } from './proposal.ts'

export const Reason = z.string().trim().min(1, 'Say why.').max(4000, 'Write at most 4,000 characters.')

const embargo = { ...LocalMoment, reason: Reason.describe('Why until then; every party reads it') }
/** Without a date: as soon as both agree. */
const disclosure = {
  date: LocalMoment.date.optional(), time: LocalMoment.time.optional(), zone: LocalMoment.zone.optional(),
  reason: Reason.describe('What you have in mind; the other side reads it'),
}
const output = z.object({ proposal: z.uuid() })

export const proposeEmbargo = verb({
  name: 'embargo.propose', summary: 'Propose an embargo, or another date for it, as the team.', may: 'reports.triage',
  input: z.object({ report: ReportId, ...embargo }), output, entries: ['embargo.proposed'],
  run: (work, { report, ...given }) => proposal(work, report, given),
})

export const askEmbargo = verb({
  name: 'embargo.ask', summary: 'Propose an embargo, or another date for it, as the reporter.', may: 'reports.follow',
  input: z.object({ report: ReportId, ...embargo }), output, entries: ['embargo.proposed'],
  run: (work, { report, ...given }) => proposal(work, report, given),
})

export const suggestEmbargo = verb({
  name: 'embargo.suggest', summary: 'Propose an embargo, or another date for it, as a guest of the case.', may: 'reports.assist',
  input: z.object(embargo), output, entries: ['embargo.proposed'],
  run: (work, given) => proposal(work, guestBehind(work.actor).reportId, given),
})

type Dated = Parameters<typeof readLocal>[0] & { reason: string }

async function proposal({ tx, actor }: Work, reportId: string, { reason, ...local }: Dated): Promise<{ proposal: string }> {
  const report = await lockReport(tx, actor, reportId)
  refuseIf(report.disclosed_at, 'report_is_public', 'The report is public already, so there is nothing left to keep confidential.')
  const { party, account } = partyOf(actor)
  const moment = readLocal(local, tx.now)
  const id = await insertProposal(tx, report, { about: 'embargo', party, account, moment, reason, objectBy: null })
  await append(tx, embargoProposed, {
    subjects: { report: report.id }, marks: { side: sideOf(party) }, facts: { until: moment.instant.toString(), zone: moment.zone, reason },
    keyId: report.content_key_id,
  })
  await tellParties(tx, report, 'a date for the embargo was proposed', party)
  return { proposal: id }
}

export const requestDisclosure = verb({
  name: 'disclosure.request',
    summary: 'Ask the reporter to agree that the report is published. Without an answer it may be published when the time to object is over.',
  may: 'reports.triage', input: z.object({ report: ReportId, ...disclosure }), output, entries: ['disclosure.requested'],
  run: (work, { report, ...given }) => request(work, report, given),
})

export const askDisclosure = verb({
  name: 'disclosure.ask', summary: 'Ask the team to publish your report.', may: 'reports.follow',
  input: z.object({ report: ReportId, ...disclosure }), output, entries: ['disclosure.requested'],
  run: (work, { report, ...given }) => request(work, report, given),
})

type MaybeDated = { date?: string | undefined; time?: string | undefined; zone?: string | undefined; reason: string }

async function request({ tx, actor }: Work, reportId: string, { reason, ...local }: MaybeDated): Promise<{ proposal: string }> {
  const report = await lockReport(tx, actor, reportId)
  const { party, account } = partyOf(actor)
  const moment = momentOf(local, tx.now)
  const objectBy = party === 'company' ? tx.now.add({ hours: 24 * (await handlingOf(tx)).object_days }) : null
  await refuseWithin(tx, report, moment)
  const id = await insertProposal(tx, report, { about: 'disclosure', party, account, moment, reason, objectBy })
  await append(tx, disclosureRequested, {
    subjects: { report: report.id }, marks: { side: sideOf(party) }, facts: { on: moment?.instant.toString() ?? '', zone: moment?.zone ?? '', reason },
    keyId: report.content_key_id,
  })
  await tellParties(tx, report, party === 'company' ? 'the team asks to publish it' : 'the reporter asks to publish it', party)
  return { proposal: id }
}

function momentOf({ date, time, zone }: Omit<MaybeDated, 'reason'>, now: Temporal.Instant): Moment | null {
  if (date === undefined && time === undefined) return null
  if (date === undefined || time === undefined || zone === undefined) throw new Invalid({ date: 'Give day, hour and zone, or none of day and hour.' })
  return readLocal({ date, time, zone }, now)
}

/** Who wants to publish earlier than was agreed proposes another date for the embargo: a silence must not end it. */
async function refuseWithin(tx: Work['tx'], report: Report, moment: Moment | null): Promise<void> {
  const until = await runsUntil(tx, report.id)
  const early = until && Temporal.Instant.compare(moment?.instant ?? tx.now, until) < 0
  refuseIf(early, 'embargo_runs', 'An embargo runs until a later moment. Propose another date for the embargo first, or choose a day after its end.')
}
