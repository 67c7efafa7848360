import { instantOf, timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { enqueue } from '../jobs/index.ts'
import { loadKeys, openJson, openText, organizationKey, sealJson, sealText } from '../seal/envelope.ts'
import type { Letter } from './letter.ts'
import { addressOf, keptRecipients, type KeptRecipient } from './recipients.ts'

declare module '../db/tables.ts' {
  interface Tables { mails: MailRow }
}

export type MailState = 'waiting' | 'held' | 'sent' | 'undeliverable'

export interface MailRow {
  organization_id: string
  id: string
  key_id: string
  recipient: Buffer
  subject: string
  body: Buffer
  state: MailState
  attempts: number
  error: string | null
  created_at: Date
  sent_at: Date | null
}

/** A mail, opened. */
export interface Mail {
  id: string
  /** Null where the account has no address any more. */
  address: string | null
  subject: string
  body: string
  /** The path that ends letters of this kind. */
  unsubscribe: string | null
  state: MailState
  attempts: number
  error: string | null
  createdAt: Temporal.Instant
}

/** Writes the letter in the transaction; a job sends it after the commit. Each recipient gets a mail of their own. */
export async function post(tx: Tx, { to, subject, text, unsubscribe }: Letter): Promise<void> {
  const recipients = keptRecipients(to, unsubscribe)
  if (recipients.length === 0) return
  const keyId = ('address' in to ? to.keyId : undefined) ?? await organizationKey(tx)
  for (const recipient of recipients) {
    const id = tx.newId()
    tx.send(tx.db.insertInto('mails').values({
      organization_id: tx.organizationId,
      id,
      key_id: keyId,
      recipient: await sealJson(tx, keyId, `mail/recipient/${id}`, recipient),
      subject,
      body: await sealText(tx, keyId, `mail/body/${id}`, text),
      state: 'waiting',
      attempts: 0,
      error: null,
      created_at: timestampOf(tx.now),
      sent_at: null,
    }).execute())
    await enqueue(tx, 'mail.send', { mail: id }, { key: id })
  }
}

/** Throws `Erased` where the recipient's key was destroyed. */
export async function findMail(tx: Tx, id: string): Promise<Mail | undefined> {
  const row = await tx.db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()
  return row && openMail(tx, row)
}

/** The newest first. Erased ones are left out. */
export async function listMails(tx: Tx, limit = 100): Promise<Mail[]> {
  const rows = await tx.db.selectFrom('mails').innerJoin('data_keys', 'data_keys.id', 'mails.key_id').selectAll('mails')
    .where('data_keys.wrapped', 'is not', null)
    .orderBy('mails.created_at', 'desc').orderBy('mails.id', 'desc').limit(limit).execute()
  await loadKeys(tx, rows.map((row) => row.key_id))
  return Promise.all(rows.map((row) => openMail(tx, row)))
}

async function openMail(tx: Tx, row: MailRow): Promise<Mail> {
  const recipient = await openJson<KeptRecipient>(tx, row.key_id, `mail/recipient/${row.id}`, row.recipient)
  return {
    id: row.id,
    address: await addressOf(tx, recipient),
    unsubscribe: ('address' in recipient ? recipient.unsubscribe : undefined) ?? null,
    subject: row.subject,
    body: await openText(tx, row.key_id, `mail/body/${row.id}`, row.body),
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    createdAt: instantOf(row.created_at),
  }
}
