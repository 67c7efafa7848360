import { parseArgs } from 'node:util'
import { reindexReports } from '../domain/reports/index.ts'
import { openSettings } from '../ops/commands/open-settings.ts'
import { openStorage } from '../ops/storage.ts'
import { chosenOrganization } from './organization.ts'

/** `avow search reindex [--organization SLUG]` */
export async function reindex(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { organization: { type: 'string' } } })
  const { settings, log } = openSettings()
  const storage = await openStorage(settings, { log, say: console.error })
  try {
    const { id, name } = await chosenOrganization(storage.database, values.organization, 'search reindex --organization SLUG')
    console.log(`${await reindexReports(storage.database, id)} reports of ${name} are indexed anew.`)
  } finally { await storage.close() }
}
