import { createWriteStream } from 'node:fs'
import { open as openFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { withClient } from '../../db/setup.ts'
import { readJobs } from './jobs.ts'
import { seal } from './sealed-file.ts'
import { listTables, plainSession, target } from './tables.ts'

export interface BackupReport { readonly tables: number; readonly rows: number; readonly bytes: number }

/**
 * Everything in the database at one moment, sealed under the passphrase. `ownerUrl` is of the role that owns the tables: no row
 * security binds it. The keyring is not part of it. The file appears under its name only when it is complete and on disk.
 */
export async function writeBackup(ownerUrl: string, file: string, passphrase: string): Promise<BackupReport> {
  const partial = `${file}.partial`
  const counts = new Map<string, number>()
  try {
    await withClient(ownerUrl, async (client) => {
      await client.query(plainSession)
      await client.query('begin isolation level repeatable read read only')
      const plain = Readable.from(contents(client, counts)).compose(createZstdCompress())
      const sealed = seal(passphrase, Temporal.Now.instant(), plain as AsyncIterable<Buffer>)
      await pipeline(Readable.from(sealed), createWriteStream(partial, { mode: 0o600, flags: 'w' }))
    })
    const bytes = await settle(partial, file)
    return { tables: counts.size, rows: counts.values().reduce((sum, rows) => sum + rows, 0), bytes }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function* contents(client: pg.Client, counts: Map<string, number>): AsyncGenerator<Buffer> {
  const { rows: migrations } = await client.query('select number, name, sha256 from avow.migrations order by number')
  const { rows: [{ version }] } = await client.query('select version()')
  yield line({ migrations, database: version })
  for (const table of await listTables(client)) {
    yield line({ table: table.name, columns: table.columns })
    const rows = client.query(copyTo(`copy ${target(table)} to stdout`))
    yield* rows as AsyncIterable<Buffer>
    yield Buffer.from('\\.\n')
    counts.set(table.name, rows.rowCount)
  }
  yield line({ jobs: await readJobs(client) })
  yield line({ end: true, rows: Object.fromEntries(counts) })
}

const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`)

async function settle(partial: string, file: string): Promise<number> {
  const written = await openFile(partial, 'r')
  const { size } = await written.stat()
  await written.sync()
  await written.close()
  await rename(partial, file)
  const folder = await openFile(dirname(file), 'r')
  await folder.sync()
  await folder.close()
  return size
}
