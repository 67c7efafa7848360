import { createReadStream, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { migrations } from '../../db/migrations.ts'
import { open } from '../backup/sealed-file.ts'
import { writeBackup } from '../backup/write-backup.ts'
import { restore, tailFolder } from '../restore.ts'
import { openServer } from '../storage.ts'
import { askPassphrase, openSettings } from './open-settings.ts'

/** `avow backup [FILE]`: while Avow runs or not. The file is read back before this says that it is good. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  const { positionals: [file = `avow-${new Date().toISOString().replaceAll(/[:.]/g, '')}.avow-backup`] } =
    parseArgs({ args: [...args], allowPositionals: true, options: {} })
  const { settings, log } = openSettings()
  const passphrase = await askPassphrase(settings)
  const { urls, stop } = await openServer(settings, log)
  try {
    if (!urls.owner) throw new Error('A backup needs MIGRATION_DATABASE_URL, the database as the role avow_owner: no other sees every row.')
    const { tables, rows, bytes } = await writeBackup(urls.owner, file, passphrase)
    for await (const _ of open(passphrase, createReadStream(file)));
    console.log(`${file}: ${rows} rows of ${tables} tables, ${bytes} bytes, sealed and read back.`)
    console.log(`It is of no use without the keyring, nor is it complete without the tail: copy ${tailFolder(settings)} too, again and again.`)
    return 0
  } finally { await stop() }
}

/** `avow restore FILE [--tail FOLDER | --without-tail [--lost FILE]…]`: into an empty AVOW_DATA or an empty database. */
export async function restoreCommand(args: readonly string[]): Promise<number> {
  const { positionals: [file], values } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { tail: { type: 'string' }, 'without-tail': { type: 'boolean' }, lost: { type: 'string', multiple: true, default: [] } },
  })
  if (!file) throw new Error('Which backup? avow restore FILE [--tail FOLDER | --without-tail [--lost FILE]]')
  const { settings, log } = openSettings()
  const tail = values['without-tail'] ? null : values.tail ?? tailFolder(settings)
  const lost = values.lost.map((path) => readFileSync(path, 'utf8'))
  const report = await restore(settings, log, { file, passphrase: await askPassphrase(settings), tail, lost })
  console.log(`${report.rows} rows restored into a schema of ${migrations.length} migrations; ${report.entries} entries came from the tail; ` +
    `${report.erased} erasures were done again.`)
  for (const { organization, size, problems } of report.logs) {
    console.log(`${organization}: a log of ${size} entries, ${problems.length === 0 ? 'exactly as it was signed' : 'with problems:'}`)
    for (const problem of problems) console.log(`  ${problem}`)
  }
  return report.logs.some(({ problems }) => problems.length > 0) ? 1 : 0
}
