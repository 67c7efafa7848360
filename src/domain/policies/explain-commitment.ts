import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { Slug } from './draft-policy.ts'
import { lockPolicy, versionsOf } from './find.ts'
import { commitmentExplained } from './kinds.ts'
import { readPolicy } from './policy-text.ts'
import { MarkName } from './set-publication.ts'

/** The company's dated words about a missed target. They stand beside the record; the record stays as it is. */
export const explainCommitment = verb({
  name: 'commitment.explain',
  summary: 'Say in public how a missed target came about.',
  may: 'policies.publish',
  input: z.object({
    policy: Slug,
    mark: MarkName,
    explanation: z.string().trim().min(1, 'Write the explanation.').max(2000, 'Write at most 2,000 characters.').describe('What readers should know'),
  }),
  entries: ['commitment.explained'],
  async run({ tx }, { policy: slug, mark, explanation }) {
    const policy = await lockPolicy(tx, slug)
    const published = (await versionsOf(tx, policy.id)).filter((version) => version.state === 'published')
    if (!published.some(({ body }) => readPolicy(body).commitments.some((commitment) => commitment.mark === mark))) throw new NotFound()
    await tx.db.insertInto('commitment_explanations')
      .values({ organization_id: tx.organizationId, id: tx.newId(), policy_id: policy.id, mark, explanation, explained_at: timestampOf(tx.now) }).execute()
    await append(tx, commitmentExplained, { subjects: { policy: policy.id }, marks: { policy: slug }, facts: { policy: slug, mark, explanation } })
    return { policy: slug, mark }
  },
})
