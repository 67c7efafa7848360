import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chosenOrganization } from './organization.ts'
import { decrypted } from '../domain/contact/index.ts'
import { openSettings } from '../ops/commands/open-settings.ts'
import { openStorage } from '../ops/storage.ts'
import { WrongUsage } from './wrong-usage.ts'

/** `avow openpgp decrypt [FILE] [--organization SLUG]`: prints what was encrypted to the organisation's key; without FILE it reads standard input. */
export async function decryptFile(args: readonly string[]): Promise<void> {
  const { values, positionals: [file] } = parseArgs({ args: [...args], allowPositionals: true, options: { organization: { type: 'string' } } })
  const sealed = read(file ?? 0)
  const { settings, log } = openSettings()
  const storage = await openStorage(settings, { log, say: console.error })
  try {
    const organization = await chosenOrganization(storage.database, values.organization, 'openpgp decrypt [FILE] --organization SLUG')
    process.stdout.write(await storage.database.read(organization.id, (tx) => decrypted(tx, sealed)))
  } finally { await storage.close() }
}

function read(file: string | 0): Buffer {
  try { return readFileSync(file) } catch { throw new WrongUsage(`The file ${file} cannot be read.`) }
}
