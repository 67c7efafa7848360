import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { approvalsOf } from './approvals.ts'
import { Slug } from './draft-policy.ts'
import { findLatestPublished, findOpenVersion, lockPolicy, type Policy, type PolicyVersion } from './find.ts'
import { commitmentPublished, publications, type Publication } from './kinds.ts'
import { momentOf } from './publish-policy.ts'
import { readPolicy } from './policy-text.ts'

export const MarkName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Write the footnote’s mark: ack.').describe('The commitment’s mark')

/**
 * Says to whom standings are shown. To show one to everybody takes what publishing a policy takes: approval and a rehearsal of the
 * version that makes the promise. The choice holds over versions, until it is made anew.
 */
export const setPublication = verb({
  name: 'commitment.set-publication',
  summary: 'Say to whom the standing of a commitment is shown: nobody outside, auditors, or everybody from a date.',
  may: 'policies.publish',
  input: z.object({
    policy: Slug,
    marks: z.array(MarkName).min(1).max(500).describe('Which commitments'),
    publication: z.enum(publications).describe('To whom'),
    public_from: Moment.optional().describe('For everybody: from when on; now, unless said'),
  }),
  entries: ['commitment.published'],
  async run({ tx }, { policy: slug, marks, publication, public_from: wanted }) {
    const policy = await lockPolicy(tx, slug)
    const from = publication === 'public' ? (wanted ? await readMoment(tx, wanted) : tx.now) : undefined
    if (wanted && !from) throw new Invalid({ public_from: 'Only what is shown to everybody has such a date.' })
    const published = await findLatestPublished(tx, policy.id)
    const open = await findOpenVersion(tx, policy.id)
    for (const mark of marks) {
      if (![published, open].some((version) => carries(version, mark))) throw new NotFound(`No version of this policy carries the mark “${mark}”.`)
      if (from && !carries(published, mark)) await refuseUnlessReady(tx, open!)
      await savePublication(tx, policy, mark, publication, from)
      // A mark that is not published yet tells its publication in its version's own entry.
      if (carries(published, mark)) await append(tx, commitmentPublished, {
        subjects: { policy: policy.id }, marks: { policy: slug }, facts: { policy: slug, mark, publication, ...(from && { public_from: momentOf(from) }) },
      })
    }
    return { policy: slug, marks, publication }
  },
})

const carries = (version: PolicyVersion | undefined, mark: string): boolean =>
  version !== undefined && readPolicy(version.body).commitments.some((commitment) => commitment.mark === mark)

async function refuseUnlessReady(tx: Tx, open: PolicyVersion): Promise<void> {
  const { given, needed } = await approvalsOf(tx, open)
  refuseIf(given < needed, 'approval_missing', 'The version that makes this promise is not approved yet.')
  refuseIf(!open.rehearsed_at, 'not_rehearsed', 'Rehearse the version first: see what its page would say of the past.')
}

async function savePublication(tx: Tx, policy: Policy, mark: string, publication: Publication, from: Temporal.Instant | undefined): Promise<void> {
  const chosen = { publication, public_from: from ? timestampOf(from) : null, changed_at: timestampOf(tx.now) }
  await tx.db.insertInto('commitments').values({ organization_id: tx.organizationId, policy_id: policy.id, mark, ...chosen })
    .onConflict((conflict) => conflict.columns(['organization_id', 'policy_id', 'mark']).doUpdateSet(chosen)).execute()
}
