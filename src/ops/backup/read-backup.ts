import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, type Migration } from '../../db/migrate.ts'
import { migrateJobs } from '../../db/migrate-jobs.ts'
import { withClient } from '../../db/setup.ts'
import { writeJobs, type QueuedJob } from './jobs.ts'
import { BackupProblem, open } from './sealed-file.ts'
import { Sections } from './sections.ts'
import { listTables, plainSession, target, type Table } from './tables.ts'

interface First { readonly migrations: { number: number; name: string; sha256: string }[] }
type Next = Contained | { jobs: QueuedJob[] } | { end: true; rows: Record<string, number> }

/**
 * Fills an empty database with a backup, in one transaction, at the schema that the backup was made with; then migrates on to the
 * newest. Any PostgreSQL from 15 on takes a backup of any other: this is also the way to a new major version.
 */
export async function readBackup(
  ownerUrl: string, file: string, passphrase: string, known: readonly Migration[],
): Promise<Map<string, number>> {
  const plain = Readable.from(open(passphrase, createReadStream(file))).compose(createZstdDecompress())
  const sections = new Sections(plain as AsyncIterable<Buffer>)
  const { migrations } = await sections.line<First>()
  await migrate(ownerUrl, known.slice(0, demandKnown(migrations, known)))
  await migrateJobs(ownerUrl)
  const counts = await withClient(ownerUrl, (client) => fill(client, sections))
  await migrate(ownerUrl, [...known])
  return counts
}

/** How many of our migrations the backup's schema is. */
function demandKnown(made: First['migrations'], known: readonly Migration[]): number {
  const foreign = made.find(({ number, sha256 }, i) => known[i]?.number !== number || known[i].sha256 !== sha256)
  if (foreign) {
    throw new BackupProblem(`The backup comes from another or a newer version of Avow: its migration ${foreign.name} is not known here. ` +
      'Restore it with the version that made it.')
  }
  return made.length
}

async function fill(client: pg.Client, sections: Sections): Promise<Map<string, number>> {
  await client.query(plainSession)
  await client.query('begin')
  const { rows: [{ taken }] } = await client.query('select exists (select from avow.organizations) as taken')
  if (taken) {
    throw new BackupProblem('The database is not empty. A restore never mixes with what is there: give it a new AVOW_DATA or an empty database.')
  }
  const tables = await listTables(client)
  const bind = await unbind(client, tables)
  const counts = new Map<string, number>()
  for (;;) {
    const next = await sections.line<Next>()
    if ('table' in next) counts.set(next.table, await fillTable(client, next, tables, sections))
    else if ('jobs' in next) await writeJobs(client, next.jobs)
    else { demandCounts(counts, next.rows); break }
  }
  await bind()
  await client.query('commit')
  await client.query('analyze')
  return counts
}

interface Contained { readonly table: string; readonly columns: string[] }

async function fillTable(client: pg.Client, { table, columns }: Contained, tables: readonly Table[], sections: Sections): Promise<number> {
  const there = tables.find(({ name }) => name === table)
  if (!there || columns.some((column) => !there.columns.includes(column))) {
    throw new BackupProblem(`The backup has a table “${table}” that its own schema does not have.`)
  }
  const into = client.query(copyFrom(`copy ${target({ name: table, columns })} from stdin`))
  await pipeline(Readable.from(sections.rows()), into)
  return into.rowCount
}

function demandCounts(read: Map<string, number>, written: Record<string, number>): void {
  const wrong = Object.entries(written).filter(([table, rows]) => read.get(table) !== rows).map(([table]) => table)
  if (wrong.length > 0) throw new BackupProblem(`Rows are missing in ${wrong.join(', ')}.`)
}

/** Takes foreign keys and triggers away, so that the order of the tables does not matter, and answers how to bring them back, checked. */
async function unbind(client: pg.Client, tables: readonly Table[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ on: string; name: string; definition: string }>(`
    select conrelid::regclass::text as on, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'avow'::regnamespace`)
  for (const { on, name } of keys) await client.query(`alter table ${on} drop constraint ${pg.escapeIdentifier(name)}`)
  const triggers = async (how: 'disable' | 'enable') => {
    for (const { name } of tables) await client.query(`alter table avow.${pg.escapeIdentifier(name)} ${how} trigger user`)
  }
  await triggers('disable')
  return async () => {
    await triggers('enable')
    for (const { on, name, definition } of keys) await client.query(`alter table ${on} add constraint ${pg.escapeIdentifier(name)} ${definition}`)
    await advanceSequences(client)
  }
}

/** Identity columns go on after the highest number that was restored. */
async function advanceSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ on: string; column: string; sequence: string }>(`
    select c.oid::regclass::text as on, a.attname as column, pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'avow'::regnamespace and c.relkind = 'r' and pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null`)
  for (const { on, column, sequence } of rows) {
    await client.query(`select setval($1, (select coalesce(max(${pg.escapeIdentifier(column)}), 0) + 1 from ${on}), false)`, [sequence])
  }
}
