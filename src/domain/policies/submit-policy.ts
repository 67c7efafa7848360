import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { Refused } from '../../lib/errors.ts'
import { askForApproval } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { Slug } from './draft-policy.ts'
import { findOpenVersion, lockPolicy } from './find.ts'
import { readPolicy } from './policy-text.ts'

/** Hands a draft to those who approve it. A text with a problem stays a draft: what it would promise is not clear. */
export const submitPolicy = verb({
  name: 'policy.submit',
  summary: 'Hand the draft of a policy to those who approve it.',
  may: 'policies.write',
  input: z.object({ policy: Slug }),
  entries: [],
  async run({ tx }, { policy: slug }) {
    const policy = await lockPolicy(tx, slug)
    const draft = await findOpenVersion(tx, policy.id)
    if (draft?.state !== 'draft') throw new Refused('no_draft', draft ? 'It waits for approval already.' : 'Draft a version first.')
    const [problem, ...more] = readPolicy(draft.body).problems
    if (problem) {
      const others = more.length > 0 ? ` And ${more.length} more.` : ''
      throw new Refused('policy_has_problems', `Line ${problem.line}, column ${problem.column}: ${problem.message}${others}`)
    }
    await tx.db.updateTable('policy_versions').set({ state: 'review', submitted_at: timestampOf(tx.now) }).where('id', '=', draft.id).execute()
    await askForApproval(tx, `Version ${draft.version} of a policy`)
    return { policy: slug, version: draft.version, state: 'review' as const }
  },
})
