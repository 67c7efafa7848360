import { formatDuplicate, type OriginalOpening, type Part } from 'avow-verify'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import type { Tx } from '../../../db/tx.ts'
import { factsBoxOf, factsOf, placeOf, receiptFor, type Place } from '../../../ledger/index.ts'
import { NotFound, Refused } from '../../../lib/errors.ts'
import { query } from '../../../verbs/verb.ts'
import { getReport, reportsByIds, type Report } from '../find.ts'
import { unlessErased } from '../read-report.ts'
import { ReportId } from '../step.ts'
import type { ReportOriginalRow } from '../tables.ts'
import { partsForOthers } from './parts.ts'

type Row = Selectable<ReportOriginalRow>

export interface OriginalView {
  /** Its number in the log, and when it was recorded there. */
  readonly index: number
  readonly recorded_at: string
  /** The number of the report itself. */
  readonly own: number | null
  /** Null until it is disclosed; a null in it is a part that stays sealed. */
  readonly opened: readonly (Part | null)[] | null
}

/** The earlier record of which a report is a duplicate, as far as the reporter of the duplicate may know it. Null where none was named. */
export const readOriginal = query({
  name: 'report.original',
  summary: 'The earlier record of which your report is a duplicate.',
  may: 'reports.follow',
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }): Promise<{ original: OriginalView | null }> {
    const report = await getReport(tx, actor, id)
    const row = await rowOf(tx, report)
    const place = row && await placeOf(tx, row.original_entry_id)
    if (!row || !place) return { original: null }
    const opening = await openingOf(tx, row, place)
    return { original: {
      index: place.index, recorded_at: new Date(place.leaf.at).toISOString(), own: (await placeOf(tx, report.received_entry_id))?.index ?? null,
      opened: opening ? shown(opening) : null,
    } }
  },
})

/** What the team sees of it: the earlier report, if it is one that this member may see, and whether a finding is still to be opened. */
export async function originalFor(tx: Tx, actor: Actor, report: Report) {
  const row = await rowOf(tx, report)
  if (!row) return null
  const [seen] = row.original_report_id ? await reportsByIds(tx, actor, [row.original_report_id]) : []
  return { report: seen ? { id: seen.id, reference: seen.reference } : null, sealedFinding: row.original_report_id === null && !row.opened_at }
}

const shown = ({ parts = [], facts }: OriginalOpening): (Part | null)[] => facts
  ? Object.entries(facts).map(([of, value]) => ({ of, value: value as Part['value'] }))
  : parts.map((part) => ('mac' in part ? null : { of: part.of, value: part.value }))

/** The file that binds us: docs/formats/duplicates.md. Throws NotFound where no original was named. */
export async function duplicateFile(tx: Tx, report: Report): Promise<string> {
  const row = await rowOf(tx, report)
  if (!row) throw new NotFound('No earlier record was named for this report.')
  const [place, choice] = [await placeOf(tx, row.original_entry_id), await receiptFor(tx, row.choice_entry_id)]
  if (!place || choice === undefined) throw new Refused('receipt_not_ready', 'The file is not ready yet. Try again in a moment.')
  const { index, leaf_sha256: hash } = await factsOf<{ index: number; leaf_sha256: string }>(tx, row.choice_entry_id)
  const opening = await openingOf(tx, row, place)
  return formatDuplicate({
    choice, named: { index, leafSha256: Buffer.from(hash, 'base64') }, original: { leaf: place.leaf, proof: place.inclusion }, ...(opening && { opening }),
  })
}

/** A reopened report is no duplicate any more, whatever was named before. */
const rowOf = async (tx: Tx, report: Report): Promise<Row | undefined> => report.closed_because !== 'duplicate' ? undefined
  : tx.db.selectFrom('report_originals').selectAll().where('report_id', '=', report.id).executeTakeFirst()

/** Nothing of a report before it is public, and then its open parts; a finding whole, once somebody opened it. Undefined where it was erased. */
async function openingOf(tx: Tx, row: Row, { opening }: Place): Promise<OriginalOpening | undefined> {
  if (row.original_report_id === null) {
    const box = row.opened_at ? await unlessErased(factsBoxOf(tx, row.original_entry_id)) : null
    return box ? { ...opening, facts: box.facts, salt2: Buffer.from(box.salt2, 'base64') } : undefined
  }
  const original = await tx.db.selectFrom('reports').selectAll().where('id', '=', row.original_report_id).executeTakeFirstOrThrow()
  const parts = original.disclosed_at ? await unlessErased(partsForOthers(tx, original)) : null
  return parts ? { ...opening, parts } : undefined
}
