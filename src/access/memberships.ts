import { sql } from 'kysely'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { permissions, type Permission, type Role } from './roles.ts'
import './tables.ts'

/** What somebody may be in this organisation; null when they are not of it, or no longer. */
export async function rolesOf(tx: Tx, accountId: string): Promise<readonly Role[] | null> {
  const row = await tx.db.selectFrom('memberships').select('roles').where('account_id', '=', accountId).where('ended_at', 'is', null).executeTakeFirst()
  return row?.roles ?? null
}

export async function addMember(tx: Tx, accountId: string, roles: readonly Role[]): Promise<void> {
  const joined_at = timestampOf(tx.now)
  await tx.db.insertInto('memberships').values({ organization_id: tx.organizationId, account_id: accountId, roles: [...roles], joined_at, ended_at: null })
    .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doUpdateSet({ roles: [...roles], joined_at, ended_at: null })).execute()
}

/** How many people of this organisation hold a role that carries the permission. */
export async function countHolders(tx: Tx, permission: Permission): Promise<number> {
  const row = await tx.db.selectFrom('memberships').select((is) => is.fn.countAll<number>().as('n'))
    .where('ended_at', 'is', null).where(sql<boolean>`roles && ${[...permissions[permission]]}::text[]`).executeTakeFirstOrThrow()
  return Number(row.n)
}

/** How the passwords of this organisation's people are stored, for the check that looks at it. Never shown to anybody. */
export async function passwordHashes(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id').select('accounts.password_hash')
    .where('memberships.ended_at', 'is', null).where('accounts.password_hash', 'is not', null).execute()
  return rows.map((row) => row.password_hash!)
}
