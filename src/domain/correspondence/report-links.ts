import type { Selectable } from 'kysely'
import { newToken, tokenHash } from '../../access/tokens.ts'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../db/database.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, Refused } from '../../lib/errors.ts'
import { getReport, type Report } from '../reports/index.ts'
import type { ReportLinkRow } from './tables.ts'

/*
 * A reporter who came by mail has no tracking phrase, for no mail carries one. A link opens their report once, within a day, and is only ever
 * sent to the address that reported. Its mailbox is the proof, as for a new password.
 */
const linkHours = 24
const sessionHours = 12
/** So long an old link still leads to a button for a new one. */
export const keptDays = 30

const system = { kind: 'system', job: 'report-links' } as const

/** The path of a new link, for the letter alone. */
export async function newReportLink(tx: Tx, reportId: string): Promise<string> {
  const token = newToken()
  await tx.db.insertInto('report_links').values({
    organization_id: tx.organizationId, token_hash: tokenHash(token), report_id: reportId, created_at: timestampOf(tx.now),
    expires_at: timestampOf(tx.now.add({ hours: linkHours })), used_at: null, session_hash: null, session_until: null,
  }).execute()
  return `/track/mail/${token}`
}

export interface LinkState { readonly link: Selectable<ReportLinkRow>; readonly good: boolean }

/** Not there, too old and of a reporter who was erased are one answer. A link that is over still says so. */
export async function findReportLink(tx: Tx, token: string, lock = false): Promise<LinkState> {
  const rows = tx.db.selectFrom('report_links').selectAll().where('token_hash', '=', tokenHash(token))
    .where('created_at', '>', timestampOf(tx.now.subtract({ hours: 24 * keptDays })))
  const link = await (lock ? rows.forUpdate() : rows).executeTakeFirst()
  if (!link) throw new NotFound('This link is too old. Answer one of our mails, and the answer to that has a new one.')
  return { link, good: link.used_at === null && link.expires_at > timestampOf(tx.now) }
}

/** Uses the link up; the answer is the token of a session that is good for this report alone. */
export async function useReportLink(tx: Tx, token: string): Promise<string> {
  const { link, good } = await findReportLink(tx, token, true)
  if (!good) throw new Refused('link_over', 'This link was used already or is too old. Ask for a new one.')
  const session = newToken()
  await tx.db.updateTable('report_links').set({
    used_at: timestampOf(tx.now), session_hash: tokenHash(session), session_until: timestampOf(tx.now.add({ hours: sessionHours })),
  }).where('token_hash', '=', link.token_hash).execute()
  return session
}

/** The report of this link whose reporter may still be written to. */
export async function reportOfLink(tx: Tx, { link }: LinkState): Promise<Report> {
  const report = await getReport(tx, system, link.report_id)
  if (!report.identity) throw new NotFound()
  return report
}

/** The reporter who opened a link in this browser, or null. */
export const linkHolder = (database: Database, organizationId: string, session: string): Promise<Actor | null> =>
  database.read(organizationId, async (tx) => {
    const link = await tx.db.selectFrom('report_links').select('report_id').where('session_hash', '=', tokenHash(session))
      .where('session_until', '>', timestampOf(tx.now)).executeTakeFirst()
    return link ? { kind: 'reporter', reportId: link.report_id } : null
  })

/** More than three an hour are not sent: nobody's mailbox is filled from here. */
export async function demandRoomForLink(tx: Tx, reportId: string): Promise<void> {
  const recent = await tx.db.selectFrom('report_links').select('token_hash').where('report_id', '=', reportId)
    .where('created_at', '>', timestampOf(tx.now.subtract({ hours: 1 }))).limit(3).execute()
  if (recent.length >= 3) throw new Refused('links_enough', 'Three links were mailed within the last hour. Look among the unwanted mail, or try again later.')
}
