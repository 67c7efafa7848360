import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, factsOf } from '../../ledger/index.ts'
import { indexText, openIndex, type Index } from '../../seal/search.ts'
import { verb } from '../../verbs/verb.ts'
import { endPause, gateSettings, pauseIsOver } from '../gates/index.ts'
import { partsRootOf } from './duplicates/parts.ts'
import type { Report } from './find.ts'
import { reportReceived, type ReportedFacts } from './kinds.ts'
import { lettersToTeam } from './letters.ts'
import { searchable } from './receive-report.ts'
import { updateReport } from './step.ts'
import { received } from './when-received.ts'

const BATCH = 100

/**
 * Opens what was deposited while intake was paused, on the day that was announced to its reporter, or when the pause ended early. It is received
 * then: the clocks begin, and nobody has read it before.
 */
export const openDeposits = verb({
  name: 'report.open-deposits', summary: 'Open the reports that were deposited and whose day has come.',
  may: 'reports.triage', input: z.object({}), output: z.object({ opened: z.number(), more: z.boolean() }), entries: ['intake.resumed', 'report.received'],
  async run({ tx }) {
    if (await pauseIsOver(tx)) await endPause(tx)
    const early = (await gateSettings(tx)).pause === null
    const due = await tx.db.selectFrom('reports').selectAll().where('opens_at', 'is not', null)
      .$if(!early, (q) => q.where('opens_at', '<=', timestampOf(tx.now))).orderBy('opens_at').orderBy('id').limit(BATCH).forUpdate().skipLocked().execute()
    if (due.length === 0) return { opened: 0, more: false }
    const [index, letters] = [await openIndex(tx, 'report'), await lettersToTeam(tx)]
    for (const report of due) await open(tx, report, index, letters)
    return { opened: due.length, more: due.length === BATCH }
  },
})

/** A deposit becomes a report that was received now. The verb at work declares `report.received`. */
export async function receiveDeposit(tx: Tx, report: Report): Promise<ReportedFacts> {
  const facts = await factsOf<ReportedFacts>(tx, report.received_entry_id)
  const { entryId } = await append(tx, reportReceived,
    { subjects: { report: report.id }, marks: { channel: report.channel, parts: await partsRootOf(tx, report, facts) }, facts, keyId: report.content_key_id })
  await updateReport(tx, report, {
    state: 'received', closed_because: null, closed_at: null, opens_at: null, received_at: timestampOf(tx.now), received_entry_id: entryId,
  })
  await received(tx, report.id, report.queue)
  return facts
}

async function open(tx: Tx, report: Report, index: Index, letters: Awaited<ReturnType<typeof lettersToTeam>>): Promise<void> {
  const facts = await receiveDeposit(tx, report)
  indexText(tx, index, report.id, { title: facts.title, body: searchable(facts) }, tx.now)
  if (report.queue !== 'suspect') await letters(report, 'a new report arrived')
}
