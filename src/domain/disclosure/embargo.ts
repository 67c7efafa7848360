import type { Selectable } from 'kysely'
import { instantOf, timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, holdMarks, releaseMarks } from '../../ledger/index.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { unlessErased, type Report } from '../reports/index.ts'
import { handlingOf, usualEnd } from './handling.ts'
import { embargoAgreed, embargoExtended } from './kinds.ts'
import type { Moment } from './moment.ts'
import type { Ending, EmbargoRow } from './tables.ts'

/*
 * An embargo is the instant that company and reporter each accepted last. While it runs, nothing of the report is published, and the marks of its
 * entries stay back in the public log.
 */

export type Embargo = Selectable<EmbargoRow>

/** Every column by its name, so that the statement stays prepared. */
const columns = [
  'organization_id', 'report_id', 'proposal_id', 'until', 'zone', 'agreed_at', 'reminded_at', 'ended_at', 'ended_because', 'ended_note',
] as const satisfies (keyof Embargo)[]

export const embargoOf = (tx: Tx, reportId: string): Promise<Embargo | undefined> =>
  tx.db.selectFrom('embargoes').select(columns).where('report_id', '=', reportId).executeTakeFirst()

/** Until when nobody publishes. Null where no embargo runs. */
export async function runsUntil(tx: Tx, reportId: string): Promise<Temporal.Instant | null> {
  const embargo = await embargoOf(tx, reportId)
  return embargo && !embargo.ended_at && embargo.until.getTime() > tx.now.epochMilliseconds ? instantOf(embargo.until) : null
}

/** Both sides have accepted. The verb at work must declare `embargo.agreed` and `embargo.extended-by-both`. */
export async function agreeOnEmbargo(tx: Tx, report: Report, proposalId: string, { instant, zone }: Moment): Promise<void> {
  const before = await runsUntil(tx, report.id) ?? usualEnd(report, await handlingOf(tx))
  const row = { proposal_id: proposalId, until: timestampOf(instant), zone, agreed_at: timestampOf(tx.now), reminded_at: null, ended_at: null,
    ended_because: null, ended_note: null }
  await tx.db.insertInto('embargoes').values({ organization_id: tx.organizationId, report_id: report.id, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(row)).execute()
  const entry = { subjects: { report: report.id }, marks: {}, facts: { until: instant.toString(), zone }, keyId: report.content_key_id }
  await append(tx, embargoAgreed, entry)
  if (before && Temporal.Instant.compare(instant, before) > 0) await append(tx, embargoExtended, entry)
  await holdMarks(tx, 'report', report.id)
}

const noteContext = (reportId: string) => `embargo-ended-note:${reportId}`

/** What somebody knew when they ended it early, for every party to read. */
export const noteOf = (tx: Tx, report: Report, { ended_note: box }: Embargo): Promise<string | null> | null =>
  box && unlessErased(openText(tx, report.content_key_id, noteContext(report.id), box))

/** Ends it early, with what is known. Answers whether it ran. */
export async function endWithNote(tx: Tx, report: Report, because: Ending, note: string): Promise<boolean> {
  const ended = await endEmbargo(tx, report.id, because)
  if (ended) {
    const box = await sealText(tx, report.content_key_id, noteContext(report.id), note)
    await tx.db.updateTable('embargoes').set({ ended_note: box }).where('report_id', '=', report.id).execute()
  }
  return ended
}

/** The embargo is no more, if there was one: what was held back in the public log opens. Answers whether it ran. */
export async function endEmbargo(tx: Tx, reportId: string, because: Ending): Promise<boolean> {
  const { numUpdatedRows: ended } = await tx.db.updateTable('embargoes').set({ ended_at: timestampOf(tx.now), ended_because: because })
    .where('report_id', '=', reportId).where('ended_at', 'is', null).executeTakeFirst()
  if (ended > 0n) await releaseMarks(tx, 'report', reportId)
  return ended > 0n
}
