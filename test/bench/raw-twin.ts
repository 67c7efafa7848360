import pg from 'pg'
import { withClient } from '../../src/db/setup.ts'
import type { EmbeddedServer } from '../../src/db/embedded/server.ts'

/** One transaction's rows: table, and its columns with their values. */
type Rows = { readonly table: string; readonly row: Record<string, unknown> }[]

export interface RawTwin {
  /** The rows that were written since it was asked last, those of one transaction together. */
  rowsSince(): Promise<Rows[]>
  /** Inserts them as a plain client does with prepared statements, one durable transaction after the other on each connection. */
  insert(all: readonly Rows[]): Promise<number>
  stop(): Promise<void>
}

/**
 * The same tables with the same columns, checks, defaults and indexes, and nothing else: no row security, no triggers, no foreign keys.
 * `tables` names each with the condition that leads from it to the row of `first` (r) that begins a transaction.
 */
export async function rawTwin(server: EmbeddedServer, clients: number, first: string, tables: Record<string, string>): Promise<RawTwin> {
  const url = server.url('postgres', 'avow')
  await withClient(url, async (owner) => {
    await owner.query('create schema raw')
    for (const table of Object.keys(tables)) await owner.query(`create table raw.${table} (like avow.${table} including all)`)
  })
  const pool = await Promise.all(Array.from({ length: clients }, async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client
  }))
  let last = '00000000-0000-0000-0000-000000000000'
  return {
    async rowsSince() {
      const sets = new Map<string, Rows>()
      for (const [table, condition] of Object.entries(tables)) {
        const { rows } = await pool[0]!.query<{ first: string; row: Record<string, unknown> }>(
          `select r.id as "first", t.* from avow.${first} r join avow.${table} t on ${condition} where r.id > $1`, [last])
        for (const { first: id, ...row } of rows) sets.set(id, [...sets.get(id) ?? [], { table, row }])
      }
      last = [...sets.keys()].sort().at(-1) ?? last
      return [...sets.values()]
    },
    async insert(all) {
      let next = 0
      await Promise.all(pool.map(async (client) => { for (let n = next++; n < all.length; n = next++) await insertRows(client, all[n]!) }))
      return all.length
    },
    async stop() { for (const client of pool) await client.end() },
  }
}

async function insertRows(client: pg.Client, rows: Rows): Promise<void> {
  await client.query('begin')
  for (const { table, row } of rows) {
    const names = Object.keys(row)
    const text = `insert into raw.${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`
    await client.query({ name: table, text, values: Object.values(row) })
  }
  await client.query('commit')
}
