import type { Selectable } from 'kysely'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, Refused } from '../../lib/errors.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { lookupHash } from '../../seal/lookup.ts'
import type { Report } from '../reports/index.ts'
import type { AddressChangeRow } from './tables.ts'

/*
 * A new address counts once its holder has opened the link that was mailed to it: nobody is written to about a report who has not said so.
 * Its mailbox is the proof, whoever follows the report on the page.
 */
const linkHours = 24
const mostPerHour = 3

const context = (reportId: string) => `new-address:${reportId}`

/** The path of its link, for the letter to that address alone. `keyId` seals who the reporter is. It takes the place of earlier ones. */
export async function newAddressLink(tx: Tx, { report, keyId, address }: { report: string; keyId: string; address: string }): Promise<string> {
  const hash = await lookupHash(tx, 'new-address', address.toLowerCase())
  await demandRoom(tx, report, hash)
  await endAddressChanges(tx, report)
  const token = newToken()
  await tx.db.insertInto('address_changes').values({
    organization_id: tx.organizationId, token_hash: tokenHash(token), report_id: report, key_id: keyId, address_hash: hash,
    box: await sealText(tx, keyId, context(report), address),
    created_at: timestampOf(tx.now), expires_at: timestampOf(tx.now.add({ hours: linkHours })),
  }).execute()
  return `/track/address/${token}`
}

/** Nobody's mailbox is filled from here, neither through one report nor through many. */
async function demandRoom(tx: Tx, report: string, hash: Buffer): Promise<void> {
  const recent = await tx.db.selectFrom('address_changes').select('token_hash')
    .where((is) => is.or([is('report_id', '=', report), is('address_hash', '=', hash)]))
    .where('created_at', '>', timestampOf(tx.now.subtract({ hours: 1 }))).limit(mostPerHour).execute()
  if (recent.length >= mostPerHour) throw new Refused('addresses_enough', 'Three such mails were sent within the last hour. Try again later.')
}

/** Those that were asked for and not confirmed serve no more. */
const endAddressChanges = (tx: Tx, reportId: string) =>
  tx.db.updateTable('address_changes').set({ expires_at: timestampOf(tx.now) }).where('report_id', '=', reportId)
    .where('expires_at', '>', timestampOf(tx.now)).execute()

export type AddressChange = Selectable<AddressChangeRow>

/** Locked where it is to be used. Used, replaced, too old and never there are one answer. */
export async function findAddressChange(tx: Tx, token: string, lock = false): Promise<AddressChange> {
  const rows = tx.db.selectFrom('address_changes').selectAll().where('token_hash', '=', tokenHash(token)).where('expires_at', '>', timestampOf(tx.now))
  const change = await (lock ? rows.forUpdate() : rows).executeTakeFirst()
  if (change) return change
  throw new NotFound('This link is over: it was used, is older than a day, or another took its place. Ask for a new one where you follow your report.')
}

/** What it asks for, opened. Throws `Erased` where its reporter was. */
export const addressIn = (tx: Tx, { report_id: id, key_id: keyId, box }: AddressChange): Promise<string> => openText(tx, keyId, context(id), box)

/** The address that waits for its holder, and until when; null where none does. */
export async function waitingAddress(tx: Tx, report: Report): Promise<{ email: string; until: string } | null> {
  const change = await tx.db.selectFrom('address_changes').selectAll().where('report_id', '=', report.id)
    .where('expires_at', '>', timestampOf(tx.now)).executeTakeFirst()
  return change && report.identity ? { email: await addressIn(tx, change), until: change.expires_at.toISOString() } : null
}

/** What lies in a mailbox that a reporter leaves must not open the report, nor bring another address. */
export async function endLinks(tx: Tx, reportId: string): Promise<void> {
  await endAddressChanges(tx, reportId)
  await tx.db.updateTable('report_links').set({ expires_at: timestampOf(tx.now) }).where('report_id', '=', reportId)
    .where('used_at', 'is', null).where('expires_at', '>', timestampOf(tx.now)).execute()
}
