import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Guest } from '../../access/actor.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { newSubjectKey, openJson, sealJson } from '../../seal/envelope.ts'
import type { Report } from '../reports/index.ts'
import { guestInvited } from './kinds.ts'
import type { ReportGuestRow } from './tables.ts'

export interface Named { readonly name: string; readonly address: string }
export type GuestRow = Selectable<ReportGuestRow>

export interface Invited extends Named {
  readonly role: 'guest' | 'mediator'
  readonly sees: Guest['sees']
  readonly until: Temporal.Instant
  readonly invitedBy: string
}

const context = (id: string) => `report-guest:${id}`

/** Lets somebody into one case and sends them the link. The link is as good as the guest: it ends when they do. The verb must declare `guest.invited`. */
export async function letIn(tx: Tx, report: Report, { name, address, role, sees, until, invitedBy }: Invited): Promise<string> {
  const [id, token] = [tx.newId(), newToken()]
  const keyId = await newSubjectKey(tx, 'person', id)
  tx.send(tx.db.insertInto('report_guests').values({
    organization_id: tx.organizationId, id, report_id: report.id, key_id: keyId, identity: await sealJson(tx, keyId, context(id), { name, address }),
    role, token_hash: tokenHash(token), sees_report: sees.report, sees_files: sees.files, sees_messages: sees.messages,
    invited_by: invitedBy, invited_at: timestampOf(tx.now), ends_at: timestampOf(until), removed_at: null,
  }).execute())
  await append(tx, guestInvited, {
    subjects: { report: report.id, guest: id }, marks: { role }, facts: { ...sees, until: until.toString() }, keyId: report.content_key_id,
  })
  await post(tx, { to: { address, keyId }, ...letter(report.reference, role, token) })
  return id
}

const letter = (reference: string, role: Invited['role'], token: string) => ({
  subject: role === 'mediator' ? `${reference}: you are asked to mediate` : `${reference}: you are asked to help`,
  text: `${role === 'mediator' ? 'You are asked to mediate in' : 'You were let into'} the case ${reference}, a report of a weakness.

Open it here. The link is for you alone: whoever has it sees what you see.

{link:/guest/${token}}

This mail carries nothing of what was reported.`,
})

/** The guest whose link this is. Removed, over and unknown are one answer. */
export async function guestOf(tx: Tx, token: string): Promise<Guest | null> {
  const row = await living(tx).where('token_hash', '=', tokenHash(token)).executeTakeFirst()
  if (!row) return null
  const sees = { report: row.sees_report, files: row.sees_files, messages: row.sees_messages }
  return { kind: 'guest', guestId: row.id, reportId: row.report_id, guestName: (await nameOf(tx, row)).name, mediates: row.role === 'mediator', sees }
}

/** Every column by its name, so that the statement stays prepared. */
const columns = [
  'organization_id', 'id', 'report_id', 'key_id', 'identity', 'role', 'token_hash', 'sees_report', 'sees_files', 'sees_messages', 'invited_by', 'invited_at',
  'ends_at', 'removed_at',
] as const satisfies (keyof GuestRow)[]

const living = (tx: Tx) => tx.db.selectFrom('report_guests').select(columns).where('removed_at', 'is', null).where('ends_at', '>', timestampOf(tx.now))

export const findGuest = (tx: Tx, reportId: string, guestId: string): Promise<GuestRow | undefined> =>
  living(tx).where('report_id', '=', reportId).where('id', '=', guestId).executeTakeFirst()

export const nameOf = (tx: Tx, { id, key_id, identity }: Pick<GuestRow, 'id' | 'key_id' | 'identity'>): Promise<Named> =>
  openJson<Named>(tx, key_id, context(id), identity)

export interface GuestLine extends Named {
  readonly id: string
  readonly role: 'guest' | 'mediator'
  readonly sees: Guest['sees']
  readonly until: Date
  readonly looks: number
  readonly lookedAt: Date | null
}

/** Who has been let into a case and still is, with how often they looked. */
export async function guestsOf(tx: Tx, reportId: string): Promise<GuestLine[]> {
  const rows = await living(tx).where('report_id', '=', reportId).select((is) => [
    sql<number>`(select count(*)::int from report_looks where guest_id = report_guests.id)`.as('looks'),
    is.selectFrom('report_looks').whereRef('guest_id', '=', 'report_guests.id').select(({ fn }) => fn.max('looked_at').as('at')).as('lookedAt'),
  ]).orderBy('invited_at').execute()
  return Promise.all(rows.map(async (row) => ({
    id: row.id, ...await nameOf(tx, row), role: row.role, until: row.ends_at, looks: row.looks, lookedAt: row.lookedAt,
    sees: { report: row.sees_report, files: row.sees_files, messages: row.sees_messages },
  })))
}

/** Tells the guests of a case that something happened, and not what; a mediator hears of it from both sides. */
export async function tellGuests(tx: Tx, report: Report, happened: string, except?: string): Promise<void> {
  const rows = await living(tx).where('report_id', '=', report.id).where('role', '=', 'guest').execute()
  for (const row of rows.filter(({ id }) => id !== except)) {
    const { address } = await nameOf(tx, row)
    await post(tx, { to: { address, keyId: row.key_id }, subject: `${report.reference}: ${happened}`,
      text: `The case ${report.reference}: ${happened}.\n\nRead it by the link that you were sent when you were let in.` })
  }
}

/** Notes that a guest looked: at the case, or at the file of this id. */
export async function noteLook(tx: Tx, { guestId }: Guest, what: string): Promise<void> {
  await tx.db.insertInto('report_looks')
    .values({ organization_id: tx.organizationId, id: tx.newId(), guest_id: guestId, what, looked_at: timestampOf(tx.now) }).execute()
}
