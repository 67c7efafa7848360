import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'

const Update = z.object({
  policy: z.string(), title: z.string(), version: z.number(), summary: z.string(), significant: z.boolean(),
  published_at: z.iso.datetime(), in_force_at: z.iso.datetime(),
})
export type Update = z.output<typeof Update>

const most = 50

/** What was published, the newest first. */
export const listUpdates = query({
  name: 'update.list', summary: 'What has changed in the policies, the newest first.', may: 'public.read', input: z.object({}),
  output: z.object({ updates: z.array(Update) }), assistants: true,
  run: async ({ tx }) => ({ updates: await updates(tx) }),
})

async function updates(tx: Tx): Promise<Update[]> {
  const rows = await tx.db.selectFrom('policy_versions as v').innerJoin('policies', (join) => join
    .onRef('policies.organization_id', '=', 'v.organization_id').onRef('policies.id', '=', 'v.policy_id'))
    .select(['policies.slug', 'v.title', 'v.version', 'v.summary', 'v.significant', 'v.published_at', 'v.in_force_at'])
    .where('v.state', '=', 'published').orderBy('v.published_at', 'desc').orderBy('v.id', 'desc').limit(most).execute()
  return rows.map(({ slug, published_at, in_force_at, ...row }) =>
    ({ policy: slug, ...row, published_at: published_at!.toISOString(), in_force_at: in_force_at!.toISOString() }))
}
