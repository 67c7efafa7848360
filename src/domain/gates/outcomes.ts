import type { Tx } from '../../db/tx.ts'
import { onEntry } from '../../ledger/index.ts'
import './tables.ts'

/** What became of a report, as its sender's reputation counts it. */
export type Outcome = 'accepted' | 'duplicate' | 'invalid' | 'informative' | 'spam'

const ofReason: Readonly<Record<string, Outcome>> = {
  duplicate: 'duplicate', informative: 'informative', spam: 'spam',
  'not reproducible': 'invalid', 'not applicable': 'invalid', 'out of scope': 'invalid',
}

/** Only what a person decided counts, whatever a program closes. */
onEntry(['report.accepted', 'report.closed'], async (tx, { kind, subjects, marks }) => {
  if (marks.by !== 'human') return
  await noteOutcome(tx, subjects.report!, kind === 'report.accepted' ? 'accepted' : ofReason[String(marks.reason)] ?? 'informative')
})

onEntry(['report.reopened'], (tx, { subjects }) => noteOutcome(tx, subjects.report!, null))

function noteOutcome(tx: Tx, reportId: string, outcome: Outcome | null): void {
  tx.send(tx.db.updateTable('report_senders').set({ outcome }).where('report_id', '=', reportId).execute())
}
