import { timestampOf } from '../../db/timestamp.ts'
import { addEvidence, addSamplable, recorded, textFiles } from '../samples/index.ts'

addSamplable({
  name: 'policy.published', title: 'Policies published', subject: 'policy', may: 'policies.read',
  async population({ tx }, { since, until }) {
    const rows = await tx.db.selectFrom('policy_versions').select(['policy_id as id', (is) => is.fn.min('published_at').as('at')])
      .where('published_at', '>=', timestampOf(since)).where('published_at', '<', timestampOf(until)).groupBy('policy_id').execute()
    return rows.map(({ id, at }) => ({ id, at: at! }))
  },
  sources: async ({ tx }, period) => [await recorded(tx, ['policy.published'], 'policy', period)],
  async namesOf({ tx }) {
    const titles = new Map((await tx.db.selectFrom('policies').select(['id', 'title']).execute()).map(({ id, title }) => [id, title]))
    return (id) => titles.get(id) ?? id
  },
  async keysOf({ tx }) {
    const slugs = new Map((await tx.db.selectFrom('policies').select(['id', 'slug']).execute()).map(({ id, slug }) => [id, slug]))
    return (id) => slugs.get(id) ?? id
  },
  // Who accepted it is evidence about people.
  counts: (kind) => kind.startsWith('policy.') && kind !== 'policy.accepted',
})

addEvidence({
  name: 'texts', subject: 'policy',
  async filesOf({ tx }, ids) {
    const rows = await tx.db.selectFrom('policy_versions').innerJoin('policies', 'policies.id', 'policy_versions.policy_id')
      .select(['policy_id as id', 'slug', 'version', 'body', 'body_sha256']).where('policy_id', 'in', ids).where('state', '=', 'published')
      .orderBy('version').execute()
    return textFiles('', rows)
  },
})
