import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { onEntries, type Written } from '../../ledger/index.ts'
import './tables.ts'

/** What became of a report, as its sender's reputation counts it. */
export type Outcome = 'accepted' | 'duplicate' | 'invalid' | 'informative' | 'spam'

const ofReason: Readonly<Record<string, Outcome>> = {
  duplicate: 'duplicate', informative: 'informative', spam: 'spam',
  'not reproducible': 'invalid', 'not applicable': 'invalid', 'out of scope': 'invalid',
}

/** Only what a person decided counts, whatever a program closes. */
onEntries(['report.accepted', 'report.closed'], (tx, written) => {
  const decided = Map.groupBy(written.filter(({ marks }) => marks.by === 'human'), outcomeOf)
  for (const [outcome, those] of decided) noteOutcome(tx, those, outcome)
})

onEntries(['report.reopened'], (tx, written) => noteOutcome(tx, written, null))

const outcomeOf = ({ kind, marks }: Written): Outcome => kind === 'report.accepted' ? 'accepted' : ofReason[String(marks.reason)] ?? 'informative'

function noteOutcome(tx: Tx, written: readonly Written[], outcome: Outcome | null): void {
  const reports = written.map(({ subjects }) => subjects.report!)
  tx.send(tx.db.updateTable('report_senders').set({ outcome }).where(sql<boolean>`report_id = any (${reports})`).execute())
}
