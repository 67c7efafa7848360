import { z } from 'zod'
import { memberRoles } from '../../access/roles.ts'
import { NotFound } from '../../lib/errors.ts'
import { Country } from '../people/index.ts'
import { verb } from '../../verbs/verb.ts'

/** Who accepts a policy. Those who were asked before and no longer have to are simply not reminded. */
export const requireAcceptance = verb({
  name: 'acceptance.require', summary: 'Say who has to accept a policy, and whether every new version anew.', may: 'people.manage', entries: [],
  input: z.object({
    policy: z.string().max(100),
    roles: z.array(z.enum(memberRoles)).default([]).describe('Who has to; everyone, unless said'),
    countries: z.array(Country).max(250).default([]).describe('Only where they work in one of these countries (ISO 3166-1 alpha-2)'),
    every_version: z.boolean().default(false).describe('Whether a version without a significant change is accepted anew too'),
  }),
  async run({ tx }, { policy: slug, roles, countries, every_version }) {
    const policy = await tx.db.selectFrom('policies').select('id').where('slug', '=', slug).where('withdrawn_at', 'is', null).executeTakeFirst()
    if (!policy) throw new NotFound()
    await tx.db.insertInto('policy_audiences').values({ organization_id: tx.organizationId, policy_id: policy.id, roles, countries, every_version })
      .onConflict((conflict) => conflict.columns(['organization_id', 'policy_id']).doUpdateSet({ roles, countries, every_version })).execute()
    return { policy: slug }
  },
})
