import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { enqueue } from '../jobs/index.ts'
import type { Letter } from './letter.ts'

/** What the way reported of a mail: here, when the server refused it, or later by a mail of its own (RFC 3464). */
export interface MailOutcome { readonly mail: string; readonly thread: Letter['thread'] | null; readonly outcome: 'delivered' | 'delayed' | 'failed' }

type Follow = (tx: Tx, outcome: MailOutcome) => Promise<void>
const followers: Follow[] = []

/** What else has to happen, in the same transaction, when it is known what became of a mail. */
export function onOutcome(follow: Follow): void { followers.push(follow) }

export async function tellOutcome(tx: Tx, outcome: MailOutcome): Promise<void> {
  for (const follow of followers) await follow(tx, outcome)
}

/**
 * A report of the receiving side about a mail of ours. A later delay or delivery does not take back a failure: some servers report both, in
 * any order. Answers whether it changed anything; the same report twice does not.
 */
export async function recordOutcome(tx: Tx, mail: string, outcome: MailOutcome['outcome'], status: string | null): Promise<boolean> {
  const row = await tx.db.selectFrom('mails').select(['outcome', 'thread_id', 'thread_with']).where('id', '=', mail).forUpdate().executeTakeFirst()
  if (!row || row.outcome === 'failed' || row.outcome === outcome) return false
  await tx.db.updateTable('mails').set({ outcome, outcome_status: status, outcome_at: timestampOf(tx.now) }).where('id', '=', mail).execute()
  const thread = row.thread_id === null ? null : { id: row.thread_id, ...row.thread_with !== null && { with: row.thread_with } }
  await tellOutcome(tx, { mail, thread, outcome })
  return true
}

/** Puts a mail that failed into the queue once more, as it was. */
export async function sendAgain(tx: Tx, mail: string): Promise<void> {
  await tx.db.updateTable('mails').set({ state: 'waiting', attempts: 0, error: null, sent_at: null, outcome: null, outcome_status: null, outcome_at: null })
    .where('id', '=', mail).execute()
  await enqueue(tx, 'mail.send', { mail }, { key: mail })
}
