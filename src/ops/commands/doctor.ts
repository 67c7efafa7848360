import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Settings } from '../../config/index.ts'
import { openDatabase, type Database } from '../../db/database.ts'
import { demandCurrentSchema } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations.ts'
import { withClient } from '../../db/setup.ts'
import { checkLedger } from '../../ledger/index.ts'
import { admitKeyring } from '../../seal/admit-keyring.ts'
import { openKeyring, type Keyring } from '../../seal/keyring.ts'
import { databaseCheck, diskCheck, ledgerCheck, migrationsCheck, type Check } from '../health.ts'
import { tailFolder } from '../restore.ts'
import { keyStore, openServer, type DatabaseUrls } from '../storage.ts'
import { listDays, readLines } from '../tail/tail-file.ts'
import { openSettings } from './open-settings.ts'

/** `avow doctor`: looks at everything, changes nothing, and says of each problem what to do. 1 when there is one. */
export async function doctorCommand(): Promise<number> {
  const { settings, log } = openSettings()
  let problems = 0
  const examine = async ({ name, look }: Check) => {
    const problem = await look().catch((error: Error) => error.message)
    if (problem) problems++
    console.log(problem ? `✘ ${name}: ${problem}` : `✔ ${name}`)
    return !problem
  }
  if (!await all([dataCheck(settings), keyringFile(settings)], examine)) return 1
  await examine(diskCheck(settings.AVOW_DATA))
  const { urls, stop } = await openServer(settings, log)
  try {
    if (!await all([schemaCheck(urls), keyringCheck(settings, urls)], examine)) return 1
    const database = await openDatabase({ url: urls.app, keyring: await openKeyring(keyStore(settings)) })
    try {
      const rest = [databaseCheck(database), migrationsCheck(database), ledgerCheck(database), queueCheck(database), ...await logChecks(database, settings)]
      for (const check of [...rest, mailCheck(settings), addressCheck(settings)]) await examine(check)
    } finally { await database.close() }
  } finally { await stop() }
  console.log(problems === 0 ? 'All is well.' : `${problems} to mend.`)
  return problems === 0 ? 0 : 1
}

async function all(checks: readonly Check[], examine: (check: Check) => Promise<boolean>): Promise<boolean> {
  let well = true
  for (const check of checks) well = await examine(check) && well
  return well
}

const dataCheck = (settings: Settings): Check => ({
  name: `data folder ${settings.AVOW_DATA}`,
  async look() {
    if (!existsSync(settings.AVOW_DATA)) return 'It is not there. Start Avow once, or set AVOW_DATA to the folder that holds the data.'
    if (settings.DATABASE_URL || existsSync(join(settings.AVOW_DATA, 'postgres/PG_VERSION'))) return null
    return 'There is no database in it. Start Avow once, restore a backup, or set AVOW_DATA or DATABASE_URL to where the data are.'
  },
})

const keyringFile = (settings: Settings): Check => ({
  name: 'keyring is private',
  async look() {
    if (settings.AVOW_KEYRING || !existsSync(settings.AVOW_KEYRING_FILE)) return null
    const open = (statSync(settings.AVOW_KEYRING_FILE).mode & 0o077) !== 0
    return open ? `Others on this machine can read it: chmod 600 ${settings.AVOW_KEYRING_FILE}` : null
  },
})

const schemaCheck = ({ app }: DatabaseUrls): Check => ({
  name: 'schema', async look() { await demandCurrentSchema(app, migrations); return null },
})

const keyringCheck = (settings: Settings, urls: DatabaseUrls): Check => ({
  name: 'keyring belongs to the database',
  async look() {
    await openKeyring(keyStore(settings))
    await withClient(urls.owner ?? urls.app, (client): Promise<Keyring> => admitKeyring(client, keyStore(settings), () => {}))
    return null
  },
})

const queueCheck = (database: Database): Check => ({
  name: 'queue',
  async look() {
    const { rows: [row] } = await sql<{ failed: number }>`
      select count(*) as failed from graphile_worker.jobs where attempts >= max_attempts`.execute(database.global)
    return row!.failed > 0 ? `${row!.failed} jobs failed for good. The log has the reasons; “select * from graphile_worker.jobs” names them.` : null
  },
})

async function logChecks(database: Database, settings: Settings): Promise<Check[]> {
  const organizations = await database.global.selectFrom('organizations').select(['id', 'slug']).execute()
  return organizations.flatMap(({ id, slug }) => [
    { name: `ledger of ${slug}`, async look() {
      const { problems } = await checkLedger(database, id)
      return problems.length > 0 ? `${problems.slice(0, 5).join('; ')}. Stop Avow and restore the last backup with its tail.` : null
    } },
    { name: `tail of ${slug}`, look: () => lookAtTail(database, id, join(tailFolder(settings), id)) },
  ])
}

/** The newest state that the tail knows is the newest of the database, give or take what is being written now. */
async function lookAtTail(database: Database, id: string, folder: string): Promise<string | null> {
  const head = await database.read(id, (tx) => tx.db.selectFrom('checkpoints').select(['size', 'at_ms']).orderBy('size', 'desc').limit(1).executeTakeFirst())
  if (!head || Date.now() - head.at_ms < 120_000) return null
  let known = 0
  for (const day of (await listDays(folder)).slice(-2)) {
    for await (const line of readLines(folder, day)) if ('table' in line && line.table === 'checkpoints') known = Math.max(known, Number(line.row.size))
  }
  return known < head.size ? `It ends at entry ${known}, the log at ${head.size}. Is the disk full, or does Avow run with another AVOW_DATA?` : null
}

const mailCheck = (settings: Settings): Check => ({
  name: 'mail', async look() { return settings.SMTP_URL || settings.AVOW_DEVELOPMENT ? null : 'Mails are kept and not sent. Set SMTP_URL.' },
})

const addressCheck = (settings: Settings): Check => ({
  name: `address ${settings.AVOW_URL}`,
  async look() {
    const { protocol, hostname } = new URL(settings.AVOW_URL)
    return protocol === 'http:' && hostname !== 'localhost' && !hostname.endsWith('.onion')
      ? 'It is not encrypted. Put a proxy with TLS in front and set AVOW_URL to its https address.' : null
  },
})
