import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid, NotFound } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { findAsset } from './find.ts'

/** `released_on` as `2026-03-01`, '' where it is not known; `commit_id` in hexadecimal or ''. */
export interface Release { readonly version: string; readonly commit_id: string; readonly released_on: string }

const mostAtOnce = 5000

/** One release a line: version, and in any order a commit and a date, apart by commas, semicolons or tabs. A first line of titles is left out. */
export function readReleases(text: string): { releases: Release[]; wrong: number[] } {
  const wrong: number[] = []
  const releases = text.split('\n').flatMap((line, i) => {
    const [version = '', ...more] = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').trim())
    if ((version === '' && more.every((cell) => cell === '')) || (i === 0 && /^(version|tag|release|name)$/i.test(version))) return []
    const release = { version, commit_id: '', released_on: '' }
    for (const cell of more.filter(Boolean)) {
      if (/^\d{4}-\d\d-\d\d/.test(cell) && isDate(cell.slice(0, 10))) release.released_on = cell.slice(0, 10)
      else if (/^[0-9a-f]{7,64}$/i.test(cell)) release.commit_id = cell.toLowerCase()
      else wrong.push(i + 1)
    }
    if (version === '' || version.length > 200) wrong.push(i + 1)
    return [release]
  })
  return { releases, wrong: [...new Set(wrong)] }
}

const isDate = (text: string): boolean => {
  try { return Temporal.PlainDate.from(text).toString() === text } catch { return false }
}

/** Adds releases of an asset; one that is there already is brought up to date. For whoever finds out about them: a person, a mirror of the source. */
export async function saveReleases(tx: Tx, assetId: string, releases: readonly Release[]): Promise<void> {
  const added_at = timestampOf(tx.now)
  const rows = [...new Map(releases.map((release) => [release.version, release])).values()].map((release) => (
    { organization_id: tx.organizationId, id: tx.newId(), asset_id: assetId, ...release, added_at }))
  for (let from = 0; from < rows.length; from += 1000) {
    await tx.db.insertInto('asset_releases').values(rows.slice(from, from + 1000))
      .onConflict((conflict) => conflict.columns(['organization_id', 'asset_id', 'version']).doUpdateSet((is) => (
        { commit_id: is.ref('excluded.commit_id'), released_on: is.ref('excluded.released_on') }))).execute()
  }
}

export const addReleases = verb({
  name: 'asset.add-releases', summary: 'Say which releases of something in scope there are.', may: 'policies.write', entries: [],
  input: z.object({
    asset: z.uuid().describe('The asset’s id'),
    releases: z.string().trim().min(1, 'Write a release in each line.').max(500_000).describe('One a line: version, commit, date'),
  }),
  output: z.object({ added: z.number() }),
  async run({ tx }, { asset, releases: text }) {
    if (!await findAsset(tx, asset)) throw new NotFound()
    const { releases, wrong } = readReleases(text)
    if (wrong.length > 0) throw new Invalid({ releases: `Line ${wrong.slice(0,
      5).join(', ')}: write it as 1.4.2, 3f5e7d1a, 2026-03-01. Commit and date may be left out.` })
    if (releases.length > mostAtOnce) throw new Invalid({ releases: `At most ${mostAtOnce} at once.` })
    await saveReleases(tx, asset, releases)
    return { added: releases.length }
  },
})

export const removeRelease = verb({
  name: 'asset.remove-release', summary: 'Take a release off the list.', may: 'policies.write', entries: [],
  input: z.object({ release: z.uuid().describe('The release’s id') }),
  async run({ tx }, { release }) {
    const { numDeletedRows } = await tx.db.deleteFrom('asset_releases').where('id', '=', release).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
  },
})

export const listReleases = query({
  name: 'asset.releases', summary: 'The releases of something in scope that we know of, the newest first.', may: 'reports.read',
  input: z.object({ asset: z.uuid().describe('The asset’s id') }),
  async run({ tx }, { asset }) {
    const found = await findAsset(tx, asset)
    if (!found) throw new NotFound()
    const rows = await tx.db.selectFrom('asset_releases').selectAll().where('asset_id', '=', asset)
      .orderBy('released_on', 'desc').orderBy('version', 'desc').limit(1000).execute()
    return { name: found.name, releases: rows.map(({ id, version, commit_id, released_on }) => ({ id, version, commit_id, released_on })) }
  },
})

const plain = (version: string) => version.trim().toLowerCase().replace(/^(refs\/tags\/)?(version\s+)?(v(?=\d))?/, '')

/** The release that somebody means by a version, a tag or the beginning of a commit; `unknown` where others are known, null where none is. */
export async function releaseNamed(tx: Tx, assetId: string, typed: string): Promise<Release | 'unknown' | null> {
  const rows = await tx.db.selectFrom('asset_releases').select(['version', 'commit_id', 'released_on']).where('asset_id', '=', assetId).execute()
  if (rows.length === 0 || typed.trim() === '') return null
  const commit = /^[0-9a-f]{7,64}$/i.test(typed.trim()) ? typed.trim().toLowerCase() : null
  const is = ({ version, commit_id: id }: Release) =>
    plain(version) === plain(typed) || (commit !== null && id !== '' && (id.startsWith(commit) || commit.startsWith(id)))
  return rows.find(is) ?? 'unknown'
}
