import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { Conflict, Refused, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { approvalsOf } from './approvals.ts'
import { Slug } from './draft-policy.ts'
import { findOpenVersion, lockPolicy } from './find.ts'

/** One person's yes to exactly the text under review. */
export const approvePolicy = verb({
  name: 'policy.approve',
  summary: 'Approve the version of a policy that is under review.',
  may: 'approvals.give', stepUp: true,
  input: z.object({
    policy: Slug,
    text_sha256: z.string().regex(/^[0-9a-f]{64}$/).optional().describe('Hash of the text that you read; refused when it is another one now'),
  }),
  entries: [],
  async run({ tx, actor }, { policy: slug, text_sha256: read }) {
    const policy = await lockPolicy(tx, slug)
    const version = await findOpenVersion(tx, policy.id)
    if (version?.state !== 'review') throw new Refused('not_under_review', 'No version is under review. Submit the draft first.')
    if (read && read !== version.body_sha256.toString('hex')) throw new Conflict('text_changed', 'The text is no longer the one that you read.')
    const approver = await personBehind(tx, actor)
    const row = { organization_id: tx.organizationId, version_id: version.id, approver, approved_at: timestampOf(tx.now) }
    const added = await tx.db.insertInto('policy_approvals').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow()
    refuseIf(added.numInsertedOrUpdatedRows === 0n, 'already_approved', 'You approved this version already. It takes two different people.')
    return { policy: slug, version: version.version, approvals: await approvalsOf(tx, version) }
  },
})
