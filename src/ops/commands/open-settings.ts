import { createInterface } from 'node:readline/promises'
import { readSettings, type Settings } from '../../config/index.ts'
import { createLog, type Log } from '../../lib/log.ts'

/** Commands speak to a person: of the log only what went wrong is shown. */
export function openSettings(): { settings: Settings; log: Log } {
  const settings = readSettings(process.env)
  return { settings, log: createLog('warn') }
}

/** From the settings, or typed in where somebody sits at a terminal. */
export async function askPassphrase(settings: Settings): Promise<string> {
  if (settings.AVOW_BACKUP_PASSPHRASE) return settings.AVOW_BACKUP_PASSPHRASE
  if (!process.stdin.isTTY) throw new Error('Set AVOW_BACKUP_PASSPHRASE: nobody is here to type it.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const typed = await terminal.question('Passphrase of the backup (16 characters or more, shown as you type): ')
  terminal.close()
  if (typed.length < 16) throw new Error('The passphrase has to have 16 characters or more.')
  return typed
}
