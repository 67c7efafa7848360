import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import '../access/tables.ts'
import type { Tx } from '../db/tx.ts'
import { Conflict, Invalid } from '../lib/errors.ts'
import { openJson, organizationKey, sealJson } from '../seal/envelope.ts'

const keptHours = 24
const place = 'idempotent-answer'

/** One request that may come several times: who asks for what, and the key that they chose for it. */
export interface Attempt { readonly actor: Actor; readonly operation: string; readonly key: string; readonly body: string }

/**
 * Runs `act` in this transaction, or answers what it answered the first time. Of two at once, one waits for the other.
 * What failed has left nothing behind and is tried again. Throws `Conflict` when the key came with another request.
 */
export async function once<O>(tx: Tx, attempt: Attempt, act: () => Promise<O>): Promise<{ answer: O; again: boolean }> {
  if (!/^[\x21-\x7e]{16,255}$/.test(attempt.key)) throw new Invalid({ 'Idempotency-Key': 'Send 16 to 255 printable characters, best a random UUID.' })
  const keyHash = digest(holder(attempt.actor), attempt.operation, attempt.key)
  const requestHash = digest(attempt.body)
  const [ours, sealingKey] = await Promise.all([claim(tx, keyHash, requestHash), organizationKey(tx)])
  if (!ours) return { answer: await earlierAnswer<O>(tx, keyHash, requestHash, sealingKey), again: true }
  const answer = await act()
  const answer_box = await sealJson(tx, sealingKey, place, answer ?? null)
  tx.send(tx.db.updateTable('idempotent_answers').set({ answer_box }).where('key_hash', '=', keyHash).execute())
  return { answer, again: false }
}

/** Removes what has expired. For the hourly job, which visits each organisation. */
export const sweepAnswers = (tx: Tx) => tx.db.deleteFrom('idempotent_answers').where('expires_at', '<', sql<Date>`now()`).execute()

/** Whether the key is ours to use: it was free, or what it was used for has expired. */
async function claim(tx: Tx, key_hash: Buffer, request_hash: Buffer): Promise<boolean> {
  const expires_at = sql<Date>`now() + make_interval(hours => ${keptHours})`
  const claimed = await tx.db.insertInto('idempotent_answers')
    .values({ organization_id: tx.organizationId, key_hash, request_hash, answer_box: null, expires_at })
    .onConflict((conflict) => conflict.columns(['organization_id', 'key_hash']).doUpdateSet({ request_hash, answer_box: null, expires_at })
      .where('idempotent_answers.expires_at', '<', sql<Date>`now()`))
    .returning('key_hash').executeTakeFirst()
  return claimed !== undefined
}

async function earlierAnswer<O>(tx: Tx, keyHash: Buffer, requestHash: Buffer, sealingKey: string): Promise<O> {
  const row = await tx.db.selectFrom('idempotent_answers').selectAll().where('key_hash', '=', keyHash).executeTakeFirstOrThrow()
  const same = row.request_hash.equals(requestHash)
  if (!same) throw new Conflict('idempotency_key_reused', 'This idempotency key was used for another request. Choose a new one.')
  return openJson<O>(tx, sealingKey, place, row.answer_box!)
}

const digest = (...parts: string[]): Buffer => hash('sha256', JSON.stringify(parts), 'buffer')

/** Keys of different holders never meet. */
function holder(actor: Actor): string {
  switch (actor.kind) {
    case 'machine': return `machine ${actor.keyId}`
    case 'member': case 'person': return `member ${actor.accountId}`
    case 'guest': return `guest ${actor.guestId}`
    case 'reporter': return `reporter ${actor.reportId}`
    default: return actor.kind
  }
}

