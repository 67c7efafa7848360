import { formatRedacted, type RedactedEntry } from 'avow-verify'
import { z } from 'zod'
import { instantOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { placeOf } from '../../ledger/index.ts'
import { NotFound, Refused } from '../../lib/errors.ts'
import { inFull } from '../../ui/time.tsx'
import { query } from '../../verbs/verb.ts'
import { openedOf, partsOfMessage, withOpen, type Report } from '../reports/index.ts'
import { embargoOf, type Embargo } from './embargo.ts'
import { publishedOf, type Published, type PublishedMessage } from './publication.ts'
import type { Ending } from './tables.ts'

export interface PublishedLine { readonly reference: string; readonly title: string; readonly severity: string | null; readonly published_at: string }

export interface PublishedView extends PublishedLine, Pick<Published, 'summary' | 'members' | 'credit'>, Required<Pick<Published, 'files'>> {
  /** `proven`: whether it is in the file that proves the report. */
  readonly messages: readonly (Omit<PublishedMessage, 'proven'> & { readonly proven: boolean })[]
  readonly cvss: string | null
  readonly weakness: string
  readonly state: string
  readonly closed_because: string | null
  readonly timeline: readonly { readonly what: string; readonly at: string }[]
  /** Whether there is a file that proves it: reports from before parts were committed to have none. */
  readonly provable: boolean
}

const most = 200

/** Those that are public, the newest first. */
export const listPublished = query({
  name: 'publication.list', summary: 'The reports that were published, the newest first.', may: 'public.read', input: z.object({}), assistants: true,
  async run({ tx }): Promise<{ reports: PublishedLine[] }> {
    const rows = await tx.db.selectFrom('publications').innerJoin('reports', (join) => join.onRef('reports.id', '=', 'report_id'))
      .selectAll('reports').select(['published', 'published_at']).where('published_at', 'is not', null).orderBy('published_at', 'desc').limit(most).execute()
    const lines = await Promise.all(rows.map(async ({ published, published_at: at, ...report }) => {
      const content = await publishedOf(tx, report, published!)
      return content && { reference: report.reference, title: content.title, severity: report.severity, published_at: at!.toISOString() }
    }))
    return { reports: lines.filter((line) => line !== null) }
  },
})

export const readPublished = query({
  name: 'publication.read', summary: 'Read a report that was published.', may: 'public.read',
  input: z.object({ reference: z.string().max(40).describe('R-7KQ2-MX4D') }), assistants: true,
  async run({ tx }, { reference }): Promise<PublishedView> {
    const { report, publication, content } = await find(tx, reference)
    const { title, summary, members, files = [], messages, credit } = content
    return {
      reference: report.reference, title, summary, members, files, messages: messages.map((one) => ({ ...one, proven: one.proven !== null })),
      credit, severity: report.severity, cvss: report.cvss, weakness: report.weakness,
      state: report.state, closed_because: report.closed_because, published_at: publication.published_at!.toISOString(),
      timeline: timelineOf(report, await embargoOf(tx, report.id), publication.published_at!),
      provable: report.parts_seed !== null,
    }
  },
})

async function find(tx: Tx, reference: string) {
  const report = await tx.db.selectFrom('reports').selectAll().where('reference', '=', reference.toUpperCase()).executeTakeFirst()
  const publication = report && await tx.db.selectFrom('publications').selectAll().where('report_id', '=', report.id).where('published_at', 'is not', null)
    .executeTakeFirst()
  const content = publication && await publishedOf(tx, report, publication.published!)
  if (!content) throw new NotFound('Nothing of this name is published.')
  return { report, publication, content }
}

const milestones = [
  ['received_at', 'Reported'], ['acknowledged_at', 'Acknowledged'], ['verified_at', 'Confirmed'], ['accepted_at', 'Accepted'], ['fixed_at', 'Fixed'],
  ['resolved_at', 'Resolved'], ['closed_at', 'Closed'],
] as const satisfies readonly [keyof Report, string][]

const endedEarly: Partial<Record<Ending, string>> = {
  leak: 'Embargo ended early: it leaked', exploitation: 'Embargo ended early: it was exploited', other: 'Embargo ended early',
  reporter: 'Public by the reporter',
}

function timelineOf(report: Report, embargo: Embargo | undefined, published: Date): PublishedView['timeline'] {
  const passed = milestones.flatMap(([column, what]) => report[column] ? [{ what, at: report[column].toISOString() }] : [])
  const ended = embargo?.ended_because && endedEarly[embargo.ended_because]
  const agreed = embargo ? [{ what: `Embargo agreed until ${inFull(instantOf(embargo.until), embargo.zone)}`, at: embargo.agreed_at.toISOString() }] : []
  const over = ended ? [{ what: ended, at: embargo.ended_at!.toISOString() }] : []
  return [...passed, ...agreed, ...over, { what: 'Published', at: published.toISOString() }].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** The file that proves it: docs/formats/redaction.md. It shows what was opened on publication, and nothing that was opened elsewhere since. */
export async function redactedFile(tx: Tx, reference: string): Promise<string> {
  const { report, publication, content } = await find(tx, reference)
  if (!report.parts_seed) throw new NotFound('This report is from before its parts were committed to, so there is no file that proves it.')
  const parts = await openedOf(tx, report, publication.published_parts)
  const messages = await Promise.all(content.messages.flatMap(({ proven }) => proven ? [provenMessage(tx, report, proven)] : []))
  return formatRedacted({ ...await openedEntry(tx, report.received_entry_id, parts), rendered: content.rendered, messages })
}

async function provenMessage(tx: Tx, report: Report, { id, entry, open, rendered }: NonNullable<PublishedMessage['proven']>): Promise<RedactedEntry> {
  return { ...await openedEntry(tx, entry, withOpen(await partsOfMessage(tx, report, { id, entry }), open)), rendered }
}

async function openedEntry(tx: Tx, entry: string, parts: RedactedEntry['opening']['parts']): Promise<Omit<RedactedEntry, 'rendered'>> {
  const place = await placeOf(tx, entry)
  if (!place) throw new Refused('receipt_not_ready', 'The file is not ready yet. Try again in a moment.')
  return { leaf: place.leaf, proof: place.inclusion, opening: { ...place.opening, parts: parts! } }
}
