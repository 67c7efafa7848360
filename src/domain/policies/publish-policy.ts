import { z } from 'zod'
import { instantOf, timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, Refused, refuseIf } from '../../lib/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { approvalsOf } from './approvals.ts'
import { countSentences } from './classify.ts'
import { Slug } from './draft-policy.ts'
import { findLatestPublished, findOpenVersion, lockPolicy, publicationsOf, type Policy, type PolicyVersion } from './find.ts'
import { policyChangedSignificantly, policyPublished, type PublishedCommitment } from './kinds.ts'
import { readPolicy, type PolicyDocument } from './policy-text.ts'

/**
 * Puts the approved version in force, now or at a later moment. Its commitments bind what happens from then on; those that it no
 * longer makes end at that moment, and the entry names them.
 */
export const publishPolicy = verb({
  name: 'policy.publish',
  summary: 'Put the approved version of a policy in force, now or at a later moment.',
  may: 'policies.publish', stepUp: true,
  input: z.object({ policy: Slug, in_force_at: Moment.optional().describe('When it takes force; now, unless said') }),
  entries: ['policy.published', 'policy.changed-significantly'],
  async run({ tx }, { policy: slug, in_force_at: wanted }) {
    const policy = await lockPolicy(tx, slug)
    const version = await approvedVersion(tx, policy)
    const before = await findLatestPublished(tx, policy.id)
    const inForce = await momentOfForce(tx, wanted, before)
    const published = { state: 'published' as const, published_at: timestampOf(tx.now), in_force_at: timestampOf(inForce) }
    await tx.db.updateTable('policy_versions').set(published).where('id', '=', version.id).execute()
    await tx.db.updateTable('policies').set({ title: version.title }).where('id', '=', policy.id).execute()
    await appendEntries(tx, policy, version, before, inForce)
    return { policy: slug, version: version.version, in_force_at: momentOf(inForce) }
  },
})

async function momentOfForce(tx: Tx, wanted: string | undefined, before: PolicyVersion | undefined): Promise<Temporal.Instant> {
  const inForce = wanted ? await readMoment(tx, wanted) : tx.now
  const refuse = (in_force_at: string) => { throw new Invalid({ in_force_at }) }
  if (Temporal.Instant.compare(inForce, tx.now) < 0) refuse('A policy cannot take force in the past.')
  if (before?.in_force_at && inForce.epochMilliseconds < before.in_force_at.getTime()) refuse('The version before takes force later than that.')
  return inForce
}

async function approvedVersion(tx: Tx, policy: Policy): Promise<PolicyVersion> {
  const version = await findOpenVersion(tx, policy.id)
  if (version?.state !== 'review') throw new Refused('not_under_review', 'No version is under review. Draft it and submit it first.')
  const { given, needed } = await approvalsOf(tx, version)
  refuseIf(given === 0, 'approval_missing', 'Nobody has approved it yet.')
  refuseIf(given < needed, 'approval_missing', 'It takes two different people, and one has approved it.')
  refuseIf(!version.rehearsed_at, 'not_rehearsed', 'Rehearse it first: see what its page would say of the past.')
  return version
}

async function appendEntries(tx: Tx, policy: Policy, version: PolicyVersion, before: PolicyVersion | undefined, inForce: Temporal.Instant): Promise<void> {
  // The first version changes nothing that anybody relied on.
  const significant = version.significant && before !== undefined
  const told = { policy: policy.slug, version: version.version, summary: version.summary, in_force_at: momentOf(inForce) }
  await append(tx, policyPublished, {
    subjects: { policy: policy.id },
    marks: { policy: policy.slug, significant: significant ? 'yes' : 'no' },
    facts: {
      ...told, title: version.title, text_sha256: version.body_sha256.toString('hex'), significant,
      approvals: (await approvalsOf(tx, version)).given,
      ...await commitmentFacts(tx, policy, version, before),
    },
  })
  if (significant) await append(tx, policyChangedSignificantly, { subjects: { policy: policy.id }, marks: { policy: policy.slug }, facts: told })
}

async function commitmentFacts(tx: Tx, policy: Policy, version: PolicyVersion, before: PolicyVersion | undefined) {
  const document = readPolicy(version.body)
  const rules = new Map(document.commitments.map(({ mark, text }) => [mark, text]))
  const earlier = before ? readPolicy(before.body).commitments : []
  return {
    commitments: await commitmentsOf(tx, policy, document),
    changed: earlier.filter(({ mark, text }) => rules.has(mark) && rules.get(mark) !== text).map(({ mark }) => mark),
    withdrawn: earlier.filter(({ mark }) => !rules.has(mark)).map(({ mark }) => mark),
    ...countSentences(document),
  }
}

/** What the entry says of each commitment. */
export async function commitmentsOf(tx: Tx, policy: Policy, { commitments }: PolicyDocument): Promise<PublishedCommitment[]> {
  const shown = await publicationsOf(tx, policy.id)
  return commitments.map(({ mark, sentence, rule, text }) => {
    const { publication = 'private', public_from: from } = shown.get(mark) ?? {}
    const dated = from && { public_from: momentOf(instantOf(from)) }
    return { mark, sentence, rule: text, publication, ...(rule.owner && { owner: rule.owner }), ...dated }
  })
}

/** A moment as the entries write it: to the millisecond, in UTC. */
export const momentOf = (at: Temporal.Instant): string => at.round('millisecond').toString()
