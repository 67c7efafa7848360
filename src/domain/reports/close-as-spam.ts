import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import { appendEach } from '../../ledger/index.ts'
import { loadKeys } from '../../seal/envelope.ts'
import type { Work } from '../../verbs/verb.ts'
import type { Report } from './find.ts'
import { reportClosed } from './kinds.ts'
import { byWhom, insertSame } from './message.ts'
import { endWaiting } from './waiting.ts'

/**
 * Closes all of them as spam, in a few statements however many they are: each has its own entry, with who did it, and so each discharges its own
 * clocks. No mail is sent, because a flood is
 * sent in the name of others; whoever sent a report reads on its page that it was closed, and why. The verb at work declares `spamEntries`.
 */
export async function closeAsSpam({ tx, actor }: Work, reports: readonly Report[], message: string): Promise<void> {
  if (reports.length === 0) return
  await loadKeys(tx, reports.map(({ content_key_id: key }) => key))
  for (const report of reports) await endWaiting(tx, report, 'moved-on')
  tx.send(tx.db.updateTable('reports').set({ state: 'closed', closed_because: 'spam', closed_at: timestampOf(tx.now), unanswered_at: null })
    .where(sql<boolean>`id = any (${reports.map(({ id }) => id)})`).execute())
  await insertSame(tx, reports, actor, 'team', message)
  const said = { marks: { by: byWhom(actor), reason: 'spam' }, facts: { message } } as const
  await appendEach(tx, reportClosed, reports.map(({ id, content_key_id: keyId }) => ({ subjects: { report: id }, keyId, ...said })))
}

export const spamEntries = ['report.closed', 'report.waiting-ended']
