import { countHolders } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import type { PolicyVersion } from './find.ts'

/** Versions that wait for approval, each with who has given one, and all that a second person has to see of it. */
export async function versionsUnderReview(tx: Tx) {
  const rows = await tx.db.selectFrom('policy_versions as v').innerJoin('policies', 'policies.id', 'v.policy_id').where('v.state', '=', 'review')
    .select(['policies.slug', 'v.id', 'v.title', 'v.version', 'v.summary', 'v.body', 'v.body_sha256']).orderBy('v.submitted_at').execute()
  const given = await tx.db.selectFrom('policy_approvals').select(['version_id', 'approver']).execute()
  const needed = await neededApprovals(tx)
  return rows.map(({ id, slug, body, body_sha256, ...row }) => ({
    ...row, policy: slug, text: body, text_sha256: body_sha256.toString('hex'),
    approvers: given.filter(({ version_id }) => version_id === id).map(({ approver }) => approver),
  })).filter(({ approvers }) => approvers.length < needed)
}

export interface Approvals { readonly given: number; readonly needed: number }

/** Two different people approve a version where the organisation has two who may; else the one there is. */
export async function approvalsOf(tx: Tx, version: PolicyVersion): Promise<Approvals> {
  const approvers = await tx.db.selectFrom('policy_approvals').select('approver').where('version_id', '=', version.id).execute()
  return { given: approvers.length, needed: await neededApprovals(tx) }
}

const neededApprovals = async (tx: Tx) => Math.min(2, Math.max(1, await countHolders(tx, 'approvals.give')))
