import { sql } from 'kysely'
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
  const box = async (recipient: KeptRecipient) => {
    const id = tx.newId()
    return {
      id, recipient: await sealJson(tx, keyId, `mail/recipient/${id}`, recipient), body: await sealText(tx, keyId, `mail/body/${id}`, text),
    }
  }
  for (let from = 0; from < recipients.length; from += atOnce) {
    const boxes = await Promise.all(recipients.slice(from, from + atOnce).map(box))
    tx.send(sql`
      insert into mails (organization_id, id, key_id, recipient, subject, body, state, attempts, created_at, thread_id, thread_with, enclosing)
      select ${tx.organizationId}, id, ${keyId}, recipient, ${subject}, body, 'waiting', 0, ${timestampOf(tx.now)},
        ${thread?.id ?? null}, ${thread?.with ?? null}, ${enclosing ?? null}
      from unnest(${boxes.map(({ id }) => id)}::uuid[], ${boxes.map(({ recipient }) => recipient)}::bytea[], ${boxes.map(({ body }) => body)}::bytea[])
        as mail (id, recipient, body)`.execute(tx.db))
    enqueueEach(tx, 'mail.send', boxes.map(({ id }) => ({ payload: { mail: id }, key: id })))
  }
}

/** So many in one statement: a whole team is a few. */
const atOnce = 200
