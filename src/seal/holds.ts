import { sql, type Kysely } from 'kysely'
import type { ColumnType } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { Refused } from '../lib/errors.ts'

/** What a legal hold can be on. */
export const holdable = ['person', 'report'] as const
export type Holdable = (typeof holdable)[number]

declare module '../db/tables.ts' {
  interface Tables { holds: HoldRow; suspended_erasures: SuspendedErasureRow }
}

/** One hold. Without a subject it covers all of its kind. */
export interface HoldRow {
  organization_id: string
  id: string
  subject_kind: Holdable
  subject_id: string | null
  key_id: string
  reason: Buffer
  placed_by: string
  placed_at: Date
  lifted_by: ColumnType<string | null, null | undefined, string>
  lifted_at: ColumnType<Date | null, null | undefined, Date>
}

export interface SuspendedErasureRow { organization_id: string; subject_kind: Holdable; subject_id: string; asked_by: string; asked_at: Date }

/** A legal hold stands against the erasure. Why, and by whom, is for those alone who may read holds. */
export class OnHold extends Refused {
  constructor() {
    super('on_hold', 'A legal hold suspends this erasure until it is lifted. Nothing was erased.')
  }
}

/** Whether a living hold covers this report, this person or this person's account. */
export async function isHeld(tx: Tx, subjectId: string): Promise<boolean> {
  const { rows: [row] } = await sql<{ held: boolean }>`select held(${subjectId})`.execute(tx.db)
  return row!.held
}

/** Whether some organisation of the deployment, which need not be one that they still belong to, holds this account's person. */
export async function isAccountHeld(db: Kysely<Tables>, accountId: string): Promise<boolean> {
  const { rows: [row] } = await sql<{ held: boolean }>`select avow.account_held(${accountId}) as held`.execute(db)
  return row!.held
}

/** Throws `OnHold` where the subject of the data key is on hold. */
export async function demandNotHeld(tx: Tx, keyId: string): Promise<void> {
  const row = await tx.db.selectFrom('data_keys').select('subject_id').where('id', '=', keyId).where(sql<boolean>`held(subject_id)`).executeTakeFirst()
  if (row) throw new OnHold()
}

/**
 * For a sweep: whether nothing stands against the end of what this key sealed. What is under the organisation's own key may be about
 * anybody, so that it waits while a person is on hold.
 */
export const free = (keyId: string) => sql<boolean>`not exists (select from data_keys k where k.id = ${sql.ref(keyId)} and (held(k.subject_id)
  or k.purpose = 'organization' and exists (select from holds where subject_kind = 'person' and lifted_at is null)))`

/** Notes that an erasure was asked for and has to wait, so that whoever asked is told when it can be done. False where nothing stands against it. */
export async function suspendErasure(tx: Tx, subjectKind: Holdable, subjectId: string, askedBy: string): Promise<boolean> {
  if (!await isHeld(tx, subjectId)) return false
  await tx.db.insertInto('suspended_erasures')
    .values({ organization_id: tx.organizationId, subject_kind: subjectKind, subject_id: subjectId, asked_by: askedBy, asked_at: timestampOf(tx.now) })
    .onConflict((conflict) => conflict.doNothing()).execute()
  return true
}
