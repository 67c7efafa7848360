import { countHolders } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import type { PolicyVersion } from './find.ts'

export interface Approvals { readonly given: number; readonly needed: number }

/** Two different people approve a version where the organisation has two who may; else the one there is. */
export async function approvalsOf(tx: Tx, version: PolicyVersion): Promise<Approvals> {
  const approvers = await tx.db.selectFrom('policy_approvals').select('approver').where('version_id', '=', version.id).execute()
  return { given: approvers.length, needed: Math.min(2, Math.max(1, await countHolders(tx, 'approvals.give'))) }
}
