import { countHolders } from '../../access/memberships.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { Forbidden } from '../../lib/errors.ts'
import type { PolicyVersion } from './find.ts'

export interface Approvals { readonly given: number; readonly needed: number }

/** Two different people approve a version where the organisation has two who may; else the one there is. */
export async function approvalsOf(tx: Tx, version: PolicyVersion): Promise<Approvals> {
  const approvers = await tx.db.selectFrom('policy_approvals').select('approver').where('version_id', '=', version.id).execute()
  return { given: approvers.length, needed: Math.min(2, Math.max(1, await countHolders(tx, 'policies.publish'))) }
}

/** The person behind the actor: a key stands for whoever made it, so that nobody approves twice by having a key. */
export async function personBehind(tx: Tx, actor: Actor): Promise<string> {
  if (actor.kind === 'member') return actor.accountId
  if (actor.kind === 'system') return `system:${actor.job}`
  if (actor.kind !== 'machine') throw new Forbidden('policies.publish')
  const key = await tx.db.selectFrom('api_keys').select('created_by').where('id', '=', actor.keyId).executeTakeFirst()
  return key?.created_by ?? `key:${actor.keyId}`
}
