import { sql, type Kysely } from 'kysely'
import { timestampOf } from '../db/timestamp.ts'
import type { Tables } from '../db/tables.ts'
import type { Tx } from '../db/tx.ts'
import './tables.ts'

/** Whether `accounts.id` of the query around it has a second factor. Recovery codes are none: they stand in for one that is lost. */
export const activeFactor = sql<boolean>`(
  exists (select from totp_factors where totp_factors.account_id = accounts.id and active_at is not null)
  or exists (select from passkeys where passkeys.account_id = accounts.id))`

export async function hasSecondFactor(db: Kysely<Tables>, accountId: string): Promise<boolean> {
  const row = await db.selectFrom('accounts').select(activeFactor.as('has')).where('id', '=', accountId).executeTakeFirst()
  return row?.has ?? false
}

/** Removes every factor of this person and their recovery codes, so that they have to begin anew. Ending their sessions is the caller's. */
export async function removeFactorsOf(db: Kysely<Tables>, accountId: string): Promise<void> {
  for (const table of ['totp_factors', 'passkeys', 'recovery_codes'] as const) await db.deleteFrom(table).where('account_id', '=', accountId).execute()
}

/** Until when a member may do without, in a query over memberships and organizations. */
export const secondFactorDeadline = sql<Date>`greatest(joined_at, second_factor_since) + make_interval(days => second_factor_days)`

/** Until when this member has to have a second factor; null where they are no member. */
export async function secondFactorBy(tx: Tx, accountId: string): Promise<Temporal.Instant | null> {
  const row = await tx.db.selectFrom('memberships').innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select(secondFactorDeadline.as('by'))
    .where('account_id', '=', accountId).where('ended_at', 'is', null).executeTakeFirst()
  return row ? Temporal.Instant.fromEpochMilliseconds(row.by.getTime()) : null
}

/** Members who have no second factor, and how many of them are past their time. */
export async function countWithoutFactor(tx: Tx): Promise<{ members: number; without: number; late: number }> {
  const late = sql<boolean>`${secondFactorDeadline} <= ${timestampOf(tx.now)}`
  return tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id').where('ended_at', 'is', null)
    .select([
      sql<number>`count(*)::int`.as('members'),
      sql<number>`(count(*) filter (where not ${activeFactor}))::int`.as('without'),
      sql<number>`(count(*) filter (where not ${activeFactor} and ${late}))::int`.as('late'),
    ]).executeTakeFirstOrThrow()
}
