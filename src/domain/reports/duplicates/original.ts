import { leafSha256, namedFacts } from 'avow-verify'
import type { Tx } from '../../../db/tx.ts'
import { append, entryAt, placeOf, type Place } from '../../../ledger/index.ts'
import { Invalid } from '../../../lib/errors.ts'
import type { Work } from '../../../verbs/verb.ts'
import { findReportNamed, getReport, type Report } from '../find.ts'
import { originalNamed } from '../kinds.ts'
import { byWhom } from '../message.ts'

export interface Original { readonly entryId: string; readonly report: string | null; readonly place: Place }

const wrong = (original: string) => new Invalid({ original })

/**
 * The earlier record that `named` means: a report by its reference or id, or a finding of our own by its number in the record.
 * Throws Invalid where there is none, or where it did not come first.
 */
export async function findOriginal({ tx, actor }: Work, duplicate: Report, named: string): Promise<Original> {
  const found = /^#?\d{1,15}$/.test(named) ? await finding(tx, Number(named.replace('#', ''))) : await earlierReport({ tx, actor }, duplicate, named)
  const [place, own] = [await placeOf(tx, found.entryId), await placeOf(tx, duplicate.received_entry_id)]
  if (!place || !own) throw wrong('The record has not taken it in yet. Try again in a moment.')
  if (place.index >= own.index) throw wrong('That one came later than this one, so it cannot be the original.')
  return { ...found, place }
}

async function finding(tx: Tx, index: number): Promise<Omit<Original, 'place'>> {
  const entry = await entryAt(tx, index)
  if (entry?.kind !== 'finding.opened') throw wrong('The record has no finding of that number (finding.opened).')
  return { entryId: entry.id, report: null }
}

async function earlierReport({ tx, actor }: Work, duplicate: Report, named: string): Promise<Omit<Original, 'place'>> {
  const id = await findReportNamed(tx, actor, named.toUpperCase()) ?? await findReportNamed(tx, actor, named)
  const original = id && await getReport(tx, actor, id)
  if (!original) throw wrong('There is no report of this name that you may see. Write its reference, such as R-7KQ2-MX4D.')
  if (original.id === duplicate.id) throw wrong('A report cannot be its own original.')
  if (original.closed_because === 'duplicate') throw wrong(`${original.reference} is a duplicate itself: name the one that it repeats.`)
  return { entryId: original.received_entry_id, report: original.id }
}

/** Binds us to the original: its place and its leaf's hash, in an entry about the duplicate. The verb at work must declare `report.original-named`. */
export async function nameOriginal({ tx, actor }: Work, duplicate: Report, { entryId, report, place: { index, leaf } }: Original): Promise<void> {
  const choice = await append(tx, originalNamed, {
    subjects: { report: duplicate.id }, marks: { by: byWhom(actor), original: report ? 'report' : 'finding' },
    facts: namedFacts({ index, leafSha256: leafSha256(leaf) }), keyId: duplicate.content_key_id,
  })
  const row = { original_report_id: report, original_entry_id: entryId, choice_entry_id: choice.entryId, opened_at: null }
  await tx.db.insertInto('report_originals').values({ organization_id: tx.organizationId, report_id: duplicate.id, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(row)).execute()
}
