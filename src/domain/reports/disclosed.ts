import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { onEntry } from '../../ledger/index.ts'
import { openParts, partsOpenedByDisclosure } from './duplicates/parts.ts'
import { unlessErased } from './read-report.ts'
import { after, may } from './report.ts'
import { standingOf } from './step.ts'

/**
 * A report is public once the entry says so, whichever verb wrote it: the desk's, or evidence of a publication elsewhere. Reporters of its
 * duplicates can then see what is open of it.
 */
onEntry(['report.disclosed'], async (tx, { subjects: { report: subject } }) => {
  const id = z.uuid().safeParse(subject).data
  const report = id && await tx.db.selectFrom('reports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!report || !may('disclose', standingOf(report))) return
  const { state } = after('disclose', standingOf(report))
  await tx.db.updateTable('reports').set({ state, disclosed_at: timestampOf(tx.now) }).where('id', '=', report.id).execute()
  await openParts(tx, report.id, await unlessErased(partsOpenedByDisclosure(tx, report)) ?? [])
})
