import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { readerKey, tidyKey, type ReaderKey } from '../contact/index.ts'
import { identityOf, unlessErased, type Report } from '../reports/index.ts'
import type { ReporterKeyRow } from './tables.ts'

const context = (reportId: string) => `reporter-key:${reportId}`

/** The OpenPGP key of a report's reporter, armored: the one that came later wins over the one in the form. Null where there is none. */
export async function keyOfReporter(tx: Tx, report: Report): Promise<string | null> {
  const row = await tx.db.selectFrom('reporter_keys').selectAll().where('report_id', '=', report.id).executeTakeFirst()
  if (row) return unlessErased(openText(tx, row.key_id, context(report.id), row.box))
  const claimed = (await unlessErased(identityOf(tx, report)))?.claimKey
  return claimed?.includes('-----BEGIN PGP') ? claimed : null
}

/** That key as it can be encrypted to now, or why it cannot. */
export async function readerOf(tx: Tx, report: Report): Promise<ReaderKey> {
  return readerKey(await keyOfReporter(tx, report) ?? '', tx.now)
}

export interface KeyCame {
  readonly by: ReporterKeyRow['came_by']
  /** The reporter themselves said so: by a signature of the key that we knew, or on their own page. */
  readonly sure: boolean
}

/**
 * A key came with a mail. The first one is taken. Another takes its place only where it is sure that the reporter gave it: who writes under
 * their address must not turn our answers to a key of their own. Answers whether it was taken.
 */
export async function keyArrived(tx: Tx, report: Report, armored: string, { by, sure }: KeyCame): Promise<boolean> {
  if (!report.identity_key_id || (!sure && await keyOfReporter(tx, report) !== null)) return false
  const tidy = await tidyKey(armored)
  if (tidy === undefined) return false
  const box = await sealText(tx, report.identity_key_id, context(report.id), tidy)
  const kept = { key_id: report.identity_key_id, box, came_by: by, came_at: timestampOf(tx.now) }
  await tx.db.insertInto('reporter_keys').values({ organization_id: tx.organizationId, report_id: report.id, ...kept })
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(kept)).execute()
  return true
}

/** For judging who signed a mail of this case. */
export async function knownKeysOf(tx: Tx, report: Report): Promise<string[]> {
  const key = await keyOfReporter(tx, report)
  return key === null ? [] : [key]
}
