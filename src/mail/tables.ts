import type { ColumnType } from 'kysely'

/* Columns that come later in a row's life are left out when it is inserted. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export type MailState = 'waiting' | 'held' | 'sent' | 'undeliverable'

export interface MailRow {
  organization_id: string
  id: string
  key_id: string
  /** Null once forgotten, as is the body. */
  recipient: Buffer | null
  subject: string
  body: Buffer | null
  state: MailState
  attempts: number
  error: string | null
  created_at: Date
  sent_at: Date | null
  thread_id: Later<string>
  thread_with: Later<string>
  enclosing: Later<string>
  protection: Later<string>
  reply_hash: Later<Buffer>
  return_hash: Later<Buffer>
  outcome: Later<'delivered' | 'delayed' | 'failed'>
  outcome_status: Later<string>
  outcome_at: Later<Date>
}

declare module '../db/tables.ts' {
  interface Tables { mails: MailRow }
}
