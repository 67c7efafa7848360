import type { Selectable } from 'kysely'
import type { OpenPart, Rendering } from 'avow-verify'
import type { Tx } from '../../db/tx.ts'
import { openJson, sealJson } from '../../seal/envelope.ts'
import { everyPart, unlessErased, type Report } from '../reports/index.ts'
import { files, joined, noMarks, type Line, type Marks, type ReportedFile } from './marks.ts'
import type { PublicationRow } from './tables.ts'

/** What is to be published of a report: our words, both sides' marks, the messages that both chose, and how the reporter is named. */
export interface Draft {
  readonly title: string
  readonly summary: string
  readonly company: Marks
  readonly reporter: Marks
  readonly companyMessages: readonly string[]
  readonly reporterMessages: readonly string[]
  readonly credit: Credit
  readonly approved: { readonly company: boolean; readonly reporter: boolean }
  readonly published: boolean
}

export const creditWays = ['name', 'pseudonym', 'none'] as const
export interface Credit { readonly how: (typeof creditWays)[number]; readonly name: string }

/** As it stands in public. */
export interface Published {
  readonly title: string
  readonly summary: string
  readonly members: readonly { readonly of: string; readonly lines: readonly Line[] | null }[]
  /** Absent in what was published before files were shown. */
  readonly files?: readonly ReportedFile[]
  readonly rendered: readonly { readonly part: number; readonly text: string }[]
  readonly messages: readonly PublishedMessage[]
  readonly credit: Credit
}

export interface PublishedMessage {
  readonly author: string
  readonly at: string
  readonly lines: readonly Line[]
  /** The entry that holds it word for word, and which of its parts are open; null where none committed to its lines. */
  readonly proven: { readonly id: string; readonly entry: string; readonly open: readonly number[]; readonly rendered: readonly Rendering[] } | null
}

export type PublicationOf = Selectable<PublicationRow>
export const nobodyNamed: Credit = { how: 'none', name: '' }

const context = (reportId: string, what: keyof Selectable<PublicationRow>) => `publication-${what}:${reportId}`

export const findPublication = (tx: Tx, reportId: string): Promise<PublicationOf | undefined> =>
  tx.db.selectFrom('publications').selectAll().where('report_id', '=', reportId).executeTakeFirst()

/** Opened. Null where nobody has written one. */
export async function draftOf(tx: Tx, report: Report): Promise<Draft | null> {
  const row = await findPublication(tx, report.id)
  if (!row) return null
  const open = <T>(what: 'words' | 'company_marks' | 'reporter_marks' | 'credit', box: Buffer) =>
    openJson<T>(tx, report.content_key_id, context(report.id, what), box)
  const words = await open<{ title: string; summary: string }>('words', row.words)
  return {
    ...words, company: await open<Marks>('company_marks', row.company_marks),
    reporter: row.reporter_marks ? await open<Marks>('reporter_marks', row.reporter_marks) : noMarks,
    companyMessages: row.company_messages, reporterMessages: row.reporter_messages,
    credit: row.credit ? await open<Credit>('credit', row.credit) : nobodyNamed,
    approved: { company: row.company_approved_at !== null, reporter: row.reporter_approved_at !== null },
    published: row.published_at !== null,
  }
}

export const sealed = (tx: Tx, report: Report, what: 'words' | 'company_marks' | 'reporter_marks' | 'credit' | 'published', value: unknown): Promise<Buffer> =>
  sealJson(tx, report.content_key_id, context(report.id, what), value)

/** Null where what was reported has been erased since. */
export async function publishedOf(tx: Tx, report: Report, box: Buffer): Promise<Published | null> {
  const content = await unlessErased(openJson<Published>(tx, report.content_key_id, context(report.id, 'published'), box))
  return content && { ...content, messages: content.messages.map(inLines) }
}

/** In what was published before messages could be marked, a message is one text. */
const inLines = (message: PublishedMessage | { author: string; at: string; text: string }): PublishedMessage =>
  'text' in message ? { author: message.author, at: message.at, lines: [{ text: message.text, sealed: false }], proven: null } : message

/** Of a report from before parts were committed to there is nothing that could be opened and proven. */
export const partsOf = async (tx: Tx, report: Report): Promise<OpenPart[]> => await unlessErased(everyPart(tx, report)) ?? []

/** What a new text leaves out until somebody says otherwise: files, because their names and hashes tell more than one thinks. */
export const firstMarks: Marks = { passages: {}, hidden: [files] }

export const marksOf = ({ company, reporter }: Pick<Draft, 'company' | 'reporter'>): Marks => joined([company, reporter])
