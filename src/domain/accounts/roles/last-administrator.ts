import { sql } from 'kysely'
import type { Tx } from '../../../db/tx.ts'
import { refuseIf } from '../../../lib/errors.ts'

/**
 * An organisation without an administrator could be mended only from outside: before the last one stops to be one, or to be one without an end,
 * somebody else has to be. `roles` are those that the person will have for good. Held until the transaction ends, so that two cannot remove each other.
 */
export async function demandAnotherAdmin(tx: Tx, accountId: string, roles: readonly string[] = []): Promise<void> {
  if (roles.includes('admin')) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`administrators ${tx.organizationId}`}, 0))`.execute(tx.db)
  const admins = await tx.db.selectFrom('memberships').select('account_id').where('ended_at', 'is', null).where('ends_at', 'is', null)
    .where(sql<boolean>`'admin' = any(roles) and not exists (select from accounts where id = account_id and disabled_at is not null)`).execute()
  const last = admins.length === 1 && admins[0]!.account_id === accountId
  refuseIf(last, 'last_administrator', 'This is the last administrator. Make somebody else one first.')
}
