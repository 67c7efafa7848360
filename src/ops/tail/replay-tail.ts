import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { grow } from '../../ledger/log-state.ts'
import { readState } from '../../ledger/storage.ts'
import { eraseKeyAgain } from '../../seal/envelope.ts'
import { eraseSubject } from '../../seal/erase-subject.ts'
import { listDays, readLines, type TailLine } from './tail-file.ts'

export interface Erased { readonly organizationId: string; readonly keyId: string; readonly at: string }

/** What was in the tail beyond the backup. */
export interface Replayed { readonly entries: number; readonly erased: readonly Erased[] }

/** Puts back the rows that the backup lacks, as the owner of the tables. What is there already stays as it is. */
export async function replayRows(client: pg.Client, folder: string): Promise<Replayed> {
  const erased: Erased[] = []
  let entries = 0
  for (const organizationId of await organizationsIn(folder)) {
    const own = join(folder, organizationId)
    for (const day of await listDays(own)) {
      for await (const line of readLines(own, day)) {
        if ('erased' in line) erased.push({ organizationId, keyId: line.erased, at: line.at })
        else if (await insert(client, line) && line.table === 'leaves') entries++
      }
    }
  }
  await client.query(`delete from avow.pending p using avow.leaves l where l.organization_id = p.organization_id and l.entry_id = p.entry_id`)
  return { entries, erased }
}

async function insert(client: pg.Client, { table, row }: Exclude<TailLine, { erased: string }>): Promise<boolean> {
  const name = `avow.${pg.escapeIdentifier(table)}`
  const insertion = `insert into ${name} select * from jsonb_populate_record(null::${name}, $1) on conflict do nothing`
  const { rowCount } = await client.query(insertion, [JSON.stringify(row)])
  return rowCount === 1
}

/** Erases again what the backup brought back to life, with the date of the first time. */
export async function replayErasures(database: Database, erased: readonly Erased[]): Promise<number> {
  let count = 0
  for (const { organizationId, keyId, at } of erased) count += await database.write(organizationId, (tx) => eraseAgain(tx, keyId, at))
  return count
}

async function eraseAgain(tx: Tx, keyId: string, at: string): Promise<number> {
  const key = await tx.db.selectFrom('data_keys').select(['purpose', 'subject_id'])
    .where('id', '=', keyId).where('wrapped', 'is not', null).executeTakeFirst()
  if (!key) return 0
  await eraseSubject(tx, keyId, [{ kind: key.purpose, id: key.subject_id }], eraseKeyAgain)
  await tx.db.updateTable('data_keys').set({ destroyed_at: new Date(at) }).where('id', '=', keyId).execute()
  return 1
}

/** Full tiles are no secret and no opinion: they follow from the leaves, from where the backup's tiles end. */
export async function restoreTiles(database: Database, organizationId: string): Promise<void> {
  await database.write(organizationId, async (tx) => {
    const { rows: [row] } = await sql<{ size: number }>`select coalesce(max(index) + 1, 0) * 256 as size from tiles where level = 0`.execute(tx.db)
    const leaves = await tx.db.selectFrom('leaves').select('hash').where('index', '>=', row!.size).orderBy('index').execute()
    const { tiles } = grow(await readState(tx, row!.size), leaves.map(({ hash }) => new Uint8Array(hash)))
    for (const tile of tiles) {
      await tx.db.insertInto('tiles').values({
        organization_id: tx.organizationId, level: tile.level, index: tile.index, hashes: Buffer.from(tile.hashes), root: Buffer.from(tile.root),
      }).execute()
    }
  })
}

const organizationsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
