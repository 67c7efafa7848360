import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { enqueue, job, type Job } from '../../../jobs/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { listAssets, saveReleases, type Release } from '../../reports/index.ts'
import { NoSuchProgram } from '../run-child.ts'
import { ask } from './git.ts'
import { fetchMirror, NotFetched } from './mirror.ts'
import { attachedSources, isAddress, repositoryOf, type AttachedSource, type SourceSettings } from './sources.ts'

const AssetId = z.uuid().describe('The asset’s id')

/** An address without a name and password in it, which would stand here for everybody to read; or a plain folder's name. */
function isLocation(text: string): boolean {
  if (!isAddress(text)) return /^[\w][\w.-]*$/.test(text)
  if (!URL.canParse(text)) return false
  const { username, password, hash } = new URL(text)
  return !username && !password && !hash
}

export const attachSource = verb({
  name: 'asset.attach-source', summary: 'Say where the source of something in scope is, so that what reports cite can be looked up.', may: 'policies.write',
  entries: [],
  input: z.object({
    asset: AssetId,
    location: z.string().trim().max(500).refine(isLocation, 'Write an https address without a password, or the name of a folder among the server’s mirrors.')
      .describe('An https address of a Git repository, or the name of a mirror that the operator keeps'),
  }),
  async run({ tx }, { asset, location }) {
    if (!(await listAssets(tx)).some(({ id }) => id === asset)) throw new NotFound()
    const row = { location, attached_at: timestampOf(tx.now), fetched_at: null, problem: null }
    await tx.db.insertInto('asset_sources').values({ organization_id: tx.organizationId, asset_id: asset, ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'asset_id']).doUpdateSet(row)).execute()
    await queueFetch(tx, asset)
    return { asset }
  },
})

export const detachSource = verb({
  name: 'asset.detach-source', summary: 'Look nothing up in an asset’s source any more.', may: 'policies.write', entries: [],
  input: z.object({ asset: AssetId }),
  async run({ tx }, { asset }) {
    const gone = await tx.db.deleteFrom('asset_sources').where('asset_id', '=', asset).returning('asset_id').executeTakeFirst()
    if (!gone) throw new NotFound()
    return { asset }
  },
})

export const listSources = query({
  name: 'asset.sources', summary: 'Where the source of each thing in scope is, and when it was fetched.', may: 'policies.write', input: z.object({}),
  async run({ tx }) {
    const [assets, sources] = [await listAssets(tx), await attachedSources(tx)]
    return {
      assets: assets.map(({ id, name }) => {
        const { location, fetched_at: fetched, problem } = sources.find((one) => one.asset_id === id) ?? {}
        return { id, name, source: location ? { location, fetched_at: fetched?.toISOString() ?? null, problem: problem ?? null } : null }
      }),
    }
  },
})

const queueFetch = (tx: Tx, asset: string): Promise<void> => enqueue(tx, 'source.fetch', { asset }, { key: asset, last: true })

export const sourceJobs = (settings: SourceSettings): Job[] => [
  job({
    name: 'source.fetch', payload: z.object({ asset: z.uuid() }),
    async run({ database, organizationId, signal }, { asset }) {
      const source = await database.read(organizationId, async (tx) => (await attachedSources(tx)).find((one) => one.asset_id === asset))
      if (!source) return
      const fetched = await bringUpToDate(source, settings, signal)
      await database.write(organizationId, async (tx) => {
        const row = { problem: fetched.problem, ...!fetched.problem && { fetched_at: timestampOf(tx.now) } }
        await tx.db.updateTable('asset_sources').set(row).where('asset_id', '=', asset).where('location', '=', source.location).execute()
        if (fetched.releases.length > 0) await saveReleases(tx, asset, fetched.releases)
      })
    },
  }),
  job({
    name: 'sources.renew', payload: z.object({}), every: '25 2 * * *',
    async run({ database, organizationId }) {
      const sources = await database.write(organizationId, async (tx) => {
        const all = await attachedSources(tx)
        for (const { asset_id: asset } of all) await queueFetch(tx, asset)
        return all
      })
      await sweep(join(settings.dataFolder, 'sources', organizationId), new Set(sources.map(({ asset_id: id }) => `${id}.git`)))
    },
  }),
]

interface Fetched { readonly problem: string | null; readonly releases: readonly Release[] }

async function bringUpToDate(source: AttachedSource, settings: SourceSettings, signal: AbortSignal): Promise<Fetched> {
  const repository = repositoryOf(source, settings)
  if (repository === null) return { problem: 'no folder of mirrors is set up', releases: [] }
  try {
    if (isAddress(source.location)) await fetchMirror(repository, source.location, { privateNetwork: settings.privateNetwork, signal })
    const head = await ask(repository, ['rev-parse', '--is-bare-repository'], { signal })
    if (!head.startsWith('true')) return { problem: 'no bare repository is there', releases: [] }
    return { problem: null, releases: await releasesIn(repository, signal) }
  } catch (error) {
    if (error instanceof NoSuchProgram) return { problem: 'git is not installed on the server', releases: [] }
    if (error instanceof NotFetched) return { problem: error.problem, releases: [] }
    throw error
  }
}

const mostReleases = 2000

/** Tags that look like versions, with the commit that each means. */
async function releasesIn(repository: string, signal: AbortSignal): Promise<Release[]> {
  const format = '%(refname:strip=2)%09%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)%09%(creatordate:short)'
  const asked = ['for-each-ref', '--sort=-creatordate', `--count=${mostReleases}`, `--format=${format}`, 'refs/tags']
  const lines = (await ask(repository, asked, { signal })).split('\n').map((line) => line.split('\t'))
  return lines.flatMap(([version, commit, released = '']) =>
    version && commit && version.length <= 200 && /\d/.test(version) ? [{ version, commit_id: commit, released_on: released }] : [])
}

/** Mirrors of what is no longer attached. */
async function sweep(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) if (!kept.has(name.replace(/\.new$/, ''))) await rm(join(folder, name), { recursive: true, force: true })
}
