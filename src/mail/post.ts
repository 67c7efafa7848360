import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { enqueueEach } from '../jobs/index.ts'
import { organizationKey, sealJson, sealText } from '../seal/envelope.ts'
import type { Letter } from './letter.ts'
import { keptRecipients, type KeptRecipient } from './recipients.ts'
import './tables.ts'

/** Writes the letter in the transaction; a job sends it after the commit. Each recipient gets a mail of their own. */
export async function post(tx: Tx, letter: Letter): Promise<void> {
  const { to, subject, text, thread, enclosing } = letter
  const recipients = keptRecipients(letter)
  if (recipients.length === 0) return
  const keyId = ('address' in to ? to.keyId : undefined) ?? await organizationKey(tx)
  const row = async (recipient: KeptRecipient) => {
    const id = tx.newId()
    return {
      organization_id: tx.organizationId,
      id,
      key_id: keyId,
      recipient: await sealJson(tx, keyId, `mail/recipient/${id}`, recipient),
      subject,
      body: await sealText(tx, keyId, `mail/body/${id}`, text),
      state: 'waiting' as const,
      attempts: 0,
      error: null,
      created_at: timestampOf(tx.now),
      sent_at: null,
      thread_id: thread?.id ?? null,
      thread_with: thread?.with ?? null,
      enclosing: enclosing ?? null,
    }
  }
  for (let from = 0; from < recipients.length; from += atOnce) {
    const rows = await Promise.all(recipients.slice(from, from + atOnce).map(row))
    tx.send(tx.db.insertInto('mails').values(rows).execute())
    enqueueEach(tx, 'mail.send', rows.map(({ id }) => ({ payload: { mail: id }, key: id })))
  }
}

/** So many in one statement: a whole team is a few. */
const atOnce = 200
