import { z } from 'zod'
import { instantOf } from '../../db/timestamp.ts'
import { append, type Kind } from '../../ledger/index.ts'
import { Conflict, Invalid, refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { guestBehind } from '../guests/index.ts'
import { lockReport, ReportId, type Report } from '../reports/index.ts'
import { agreeOnEmbargo } from './embargo.ts'
import { disclosureAgreed, disclosureDeclined, embargoAccepted, embargoDeclined } from './kinds.ts'
import { partyOf, sideOf, tellParties, type Party } from './parties.ts'
import { acceptedByBoth, findProposal, insertAnswer, settle, type Proposal } from './proposal.ts'

const answer = {
  proposal: z.uuid().describe('What is answered'),
  answer: z.enum(['accept', 'decline'], 'Choose one.').describe('Whether you accept it'),
  reason: z.string().trim().max(4000, 'Write at most 4,000 characters.').default('').describe('Why not, where you decline'),
}
const output = z.object({ agreed: z.boolean() })
const ofSides = ['embargo.accepted', 'embargo.declined', 'embargo.agreed', 'embargo.extended-by-both', 'disclosure.agreed', 'disclosure.declined']

/** Each party answers by its own hand. What company and reporter have both accepted is agreed. */
export const answerProposal = verb({
  name: 'disclosure.answer', summary: 'Accept or decline, as the team, what was proposed about embargo or publication.', may: 'reports.triage',
  input: z.object({ report: ReportId, ...answer }), output, entries: ofSides,
  run: (work, { report, ...given }) => answered(work, report, given),
})

export const replyToProposal = verb({
  name: 'disclosure.reply', summary: 'Accept or decline, as the reporter, what was proposed about embargo or publication.', may: 'reports.follow',
  input: z.object({ report: ReportId, ...answer }), output, entries: ofSides,
  run: (work, { report, ...given }) => answered(work, report, given),
})

export const answerAsGuest = verb({
  name: 'embargo.answer-as-guest', summary: 'Accept or decline, as a guest of the case, the embargo that was proposed.', may: 'reports.assist',
  input: z.object(answer), output, entries: ['embargo.accepted', 'embargo.declined'],
  run: (work, given) => answered(work, guestBehind(work.actor).reportId, given),
})

interface Given { proposal: string; answer: 'accept' | 'decline'; reason: string }

async function answered({ tx, actor }: Work, reportId: string, given: Given): Promise<{ agreed: boolean }> {
  const report = await lockReport(tx, actor, reportId)
  const { party, account } = partyOf(actor)
  const found = await findProposal(tx, report.id, given.proposal)
  // A guest is party to the embargo, and not to what is published when it is over.
  if (!found || (sideOf(party) === 'guest' && found.about !== 'embargo')) throw new Invalid({ proposal: 'There is no such proposal.' })
  if (found.outcome === 'agreed' && sideOf(party) !== 'guest') throw new Conflict('already_agreed', 'This is agreed already. Propose another date instead.')
  refuseIf(found.outcome && found.outcome !== 'agreed', 'proposal_settled', 'This proposal is no longer open: look at what was proposed since.')
  refuseIf(found.about === 'embargo' && passed(found, tx.now), 'proposal_over', 'That moment is past. Propose another one.')
  const accepts = given.answer === 'accept'
  if (!accepts && given.reason === '') throw new Invalid({ reason: 'Say why not, so that the others know what would do.' })
  await insertAnswer(tx, report, found.id, { party, account, accepts, reason: given.reason })
  if (!accepts) return declined({ tx, actor }, report, found, { party, reason: given.reason })
  return accepted({ tx, actor }, report, found, party)
}

const passed = ({ due_at: due }: Proposal, now: Temporal.Instant) => due !== null && due.getTime() <= now.epochMilliseconds

async function declined({ tx }: Work, report: Report, { id, about }: Proposal,
  { party, reason }: { party: Party; reason: string }): Promise<{ agreed: false }> {
  const kind: Kind<'report'> = about === 'embargo' ? embargoDeclined : disclosureDeclined
  await append(tx, kind, { subjects: { report: report.id }, marks: { side: sideOf(party) }, facts: { reason }, keyId: report.content_key_id })
  if (sideOf(party) !== 'guest') await settle(tx, id, 'declined')
  await tellParties(tx, report, about === 'embargo' ? 'the date for the embargo was declined' : 'its publication was declined', party)
  return { agreed: false }
}

async function accepted({ tx }: Work, report: Report, found: Proposal, party: Party): Promise<{ agreed: boolean }> {
  const { id, about, due_at: due, zone } = found
  const on = due ? instantOf(due).toString() : ''
  const entry = { subjects: { report: report.id }, keyId: report.content_key_id }
  if (about === 'embargo') await append(tx, embargoAccepted, { ...entry, marks: { side: sideOf(party) }, facts: { until: on, zone: zone! } })
  const isNew = found.outcome === null && await acceptedByBoth(tx, id)
  if (isNew) {
    await settle(tx, id, 'agreed')
    if (about === 'embargo') await agreeOnEmbargo(tx, report, id, { instant: instantOf(due!), zone: zone! })
    else await append(tx, disclosureAgreed, { ...entry, marks: {}, facts: { on, zone: zone ?? '' } })
  }
  await tellParties(tx, report, isNew ? agreedWords[about] : 'the date for the embargo was accepted', party)
  return { agreed: isNew }
}

const agreedWords = { embargo: 'the embargo is agreed', disclosure: 'its publication is agreed' } as const
