import type { Selectable } from 'kysely'
import { instantOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { loadKeys, openJson, openText } from '../seal/envelope.ts'
import type { Letter } from './letter.ts'
import { addressOf, type KeptRecipient } from './recipients.ts'
import type { MailRow, MailState } from './tables.ts'

/** A mail, opened. */
export interface Mail {
  readonly id: string
  /** Null where the account has no address any more. */
  readonly address: string | null
  readonly subject: string
  readonly body: string
  /** The path that ends letters of this kind. */
  readonly unsubscribe: string | null
  readonly state: MailState
  readonly attempts: number
  readonly error: string | null
  readonly createdAt: Temporal.Instant
  readonly thread: Letter['thread'] | null
  readonly enclosing: string | null
  readonly answers: Letter['answers'] | null
}

/** Throws `Erased` where the recipient's key was destroyed. Undefined too where it was forgotten. */
export async function findMail(tx: Tx, id: string): Promise<Mail | undefined> {
  const row = await tx.db.selectFrom('mails').selectAll().where('id', '=', id).where('recipient', 'is not', null).executeTakeFirst()
  return row && openMail(tx, row)
}

/** The newest first. Erased and forgotten ones are left out. */
export async function listMails(tx: Tx, limit = 100): Promise<Mail[]> {
  const rows = await tx.db.selectFrom('mails').innerJoin('data_keys', 'data_keys.id', 'mails.key_id').selectAll('mails')
    .where('data_keys.wrapped', 'is not', null).where('recipient', 'is not', null)
    .orderBy('mails.created_at', 'desc').orderBy('mails.id', 'desc').limit(limit).execute()
  await loadKeys(tx, rows.map((row) => row.key_id))
  return Promise.all(rows.map((row) => openMail(tx, row)))
}

async function openMail(tx: Tx, row: Selectable<MailRow>): Promise<Mail> {
  const recipient = await openJson<KeptRecipient>(tx, row.key_id, `mail/recipient/${row.id}`, row.recipient!)
  const toAddress = 'address' in recipient ? recipient : undefined
  return {
    id: row.id,
    address: await addressOf(tx, recipient),
    unsubscribe: toAddress?.unsubscribe ?? null,
    subject: row.subject,
    body: await openText(tx, row.key_id, `mail/body/${row.id}`, row.body!),
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    createdAt: instantOf(row.created_at),
    thread: row.thread_id === null ? null : { id: row.thread_id, ...row.thread_with !== null && { with: row.thread_with } },
    enclosing: row.enclosing,
    answers: toAddress?.answers ?? null,
  }
}
