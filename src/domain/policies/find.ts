import type { Selectable } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { CommitmentExplanationRow, CommitmentRow, PolicyRow, PolicyVersionRow } from './tables.ts'

export type Policy = Selectable<PolicyRow>
export type PolicyVersion = Selectable<PolicyVersionRow>

/** A published version in force, as others refer to it. */
export interface PolicyInForce {
  /** The version's id, to be kept with what it judges. */
  readonly id: string
  readonly policyId: string
  readonly slug: string
  readonly title: string
  readonly version: number
  /** Of the text, in hex, as it stands in the ledger. */
  readonly text_sha256: string
  readonly in_force_at: Date
}

/** Every policy that is in force now, the one that governs reports first. */
export async function policiesInForce(tx: Tx): Promise<PolicyInForce[]> {
  return (await inForce(tx).execute()).map(describe)
}

/** The same with their texts. */
export async function textsInForce(tx: Tx): Promise<(PolicyInForce & { readonly body: string })[]> {
  return (await inForce(tx).select('v.body').execute()).map((row) => ({ ...describe(row), body: row.body }))
}

/** The version by which a report that is made now will be judged; null when there is none. */
export async function policyInForce(tx: Tx): Promise<PolicyInForce | null> {
  const row = await inForce(tx).where('policies.governs_reports', '=', true).executeTakeFirst()
  return row ? describe(row) : null
}

/** The newest published version of each policy, whether it is in force yet or takes force later. */
export async function newestPolicies(tx: Tx): Promise<PolicyInForce[]> {
  return (await published(tx).execute()).map(describe)
}

const inForce = (tx: Tx) => published(tx).where('v.in_force_at', '<=', timestampOf(tx.now))

function published(tx: Tx) {
  return tx.db.selectFrom('policies').innerJoin('policy_versions as v', (join) => join
    .onRef('v.organization_id', '=', 'policies.organization_id').onRef('v.policy_id', '=', 'policies.id'))
    .select(['v.id', 'policies.id as policyId', 'policies.slug', 'v.title', 'v.version', 'v.body_sha256', 'v.in_force_at'])
    .distinctOn(['policies.governs_reports', 'policies.slug'])
    .where('policies.withdrawn_at', 'is', null).where('v.state', '=', 'published')
    .orderBy('policies.governs_reports', 'desc').orderBy('policies.slug').orderBy('v.version', 'desc')
}

type InForceRow = Omit<PolicyInForce, 'text_sha256' | 'in_force_at'> & { body_sha256: Buffer; in_force_at: Date | null }

const describe = ({ id, policyId, slug, title, version, body_sha256: sha256, in_force_at: at }: InForceRow): PolicyInForce =>
  ({ id, policyId, slug, title, version, text_sha256: sha256.toString('hex'), in_force_at: at! })

/** The policy by which reports are judged. */
export const findGoverning = (tx: Tx): Promise<Pick<Policy, 'id' | 'slug'> | undefined> =>
  tx.db.selectFrom('policies').select(['id', 'slug']).where('governs_reports', '=', true).where('withdrawn_at', 'is', null).executeTakeFirst()

export const findPolicy = (tx: Tx, slug: string): Promise<Policy | undefined> =>
  tx.db.selectFrom('policies').selectAll().where('slug', '=', slug).executeTakeFirst()

export async function getPolicy(tx: Tx, slug: string): Promise<Policy> {
  const policy = await findPolicy(tx, slug)
  if (!policy) throw new NotFound()
  return policy
}

/** Nobody else changes the policy or its versions until this transaction ends. */
export async function lockPolicy(tx: Tx, slug: string): Promise<Policy> {
  const policy = await tx.db.selectFrom('policies').selectAll().where('slug', '=', slug).forUpdate().executeTakeFirst()
  if (!policy || policy.withdrawn_at) throw new NotFound()
  return policy
}

/** Newest first. */
export const versionsOf = (tx: Tx, policyId: string): Promise<PolicyVersion[]> =>
  tx.db.selectFrom('policy_versions').selectAll().where('policy_id', '=', policyId).orderBy('version', 'desc').execute()

/** The version that is being written or waits for approval. */
export const findOpenVersion = (tx: Tx, policyId: string): Promise<PolicyVersion | undefined> =>
  tx.db.selectFrom('policy_versions').selectAll().where('policy_id', '=', policyId).where('state', '<>', 'published').executeTakeFirst()

/** The newest published version, in force or not yet. */
export const findLatestPublished = (tx: Tx, policyId: string): Promise<PolicyVersion | undefined> =>
  tx.db.selectFrom('policy_versions').selectAll().where('policy_id', '=', policyId).where('state', '=', 'published')
    .orderBy('version', 'desc').limit(1).executeTakeFirst()

/** To whom each mark's standing is shown. A mark without a row is private. */
export async function publicationsOf(tx: Tx, policyId: string): Promise<Map<string, Selectable<CommitmentRow>>> {
  const rows = await tx.db.selectFrom('commitments').selectAll().where('policy_id', '=', policyId).execute()
  return new Map(rows.map((row) => [row.mark, row]))
}

/** What the company said about missed targets, oldest first. */
export const explanationsOf = (tx: Tx, policyId: string): Promise<Selectable<CommitmentExplanationRow>[]> =>
  tx.db.selectFrom('commitment_explanations').selectAll().where('policy_id', '=', policyId).orderBy('explained_at').execute()
