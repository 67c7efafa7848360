import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { withClient } from './setup.ts'

export interface Migration { readonly number: number; readonly name: string; readonly sql: string; readonly sha256: string }
interface Applied { readonly number: number; readonly name: string; readonly sha256: string }

/** Any fixed number will do, as long as no other lock of ours uses it. */
const lock = 0x61766f77

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8')
    return { number: Number(file.slice(0, 4)), name: file, sql, sha256: hash('sha256', sql) }
  })
}

/**
 * Brings the schema up to the newest migration, as its owner. Each migration is one transaction together with its record;
 * of two processes that start at once, one waits and finds the work done. Answers the names of those it applied.
 */
export async function migrate(ownerUrl: string, migrations: Migration[]): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query(`create table if not exists avow.migrations (
      number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now());
      grant select on avow.migrations to avow_app`)
    const todo = pending(migrations, await readApplied(client))
    for (const migration of todo) await apply(client, migration)
    return todo.map((migration) => migration.name)
  })
}

/** Refuses to run on a schema that is not exactly the one this version was written for. */
export async function demandCurrentSchema(appUrl: string, migrations: Migration[]): Promise<void> {
  const applied = await withClient(appUrl, readApplied).catch((error: pg.DatabaseError) => {
    if (error.code === '42P01' || error.code === '3F000') return []
    throw error
  })
  const todo = pending(migrations, applied)
  if (todo.length === 0) return
  throw new Error(`The database lacks ${todo.length} of ${migrations.length} migrations (the first is ${todo[0]!.name}). ` +
    'Set MIGRATION_DATABASE_URL to the URL of avow_owner, or run “avow database migrate” with it.')
}

function pending(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const { number, name, sha256 } of applied) {
    const migration = known.get(number)
    if (!migration) throw newer(name)
    if (migration.sha256 !== sha256) throw edited(name)
  }
  const last = Math.max(0, ...applied.map(({ number }) => number))
  const done = new Set(applied.map(({ number }) => number))
  const todo = migrations.filter(({ number }) => !done.has(number))
  const skipped = todo.find(({ number }) => number < last)
  if (skipped) throw halfMigrated(skipped.name)
  return todo
}

const newer = (name: string) => new Error(`The database is newer than this version of Avow: it carries the migration ${name}, ` +
  'which is not known here. Run the version of Avow that made it, or a newer one.')

const edited = (name: string) => new Error(`The migration ${name} was applied to this database with other contents than it has now. ` +
  'A migration that has run is never edited: restore the file, and put the change into a new one.')

const halfMigrated = (name: string) => new Error(`The database is half migrated: ${name} is missing although a later migration has run. ` +
  'Restore a backup, or ask for help with the list in avow.migrations.')

async function readApplied(client: pg.Client): Promise<Applied[]> {
  return (await client.query<Applied>('select number, name, sha256 from avow.migrations order by number')).rows
}

async function apply(client: pg.Client, { number, name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query('set local search_path = avow')
    await client.query(sql)
    await client.query('insert into avow.migrations (number, name, sha256) values ($1, $2, $3)', [number, name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`The migration ${name} failed and changed nothing: ${(error as Error).message}`, { cause: error })
  }
}
