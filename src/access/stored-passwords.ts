import type { Tx } from '../db/tx.ts'
import './tables.ts'

/** `rules`: the version of our rules that the password is known to meet; null: none, it was not entered since they came, or does not meet them. */
export interface StoredPassword { readonly hash: string; readonly rules: number | null }

/** How the passwords of this organisation's people are stored, for the checks that look at it. Never shown to anybody. */
export async function storedPasswords(tx: Tx): Promise<StoredPassword[]> {
  const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select(['accounts.password_hash', 'accounts.password_rules'])
    .where('memberships.ended_at', 'is', null).where('accounts.password_hash', 'is not', null).execute()
  return rows.map((row) => ({ hash: row.password_hash!, rules: row.password_rules }))
}
