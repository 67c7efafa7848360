import { modules } from '../app.ts'
import { readSettings } from '../config/index.ts'
import { exampleNames, findHistory, loadExample, readExample } from '../domain/examples/index.ts'
import { findKind } from '../ledger/index.ts'
import { ManualClock, systemClock } from '../lib/clock.ts'
import { createLog } from '../lib/log.ts'
import { openStorage } from '../ops/storage.ts'
import { registry } from '../verbs/registry.ts'
import { WrongUsage } from './wrong-usage.ts'

/** `avow example load [NAME]`: beside a running Avow, or alone. */
export async function loadExamples([name, ...more]: readonly string[]): Promise<void> {
  const there = exampleNames()
  if (more.length > 0 || (name && !there.includes(name))) throw new WrongUsage(`Usage: avow example load [NAME]. There are: ${there.join(', ')}.`)
  const settings = readSettings(process.env)
  const today = systemClock.now()
  const clock = new ManualClock(today.toString())
  const storage = await openStorage(settings, { log: createLog(settings.AVOW_LOG_LEVEL), say: console.error, clock })
  try {
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    for (const example of name ? [name] : there) {
      const read = (file: string) => readExample(example, file)
      console.log(`Loading ${example}: half a year of invented work, in a minute or two …`)
      const organization = await loadExample({ database: storage.database, clock, operations, read }, findHistory(example)!, today)
      console.log(`${organization.name} is at ${settings.AVOW_URL}/o/${organization.slug}; “avow open-link ${organization.slug}” shows its desk.`)
    }
  } finally {
    await storage.close()
  }
}
