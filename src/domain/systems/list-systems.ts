import { z } from 'zod'
import { query } from '../../verbs/verb.ts'
import { listResults, listSystems } from './find.ts'

export const listSystemsQuery = query({
  name: 'system.list',
  summary: 'The company’s systems, and what was last seen of each.',
  may: 'duties.read',
  input: z.object({}),
  assistants: true,
  async run({ tx }) {
    const [systems, results] = [await listSystems(tx), await listResults(tx)]
    return {
      systems: systems.map(({ id, slug, title, hosts }) => ({
        slug, title, hosts,
        checks: results.filter((result) => result.system_id === id)
          .map(({ check_name: check, passed, detail, observed_at: at, since }) =>
            ({ check, passed, detail, observed_at: at.toISOString(), since: since.toISOString() })),
      })),
    }
  },
})

export const listSourcesQuery = query({
  name: 'source.list',
  summary: 'What feeds evidence, which kinds of entries, and who vouches for it.',
  may: 'duties.read',
  input: z.object({}),
  async run({ tx }) {
    const sources = await tx.db.selectFrom('sources').select(['slug', 'title', 'kinds', 'vouch', 'api_key_id', 'public_key']).orderBy('slug').execute()
    return { sources: sources.map(({ public_key: key, ...source }) => ({ ...source, public_key: key?.toString('base64') ?? null })) }
  },
})
