import type { Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { openJson } from '../../seal/envelope.ts'
import type { Vouching } from './authentication.ts'
import type { Mailbox } from './mime/read-mail.ts'
import type { MessageRow } from './tables.ts'

/** What is kept of a mail beside its source. Everything in it is what its sender says, but for `why` and `vouching`. */
export interface Kept {
  readonly from: Mailbox | null
  readonly subject: string
  readonly date: string | null
  /** The text, where it stands nowhere else. */
  readonly text: string | null
  /** Why a person has to look, or why it counts as what it became. */
  readonly why: string | null
  readonly vouching: Vouching | null
}

export type Message = Selectable<MessageRow>
export interface OpenMessage {
  readonly id: string
  readonly at: Temporal.Instant
  readonly became: MessageRow['became']
  readonly rawId: string
  readonly report: string | null
  /** Who of the team brought it in; null where it came by itself. */
  readonly broughtBy: string | null
  readonly kept: Kept
  /** A person has looked at it. */
  readonly settled: boolean
}

export const messageContext = (id: string): string => `message:${id}`
/** The files of a message: its source, and its parts where they belong to no report. */
export const filesOf = (id: string) => ({ kind: 'message', id })

export const getMessage = (tx: Tx, id: string): Promise<Message | undefined> => tx.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()

/** What one is opened with: named one by one, so that the statement of every case stays prepared. */
const openable = ['id', 'became', 'raw_id', 'settled_at', 'report_id', 'brought_by', 'received_at', 'box', 'key_id'] as const satisfies (keyof Message)[]
type Openable = Pick<Message, (typeof openable)[number]>

/** Those that can still be opened. */
export async function openMessages(tx: Tx, rows: readonly Openable[]): Promise<OpenMessage[]> {
  return Promise.all(rows.filter(({ box }) => box !== null).map(async (row) => ({
    id: row.id, became: row.became, rawId: row.raw_id, settled: row.settled_at !== null, report: row.report_id, broughtBy: row.brought_by,
    at: Temporal.Instant.fromEpochMilliseconds(row.received_at.getTime()),
    kept: await openJson<Kept>(tx, row.key_id, messageContext(row.id), row.box!),
  })))
}

/** What waits for a person, the oldest first. */
export const listQuarantined = (tx: Tx, limit: number): Promise<Message[]> =>
  tx.db.selectFrom('messages').selectAll().where('became', '=', 'quarantined').where('settled_at', 'is', null).orderBy('received_at').limit(limit).execute()

/** What was brought in by the team, the newest first. */
export const listBrought = (tx: Tx, limit: number): Promise<Message[]> =>
  tx.db.selectFrom('messages').selectAll().where('brought_by', 'is not', null).orderBy('received_at', 'desc').limit(limit).execute()

/** Whether one of them is still to be taken apart. */
export const isUnderWay = async (tx: Tx, ids: readonly string[]): Promise<boolean> => ids.length > 0
  && await tx.db.selectFrom('messages').select('id').where('id', 'in', ids).where('became', '=', 'under-way').limit(1).executeTakeFirst() !== undefined

export const messagesAbout = (tx: Tx, reportId: string): Promise<Openable[]> =>
  tx.db.selectFrom('messages').select(openable).where('report_id', '=', reportId).orderBy('received_at').execute()
