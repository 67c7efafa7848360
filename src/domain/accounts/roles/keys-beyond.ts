import { permissionsOfRoles } from '../../../access/grants.ts'
import { permissionsOf } from '../../../access/roles.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { keyRevoked } from '../kinds.ts'

/** Takes back the keys of somebody whose roles have changed that open more than these roles do. */
export async function endKeysBeyond(tx: Tx, accountId: string, roles: readonly string[]): Promise<void> {
  const theirs = new Set(await permissionsOfRoles(tx, roles))
  const keys = await tx.db.selectFrom('api_keys').select(['id', 'roles']).where('created_by', '=', accountId).where('revoked_at', 'is', null).execute()
  const beyond = keys.filter((key) => permissionsOf(key.roles).some((permission) => !theirs.has(permission)))
  for (const { id } of beyond) {
    await tx.db.updateTable('api_keys').set({ revoked_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    await append(tx, keyRevoked, { subjects: { key: id }, marks: {}, facts: {} })
  }
}
