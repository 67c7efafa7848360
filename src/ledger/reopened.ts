import type { Tx } from '../db/tx.ts'
import { sequenced } from './entry.ts'

/** When the log was opened anew because the end of the one before it was lost; the latest time, null where that never happened. */
export async function reopenedAt(tx: Tx): Promise<Temporal.Instant | null> {
  const entry = await sequenced(tx).select('leaves.at_ms').where('entries.kind', '=', 'log.reopened').orderBy('leaves.index', 'desc').limit(1)
    .executeTakeFirst()
  return entry ? Temporal.Instant.fromEpochMilliseconds(entry.at_ms) : null
}
