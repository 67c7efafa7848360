import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { verb } from '../../verbs/verb.ts'
import { Slug } from './draft-policy.ts'
import { lockPolicy } from './find.ts'
import { policyWithdrawn } from './kinds.ts'

/** Ends a policy. Its record stays, and what was open under it stays open. */
export const withdrawPolicy = verb({
  name: 'policy.withdraw',
  summary: 'End a policy: nothing that happens from now on is bound by it.',
  may: 'policies.publish', stepUp: true,
  input: z.object({ policy: Slug, reason: z.string().trim().min(1, 'Say why.').max(2000).describe('Why, for readers') }),
  entries: ['policy.withdrawn'],
  async run({ tx }, { policy: slug, reason }) {
    const policy = await lockPolicy(tx, slug)
    await tx.db.updateTable('policies').set({ withdrawn_at: timestampOf(tx.now) }).where('id', '=', policy.id).execute()
    await append(tx, policyWithdrawn, { subjects: { policy: policy.id }, marks: { policy: slug }, facts: { policy: slug, reason } })
    return { policy: slug }
  },
})
