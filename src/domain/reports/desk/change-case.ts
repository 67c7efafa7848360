import { z } from 'zod'
import { Invalid, NotFound } from '../../../lib/errors.ts'
import { verb, type Work } from '../../../verbs/verb.ts'
import { closeReport } from '../close-report.ts'
import { getReport, lockReport } from '../find.ts'
import { insertMessage } from '../message.ts'
import { closingReasons } from '../report.ts'
import { MessageText, ReportId } from '../step.ts'
import { filterIn } from './filter.ts'
import { listInbox } from './inbox.ts'
import { giveTo, sameAssignee, setTag, setWatch, tagsOf } from './changes.ts'
import { findLink, setLink } from './links.ts'
import { linkKinds } from './tables.ts'

const MOST = 200
const Assignee = z.union([z.enum(['me', 'nobody']), z.uuid()], 'Choose somebody.').describe('`me`, `nobody`, or an account')
const Tag = z.string().trim().toLowerCase().regex(/^[a-z0-9](-?[a-z0-9]){0,31}$/, 'A tag is letters, digits and single dashes, at most 32 of them.')

export const assignReport = verb({
  name: 'report.assign', summary: 'Give a report to somebody of the team, with a note for them.', may: 'reports.triage', entries: [],
  input: z.object({
    report: ReportId, assignee: Assignee,
    note: z.string().trim().max(20_000).default('').describe('What they should know: a note that only the team sees'),
  }),
  async run({ tx, actor }, { report: id, assignee, note }) {
    const report = await lockReport(tx, actor, id)
    await giveTo(tx, actor, report, sameAssignee(assignee, actor))
    if (note) await insertMessage(tx, report, actor, 'note', note)
    return { report: id }
  },
})

export const tagReport = verb({
  name: 'report.tag', summary: 'Set the tags of a report.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, tags: z.array(Tag).max(20, 'At most 20 tags.').default([]).describe('All of its tags') }),
  async run({ tx, actor }, { report: id, tags }) {
    await lockReport(tx, actor, id)
    const [before, batch] = [await tagsOf(tx, id), tx.newId()]
    for (const tag of tags.filter((one) => !before.includes(one))) await setTag(tx, actor, { id }, tag, true, batch)
    for (const tag of before.filter((one) => !tags.includes(one))) await setTag(tx, actor, { id }, tag, false, batch)
    return { report: id, tags: await tagsOf(tx, id) }
  },
})

export const watchReport = verb({
  name: 'report.watch', summary: 'Watch a report, and get a letter without content when something happens to it; or watch it no longer.',
  may: 'reports.read', entries: [],
  input: z.object({ report: ReportId, watch: z.boolean() }),
  async run({ tx, actor }, { report: id, watch }) {
    await getReport(tx, actor, id)
    await setWatch(tx, actor, { id }, watch)
    return { report: id }
  },
})

export const linkReport = verb({
  name: 'report.link', summary: 'Link a report with another one.', may: 'reports.triage', entries: [],
  input: z.object({
    report: ReportId, kind: z.enum(linkKinds).describe('How the first stands to the other'),
    other: z.string().trim().min(1, 'Name the other report.').max(60).describe('The other one: ACME-142, or its reference'),
  }),
  async run({ tx, actor }, { report: id, kind, other }) {
    await lockReport(tx, actor, id)
    await setLink(tx, actor, { from: id, to: await findLink(tx, actor, id, other), kind }, true)
    return { report: id }
  },
})

export const unlinkReport = verb({
  name: 'report.unlink', summary: 'Take a link between two reports away.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, other: z.uuid(), kind: z.enum(linkKinds) }),
  async run({ tx, actor }, { report, other, kind }) {
    await lockReport(tx, actor, report)
    await getReport(tx, actor, other)
    const gone = await setLink(tx, actor, { from: report, to: other, kind }, false) || await setLink(tx, actor, { from: other, to: report, kind }, false)
    if (!gone) throw new NotFound()
    return { report }
  },
})

const which = {
  reports: z.array(z.uuid()).max(MOST, `At most ${MOST} at once.`).default([]).describe('Ids of the reports'),
  matching: z.string().max(2000).optional().describe(`Instead of ids: all that a view of the inbox shows, the first ${MOST}, by its query: queue=suspect`),
}

/** Those that were meant, each once. */
async function meant({ tx, actor }: Work, { reports, matching }: { reports: readonly string[]; matching?: string | undefined }): Promise<string[]> {
  const ids = matching === undefined ? [...new Set(reports)]
    : (await listInbox(tx, actor, filterIn(new URLSearchParams(matching)), { limit: MOST })).map(({ id }) => id)
  if (ids.length === 0) throw new Invalid({ reports: 'Tick the reports that you mean.' })
  return ids
}

export const changeMany = verb({
  name: 'report.change-many', summary: 'Assign, tag or watch several reports at once. It can be taken back for some minutes.', may: 'reports.triage',
    entries: [],
  input: z.object({
    ...which, assignee: Assignee.optional(), add_tag: Tag.optional().describe('A tag to add'), remove_tag: Tag.optional().describe('A tag to take away'),
    watch: z.enum(['yes', 'no']).optional().describe('Watch them, or no longer'),
  }),
  output: z.object({ changed: z.number(), batch: z.uuid() }),
  async run({ tx, actor }, { assignee, add_tag: add, remove_tag: remove, watch, ...given }) {
    const batch = tx.newId()
    let changed = 0
    for (const id of await meant({ tx, actor }, given)) {
      const report = await lockReport(tx, actor, id)
      const did = [
        assignee !== undefined && await giveTo(tx, actor, report, sameAssignee(assignee, actor), batch),
        add !== undefined && await setTag(tx, actor, report, add, true, batch), remove !== undefined && await setTag(tx, actor, report, remove, false, batch),
        watch !== undefined && await setWatch(tx, actor, report, watch === 'yes', batch),
      ]
      if (did.some(Boolean)) changed++
    }
    return { changed, batch }
  },
})

/** Each closure is an entry of its own, which nothing takes back; whoever was wrong opens the report again. */
export const closeMany = verb({
  name: 'report.close-many', summary: 'Close several reports without a fix, for one reason. Each is told. It cannot be taken back.',
  may: 'reports.triage', entries: closeReport.entries,
  input: z.object({
    ...which, reason: z.enum(closingReasons.filter((reason) => reason !== 'duplicate'), 'Choose a reason.').describe('Why'),
    message: MessageText.describe('What each reporter will read'),
  }),
  output: z.object({ closed: z.number() }),
  async run(work, { reason, message, ...given }) {
    const ids = await meant(work, given)
    for (const report of ids) await closeReport.run(work, closeReport.input.parse({ report, reason, message }))
    return { closed: ids.length }
  },
})
