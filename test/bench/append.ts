/**
 * Entries per second from many clients, one durable transaction each, until every one is in a signed checkpoint; beside raw inserts of the same
 * rows into tables with the same indexes on the same server: node bin/bootstrap.mjs test/bench/append.ts [ENTRIES] [CLIENTS]
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { openDatabase, type Database } from '../../src/db/database.ts'
import { startServer } from '../../src/db/embedded/server.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations.ts'
import { setupDatabase, withClient } from '../../src/db/setup.ts'
import { foundOrganization } from '../../src/domain/organizations/index.ts'
import { append, checkLedger, defineKind, sequenceAll, startSequencer } from '../../src/ledger/index.ts'
import { recordKeyring } from '../../src/seal/admit-keyring.ts'
import { newSubjectKey } from '../../src/seal/envelope.ts'
import { testKeyring } from '../../src/seal/keyring.ts'

const count = Number(process.argv[2] ?? 10_000)
const clients = Number(process.argv[3] ?? 16)
const tables = ['cases', 'entries', 'leaves'] as const

const measured = defineKind({
  kind: 'bench.measured', stream: 'disclosure', subjects: ['report'], marks: z.object({ by: z.enum(['human']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})

const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'))
chmodSync(folder, 0o711)
const server = await startServer(folder)
const url = (role: 'avow_app' | 'avow_owner' | 'postgres') => server.url(role, 'avow')
try {
  await setupDatabase((database) => server.url('postgres', database), 'avow')
  await migrate(url('avow_owner'), migrations)
  const keyring = testKeyring()
  const database = await openDatabase({ url: url('avow_app'), keyring, poolSize: clients + 4 })
  await recordKeyring(database.global, keyring)
  const { id } = await foundOrganization(database, { slug: 'bench', name: 'Bench', logOrigin: 'bench.invalid/log' })
  const ours = await measureAppend(database, id)
  await database.close()
  const raw = await measureRaw(id)
  console.log(`append       ${ours.toFixed(0)} entries/s until in a signed checkpoint (${clients} clients, ${count} entries)`)
  console.log(`raw inserts  ${raw.toFixed(0)} of the same rows/s, one transaction for each entry`)
  console.log(`ratio        ${((100 * ours) / raw).toFixed(0)} %`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}

async function measureAppend(database: Database, organization: string): Promise<number> {
  const keyId = await database.write(organization, (tx) => newSubjectKey(tx, 'report', tx.newId()))
  const sequencer = startSequencer(database)
  const facts = { text: 'x'.repeat(200) }
  const rate = await perSecond(async () => {
    await database.write(organization, (tx) => append(tx, measured, { subjects: { report: tx.newId() }, marks: { by: 'human' }, facts, keyId }))
  }, async () => {
    await sequencer.stop()
    await sequenceAll(database, organization)
  })
  const { problems } = await checkLedger(database, organization)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return rate
}

async function measureRaw(organization: string): Promise<number> {
  const rows = await withClient(url('postgres'), async (client) => {
    const all = []
    for (const table of tables) {
      await client.query(`create table avow.raw_${table} (like avow.${table} including indexes);
        grant insert on avow.raw_${table} to avow_app`)
      const { rows: kept } = await client.query<Record<string, unknown>>(
        `select * from avow.${table} where organization_id = $1 limit $2`, [organization, count],
      )
      all.push({ table, kept })
    }
    return all
  })
  const pool = new pg.Pool({ connectionString: url('avow_app'), max: clients })
  pool.on('error', () => {})
  const rate = await perSecond(async (n) => {
    const client = await pool.connect()
    await client.query('begin')
    for (const { table, kept } of rows) await client.query(insertion(table, kept[n]!))
    await client.query('commit')
    client.release()
  })
  await pool.end()
  return rate
}

function insertion(table: string, row: Record<string, unknown>): pg.QueryConfig {
  const columns = Object.keys(row)
  return {
    name: table,
    text: `insert into avow.raw_${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    values: Object.values(row),
  }
}

async function perSecond(work: (n: number) => Promise<void>, settled = async () => {}): Promise<number> {
  const start = performance.now()
  let next = 0
  await Promise.all(Array.from({ length: clients }, async () => { for (let n = next++; n < count; n = next++) await work(n) }))
  await settled()
  return count / ((performance.now() - start) / 1000)
}
