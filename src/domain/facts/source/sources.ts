import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Selectable } from 'kysely'
import type { Tx } from '../../../db/tx.ts'
import type { Group } from '../fact.ts'
import type { AssetSourceRow } from '../tables.ts'
import { checkSource, uncheckedGroup, type CitedSource } from './look-up.ts'

export interface SourceSettings {
  /** Where our own mirrors lie. */
  readonly dataFolder: string
  /** Where the operator keeps theirs, in a folder for each organisation's short name. */
  readonly mirrorsFolder?: string
  readonly privateNetwork: boolean
}

/** With what it takes to find the mirror. */
export type AttachedSource = Selectable<AssetSourceRow> & { readonly asset: string; readonly slug: string }

export const isAddress = (location: string): boolean => /^https?:\/\//i.test(location)

export const attachedSources = (tx: Tx): Promise<AttachedSource[]> =>
  tx.db.selectFrom('asset_sources').innerJoin('assets', 'assets.id', 'asset_sources.asset_id')
    .innerJoin('organizations', 'organizations.id', 'assets.organization_id').selectAll('asset_sources')
    .select(['assets.name as asset', 'organizations.slug']).where('assets.retired_at', 'is', null).orderBy('assets.name').execute()

/** Of the asset that was chosen; where none was, of the only one that has a source. */
export async function sourceFor(tx: Tx, assetId: string | null): Promise<AttachedSource | null> {
  const all = await attachedSources(tx)
  return (assetId ? all.find(({ asset_id: id }) => id === assetId) : all.length === 1 ? all[0] : null) ?? null
}

/** The bare repository; null where it is the operator's, and they keep none. */
export function repositoryOf({ location, slug, organization_id: organization, asset_id: asset }: AttachedSource, settings: SourceSettings): string | null {
  if (isAddress(location)) return join(settings.dataFolder, 'sources', organization, `${asset}.git`)
  return settings.mirrorsFolder ? join(settings.mirrorsFolder, slug, location) : null
}

/** Why nothing was looked up where nobody has attached anything: true of every report there, so nothing that stands out. */
export const noSource = 'no source repository is attached to the asset'

export async function lookUp(source: AttachedSource | null, cited: CitedSource, settings: SourceSettings, signal: AbortSignal): Promise<Group> {
  if (!source) return uncheckedGroup('the source, which is not attached', cited, noSource)
  const repository = repositoryOf(source, settings)
  const there = repository !== null && await access(join(repository, 'HEAD')).then(() => true, () => false)
  return there
    ? checkSource(repository, `the source of ${source.asset}`, cited, signal)
    : uncheckedGroup(`the source of ${source.asset}`, cited, 'its mirror is not here, or not fetched yet')
}
