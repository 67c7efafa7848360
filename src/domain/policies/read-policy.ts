import { diffWordsWithSpace } from 'diff'
import { z } from 'zod'
import { may } from '../../access/may.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { query } from '../../verbs/verb.ts'
import { Slug } from './draft-policy.ts'
import { getPolicy, policiesInForce, versionsOf, type Policy, type PolicyVersion } from './find.ts'

const Version = z.coerce.number().int().positive().optional().describe('Which version; the one in force, unless said')

export const readPolicyQuery = query({
  name: 'policy.read',
  summary: 'Read a policy: the version in force, or another one.',
  may: 'public.read',
  input: z.object({ policy: Slug, version: Version }),
  assistants: true,
  async run({ tx, actor }, { policy: slug, version: wanted }) {
    const policy = await getPolicy(tx, slug)
    const versions = await readable(tx, actor, policy)
    const inForce = (await policiesInForce(tx)).find((one) => one.policyId === policy.id)
    const version = wanted === undefined ? versions.find((one) => one.id === inForce?.id) ?? versions[0] : versions.find((one) => one.version === wanted)
    if (!version) throw new NotFound()
    return { ...describeVersion(policy, version), text: version.body, versions: versions.map((one) => describeVersion(policy, one)) }
  },
})

export const listPoliciesQuery = query({
  name: 'policy.list',
  summary: 'List the policies with the version of each that is in force.',
  may: 'public.read',
  input: z.object({}),
  assistants: true,
  run: async ({ tx }) => ({
    policies: (await policiesInForce(tx)).map(({ slug, title, version, text_sha256, in_force_at: at }) =>
      ({ policy: slug, title, version, text_sha256, in_force_at: at.toISOString() })),
  }),
})

export const diffPolicyQuery = query({
  name: 'policy.diff',
  summary: 'What changed between two versions of a policy, word by word.',
  may: 'public.read',
  input: z.object({
    policy: Slug,
    from: Version.describe('The older version; the one before, unless said'),
    to: Version.describe('The newer version; the newest, unless said'),
  }),
  async run({ tx, actor }, { policy: slug, from, to }) {
    const versions = await readable(tx, actor, await getPolicy(tx, slug))
    const newer = to === undefined ? versions[0] : versions.find((one) => one.version === to)
    const older = newer && versions.find((one) => one.version === (from ?? newer.version - 1))
    if (!newer || !older) throw new NotFound()
    return {
      policy: slug, from: older.version, to: newer.version,
      parts: diffWordsWithSpace(older.body, newer.body).map(({ value: text, added, removed }) =>
        ({ change: added ? 'added' : removed ? 'removed' : 'same', text })),
    }
  },
})

/** Everybody reads what was published; what is being written is the team's. Newest first. */
async function readable(tx: Tx, actor: Actor, policy: Policy): Promise<PolicyVersion[]> {
  const versions = await versionsOf(tx, policy.id)
  return may(actor, 'policies.read') ? versions : versions.filter((version) => version.state === 'published')
}

function describeVersion(policy: Policy, { title, version, state, summary, significant, body_sha256: hash, in_force_at: at }: PolicyVersion) {
  return { policy: policy.slug, title, version, state, summary, significant, text_sha256: hash.toString('hex'), in_force_at: at?.toISOString() ?? null }
}
