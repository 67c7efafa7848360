import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { job, type Job } from '../../jobs/index.ts'
import { factsOf } from '../../ledger/index.ts'
import { indexText, openIndex } from '../../seal/search.ts'
import type { ReportedFacts } from './kinds.ts'
import { unlessErased } from './read-report.ts'
import { searchable } from './receive-report.ts'

const BATCH = 200

/** Indexes every report anew, by the words of the organisation's language. Answers how many; what is erased has none. */
export async function reindexReports(database: Database, organizationId: string): Promise<number> {
  let [done, after] = [0, undefined as string | undefined]
  for (;;) {
    const page: number = await database.write(organizationId, async (tx) => {
      const index = await openIndex(tx, 'report')
      const rows = await tx.db.selectFrom('reports').select(['id', 'received_entry_id', 'received_at']).where('erased_at', 'is', null)
        .$if(after !== undefined, (q) => q.where('id', '>', after!)).orderBy('id').limit(BATCH).execute()
      for (const { id, received_entry_id: entry, received_at: at } of rows) {
        const facts = await unlessErased(factsOf<ReportedFacts>(tx, entry))
        if (!facts) continue
        indexText(tx, index, id, { title: facts.title, body: searchable(facts) }, Temporal.Instant.fromEpochMilliseconds(at.getTime()))
        done++
      }
      after = rows.at(-1)?.id
      return rows.length
    })
    if (page < BATCH) return done
  }
}

/** Queued when an organisation changes its language. */
export const reindexJob: Job = job({
  name: 'search.reindex', payload: z.object({}),
  async run({ database, organizationId }) { await reindexReports(database, organizationId) },
})
