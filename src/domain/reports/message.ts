import type { Actor } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, type Kind } from '../../ledger/index.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { messageRoot } from './duplicates/parts.ts'
import { messagesOf, type Report } from './find.ts'
import type { Voice } from './report.ts'

const context = (id: string) => `report-message:${id}`

/** Whether a deed of this actor counts as a person's. A key or a job is a machine, whatever it writes. */
export const byWhom = (actor: Actor): 'human' | 'machine' => (actor.kind === 'machine' || actor.kind === 'system' ? 'machine' : 'human')

function authorOf(actor: Actor): string {
  if (actor.kind === 'member') return actor.personName
  if (actor.kind === 'guest') return actor.mediates ? 'Mediator' : 'Guest'
  return actor.kind === 'reporter' || actor.kind === 'nobody' ? 'Reporter' : 'Automation'
}

/** Seals what was said under the report's own key and keeps it with the report. `guest`: whose channel it belongs to. */
export const insertMessage = (tx: Tx, report: Report, actor: Actor, voice: Voice, text: string, guest?: string): Promise<void> =>
  insertSame(tx, [report], actor, voice, text, guest)

/** The same words to each of many reports. */
export async function insertSame(tx: Tx, reports: readonly Report[], actor: Actor, voice: Voice, text: string, guest?: string): Promise<void> {
  await tx.db.insertInto('report_messages').values(await Promise.all(reports.map((report) =>
    rowOf(tx, report, actor, { id: tx.newId(), entry: null, voice, text, guest })))).execute()
}

interface Said { readonly voice: 'team' | 'reporter'; readonly text: string; readonly marks?: Readonly<Record<string, string>> }

/**
 * What one side writes to the other, and the entry that holds it word for word. The entry commits to each line apart, so that a publication can
 * leave some of them out and be proven. The verb at work declares the kind.
 */
export async function say(tx: Tx, report: Report, actor: Actor, kind: Kind<'report'>, { voice, text, marks }: Said): Promise<void> {
  const [id, facts] = [tx.newId(), { message: text }]
  const parts = await messageRoot(tx, report, id, facts)
  const { entryId: entry } = await append(tx, kind, {
    subjects: { report: report.id }, marks: { ...marks, ...parts !== undefined && { parts } }, facts, keyId: report.content_key_id,
  })
  await tx.db.insertInto('report_messages').values(await rowOf(tx, report, actor, { id, entry, voice, text })).execute()
}

interface Kept { readonly id: string; readonly entry: string | null; readonly voice: Voice; readonly text: string; readonly guest?: string | undefined }

async function rowOf(tx: Tx, report: Report, actor: Actor, { id, entry, voice, text, guest }: Kept) {
  return {
    organization_id: tx.organizationId,
    id,
    report_id: report.id,
    voice,
    account_id: actor.kind === 'member' ? actor.accountId : null,
    guest_id: guest ?? null,
    author: authorOf(actor),
    body: await sealText(tx, report.content_key_id, context(id), text),
    sent_at: timestampOf(tx.now),
    entry_id: entry,
  }
}

/** `entry`: the one that holds it word for word, where there is one. */
export interface Message { id: string; voice: Voice; guest: string | null; author: string; text: string; at: string; entry: string | null }

/** What was said, oldest first, as far as this actor may see it. */
export async function readMessages(tx: Tx, actor: Actor, report: Report): Promise<Message[]> {
  const rows = await messagesOf(tx, actor, report.id)
  return Promise.all(rows.map(async (row) => ({
    id: row.id,
    voice: row.voice,
    guest: row.guest_id,
    // To the outside the team speaks as one: a reporter need not know who works there.
    author: (actor.kind === 'reporter' || actor.kind === 'guest') && row.voice === 'team' ? 'The security team' : row.author,
    text: await openText(tx, report.content_key_id, context(row.id), row.body),
    at: row.sent_at.toISOString(),
    entry: row.entry_id,
  })))
}
