import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { lockReport, openParts, readMessages, ReportId, type Report } from '../reports/index.ts'
import { reportDisclosed } from '../systems/index.ts'
import { endEmbargo, runsUntil } from './embargo.ts'
import { membersOf, messageName, redact, redactMessage, type Marks } from './marks.ts'
import { partyOf, tellParties } from './parties.ts'
import { latestRequest, settleOpen, type Proposal } from './proposal.ts'
import { draftOf, findPublication, marksOf, nobodyNamed, partsOf, sealed, type Draft, type Published } from './publication.ts'

/**
 * What may be published now. `words`: ours alone, without anything that the reporter wrote, because they objected, or because they have made it
 * public themselves and we asked for nothing.
 */
export type Extent = 'all' | 'words'

export class NotYet extends Refused {}

/** Throws NotYet with what has to come first. */
export async function extentNow(tx: Tx, report: Report): Promise<Extent> {
  if (await runsUntil(tx, report.id)) throw new NotYet('embargo_runs', 'An embargo runs that both sides accepted. Nothing is published before it is over.')
  const request = await latestRequest(tx, report.id)
  if (request?.outcome === 'agreed') return after(request.due_at, tx, 'all')
  if (!request || request.outcome === 'over') {
    if (report.disclosed_at) return 'words'
    throw new NotYet('ask_first', 'Ask the reporter first. They have some days to object, and without an answer it can be published then.')
  }
  return request.party === 'company' ? ofOurs(tx, request) : ofTheirs(request)
}

function ofOurs(tx: Tx, { outcome, object_by: objectBy, due_at: due }: Proposal): Extent {
  if (objectBy && objectBy.getTime() > tx.now.epochMilliseconds) {
    throw new NotYet('reporter_may_object', outcome ? 'The reporter objected. After the days that they have, your own words can be published without theirs.'
      : 'The reporter may still object. It can be published when they agree, or when their time is over.')
  }
  return after(due, tx, outcome === 'declined' ? 'words' : 'all')
}

function ofTheirs({ outcome }: Proposal): never {
  throw new NotYet('answer_first', outcome === 'declined' ? 'You declined the reporter’s request. Ask them again, with what has changed.'
    : 'The reporter has asked for it. Answer them first.')
}

function after(due: Date | null, tx: Tx, extent: Extent): Extent {
  if (due && due.getTime() > tx.now.epochMilliseconds) throw new NotYet('before_the_date', 'The date that was named for the publication has not come.')
  return extent
}

export const publishReport = verb({
  name: 'publication.publish',
  summary: 'Publish a report as the text says, with passages sealed.',
  may: 'reports.triage',
  input: z.object({ report: ReportId }),
  output: z.object({ reference: z.string() }),
  entries: ['report.disclosed'],
  async run({ tx, actor }, { report: id }) {
    const report = await lockReport(tx, actor, id)
    partyOf(actor)
    await publish(tx, report, await extentNow(tx, report))
    return { reference: report.reference }
  },
})

/** The verb at work must declare `report.disclosed`. */
export async function publish(tx: Tx, report: Report, extent: Extent): Promise<void> {
  const draft = await draftOf(tx, report)
  if (!draft) throw new Refused('no_text_yet', 'Write the text first.')
  if (draft.published) throw new Refused('already_published', 'It is published.')
  const parts = await partsOf(tx, report)
  const { open, rendered, members, files } = redact(parts, extent === 'all' ? marksOf(draft) : everythingHidden(parts))
  const { title, summary, credit } = draft
  const content: Published = {
    title, summary, members, files, rendered, messages: extent === 'all' ? await messagesOf(tx, report, draft) : [],
    credit: extent === 'all' ? credit : nobodyNamed,
  }
  await tx.db.updateTable('publications').set({
    published: await sealed(tx, report, 'published', content), published_parts: open, published_at: timestampOf(tx.now),
  }).where('report_id', '=', report.id).execute()
  await append(tx, reportDisclosed, {
    subjects: { report: report.id }, marks: {}, facts: { note: '', reference: `/disclosed/${report.reference}` }, keyId: report.content_key_id,
  })
  await openParts(tx, report.id, open)
  await endEmbargo(tx, report.id, 'disclosed')
  for (const about of ['embargo', 'disclosure'] as const) await settleOpen(tx, report.id, about, 'over')
  await tellParties(tx, report, 'it was published')
}

const everythingHidden = (parts: Parameters<typeof membersOf>[0]): Marks =>
  ({ passages: {}, hidden: [...membersOf(parts).map(({ of }) => of), 'attachments'] })

/** Those that both sides chose, by role: who of the team wrote is nobody's business, and who reported is for the credit to say. */
async function messagesOf(tx: Tx, report: Report, draft: Draft): Promise<Published['messages']> {
  const both = draft.companyMessages.filter((id) => draft.reporterMessages.includes(id))
  const all = await readMessages(tx, { kind: 'reporter', reportId: report.id }, report)
  const { passages } = marksOf(draft)
  return all.filter(({ id }) => both.includes(id)).map(({ id, voice, text, at, entry }) => {
    const { lines, open, rendered } = redactMessage(text, passages[messageName(id)])
    const proven = entry && report.parts_seed ? { id, entry, open, rendered } : null
    return { author: voice === 'team' ? 'The security team' : 'The reporter', at, lines, proven }
  })
}

/** Whether both sides have approved the text as it is. */
export async function approvedByBoth(tx: Tx, reportId: string): Promise<boolean> {
  const row = await findPublication(tx, reportId)
  return Boolean(row?.company_approved_at && row.reporter_approved_at)
}
