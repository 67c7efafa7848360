import { parseArgs } from 'node:util'
import { migrate } from '../../db/migrate.ts'
import { migrateJobs } from '../../db/migrate-jobs.ts'
import { migrations } from '../../db/migrations.ts'
import { setupDatabase, setupStatements } from '../../db/setup.ts'
import { openServer } from '../storage.ts'
import { openSettings } from './open-settings.ts'

/**
 * `avow database setup [--as URL] [--database NAME]`: makes roles, database and schema through a superuser's URL; without one it prints
 * the statements for whoever may run them.
 */
export async function setupCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { as: { type: 'string' }, database: { type: 'string', default: 'avow' } } })
  const name = values.database
  if (!values.as) return void console.log(script(name))
  const admin = new URL(values.as)
  await setupDatabase((database) => { admin.pathname = `/${database}`; return admin.href }, name)
  console.log(`The roles avow_owner and avow_app and the database ${name} are there. Give both roles a password:`)
  console.log('  alter role avow_owner password \'…\';\n  alter role avow_app password \'…\';')
}

function script(name: string): string {
  const { cluster, database } = setupStatements()
  const statements = [...cluster, 'alter role avow_owner password \'…\'', 'alter role avow_app password \'…\'',
    `create database "${name}" owner avow_owner`, `revoke all on database "${name}" from public`, `grant connect on database "${name}" to avow_app`]
  return `-- As a superuser, in psql:\n${statements.join(';\n')};\n\\connect "${name}"\n${database.join(';\n')};`
}

/** `avow database migrate`: for deployments whose running processes have no MIGRATION_DATABASE_URL. */
export async function migrateCommand(): Promise<void> {
  const { settings, log } = openSettings()
  const { urls, stop } = await openServer(settings, log)
  try {
    if (!urls.owner) throw new Error('Set MIGRATION_DATABASE_URL: the database as the role avow_owner.')
    const done = await migrate(urls.owner, migrations)
    await migrateJobs(urls.owner)
    console.log(done.length === 0 ? 'The schema is the newest already.' : `Applied ${done.join(', ')}.`)
  } finally { await stop() }
}
