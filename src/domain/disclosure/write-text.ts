import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { lockReport, readMessages, ReportId, type Report } from '../reports/index.ts'
import { textApproved } from './kinds.ts'
import { files, isMessage, membersOf, messageName, noMarks, readMarked, type Marks, type Member, type Passage } from './marks.ts'
import { partyOf, tellParties } from './parties.ts'
import { creditWays, draftOf, findPublication, partsOf, sealed } from './publication.ts'

const marked = {
  marked: z.record(z.string(), z.string().max(1_000_000)).default({})
    .describe('Texts of the report, and messages as messages/ID, with [[brackets]] around what stays sealed'),
  left_out: z.array(z.string()).default([]).describe('Texts that are left out whole; “attachments” are the files'),
  messages: z.array(z.uuid()).default([]).describe('Messages to publish; each is published where both sides chose it'),
}

/** Whatever is changed has to be approved anew by both. */
const changed = { company_approved_at: null, reporter_approved_at: null }

export const writePublication = verb({
  name: 'publication.write',
  summary: 'Write what is published of a report: title, summary, which passages stay sealed, which messages are shown.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    title: z.string().trim().min(1, 'Give it a title.').max(200, 'Write at most 200 characters.').describe('What it is called in public'),
    summary: z.string().trim().max(20_000, 'Write at most 20,000 characters.').default('').describe('What happened, in your words'),
    ...marked,
  }),
  entries: [],
  async run({ tx, actor }, { report: id, title, summary, messages, ...given }) {
    const report = await lockReport(tx, actor, id)
    await refusePublished(tx, report)
    const row = {
      words: await sealed(tx, report, 'words', { title, summary }),
      company_marks: await sealed(tx, report, 'company_marks', await readMarks(tx, report, given, 'company')),
      company_messages: await chosen(tx, report, messages), ...changed,
    }
    await tx.db.insertInto('publications').values({ organization_id: tx.organizationId, report_id: report.id, ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(row)).execute()
    await tellParties(tx, report, 'the text that is to be published was written', 'company')
  },
})

/** The reporter's own marks hold as the company's do: neither can open what the other sealed. */
export const markPublication = verb({
  name: 'publication.mark',
  summary: 'Say, as the reporter, which passages of your report stay sealed in public, which messages may be shown, and how you are named.',
  may: 'reports.follow',
  input: z.object({
    report: ReportId, ...marked,
    credit: z.enum(creditWays, 'Choose one.').default('none').describe('How you are named'),
    credit_name: z.string().trim().max(200, 'Write at most 200 characters.').default('').describe('The name or pseudonym'),
  }),
  entries: [],
  async run({ tx, actor }, { report: id, messages, credit, credit_name: name, ...given }) {
    const report = await lockReport(tx, actor, id)
    await refusePublished(tx, report)
    if (credit !== 'none' && name === '') throw new Invalid({ credit_name: 'Write how you want to be named.' })
    const { numUpdatedRows: found } = await tx.db.updateTable('publications').set({
      reporter_marks: await sealed(tx, report, 'reporter_marks', await readMarks(tx, report, given, 'reporter')),
      reporter_messages: await chosen(tx, report, messages),
      credit: await sealed(tx, report, 'credit', { how: credit, name: credit === 'none' ? '' : name }), ...changed,
    }).where('report_id', '=', report.id).executeTakeFirst()
    refuseIf(found === 0n, 'no_text_yet', 'The team has not written a text yet. You are told when it has.')
    await tellParties(tx, report, 'the reporter marked what stays sealed', 'reporter')
  },
})

export const approvePublication = verb({
  name: 'publication.approve', summary: 'Approve, as the team, the text that is to be published.', may: 'reports.triage',
  input: z.object({ report: ReportId }), entries: ['disclosure.text-approved'],
  run: (work, { report }) => approve(work, report),
})

export const agreeToPublication = verb({
  name: 'publication.agree', summary: 'Approve, as the reporter, the text that is to be published.', may: 'reports.follow',
  input: z.object({ report: ReportId }), entries: ['disclosure.text-approved'],
  run: (work, { report }) => approve(work, report),
})

async function approve({ tx, actor }: Work, reportId: string): Promise<void> {
  const report = await lockReport(tx, actor, reportId)
  const { party } = partyOf(actor)
  await refusePublished(tx, report)
  const side = party === 'reporter' ? 'reporter' : 'company'
  refuseIf(!await draftOf(tx, report), 'no_text_yet', 'There is no text yet.')
  await tx.db.updateTable('publications').set({ [`${side}_approved_at`]: timestampOf(tx.now) }).where('report_id', '=', report.id).execute()
  await append(tx, textApproved, { subjects: { report: report.id }, marks: { side }, facts: {}, keyId: report.content_key_id })
  await tellParties(tx, report, 'the text that is to be published was approved', party)
}

async function refusePublished(tx: Tx, report: Report): Promise<void> {
  refuseIf((await findPublication(tx, report.id))?.published_at, 'already_published', 'It is published. What stands in public is changed no more.')
}

type Given = Readonly<{ marked: Record<string, string>; left_out: string[] }>

/** A text that the form did not send is left out whole: nothing is published because a field was missing. */
async function readMarks(tx: Tx, report: Report, { marked: texts, left_out: leftOut }: Given, side: 'company' | 'reporter'): Promise<Marks> {
  const members = membersOf(await partsOf(tx, report))
  const given = members.filter(({ of }) => texts[of] !== undefined && !leftOut.includes(of))
  return {
    passages: { ...await markedMessages(tx, report, texts, side), ...passagesIn(given, texts) },
    hidden: [...members.filter((member) => !given.includes(member)).map(({ of }) => of), ...leftOut.includes(files) ? [files] : []],
  }
}

const passagesIn = (members: readonly Member[], texts: Given['marked']): Record<string, Passage[]> =>
  Object.fromEntries(members.map((member) => [member.of, readMarked(texts[member.of]!, member)]))

/** A message that was not sent keeps its marks. */
async function markedMessages(tx: Tx, report: Report, texts: Given['marked'], side: 'company' | 'reporter'): Promise<Marks['passages']> {
  const { passages: before } = (await draftOf(tx, report))?.[side] ?? noMarks
  const members = (await betweenTheSides(tx, report)).map(({ id, text }) => ({ of: messageName(id), text }))
  return {
    ...Object.fromEntries(Object.entries(before).filter(([of]) => isMessage(of))),
    ...passagesIn(members.filter(({ of }) => texts[of] !== undefined), texts),
  }
}

/** What the two sides wrote to each other: a note or what was said with a guest is never published. */
const betweenTheSides = async (tx: Tx, report: Report) => (await readMessages(tx, { kind: 'reporter', reportId: report.id }, report))
  .filter(({ voice }) => voice === 'team' || voice === 'reporter')

const chosen = async (tx: Tx, report: Report, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0 ? [] : (await betweenTheSides(tx, report)).map(({ id }) => id).filter((id) => ids.includes(id))
