// Reports taken in per second, sealed, indexed, in the ledger and on disk, beside raw inserts of the very same rows into the same
// tables and indexes on the same server in the same run: node bin/bootstrap.mjs test/bench/submit.ts [seconds] [clients]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase, type Database } from '../../src/db/database.ts'
import { startServer } from '../../src/db/embedded/server.ts'
import { migrateJobs } from '../../src/db/migrate-jobs.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations.ts'
import { setupDatabase } from '../../src/db/setup.ts'
import { foundOrganization } from '../../src/domain/organizations/index.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { sequenceAll, startSequencer } from '../../src/ledger/index.ts'
import { recordKeyring } from '../../src/seal/admit-keyring.ts'
import { testKeyring } from '../../src/seal/keyring.ts'
import { runVerb } from '../../src/verbs/run.ts'

const seconds = Number(process.argv[2] ?? 10)
const clients = Number(process.argv[3] ?? 16)

/** Submissions before the watch starts: code is compiled and statements are prepared by then, as in a server that has run for a minute. */
const WARM_UP = 1000

const words = Array.from({ length: 3000 }, (_, i) => `word${(i * 7919) % 3000}`)
const prose = (n: number, length: number) => Array.from({ length }, (_, i) => words[(n * 31 + i * i) % words.length]).join(' ')
const report = (n: number) => ({ title: prose(n, 7), description: prose(n + 1, 150), steps: prose(n + 2, 60), impact: prose(n + 3, 20), good_faith: true })

/** Tables that a submission writes, and which of their columns leads to its report. */
const written = {
  data_keys: 'subject_id = $1', cases: 'subject_id = $1::text', entries: 'id = $2', leaves: 'entry_id = $2', reports: 'id = $1',
  search_index: 'subject_id = $1',
}

const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'))
chmodSync(folder, 0o711)
const server = await startServer(folder)
try {
  await setupDatabase((database) => server.url('postgres', database), 'avow')
  await migrate(server.url('avow_owner', 'avow'), migrations)
  await migrateJobs(server.url('avow_owner', 'avow'))
  const keyring = testKeyring()
  const database = await openDatabase({ url: server.url('avow_app', 'avow'), keyring, poolSize: clients + 4 })
  await recordKeyring(database.global, keyring)
  const ours = await measureOurs(database)
  await database.close()
  const raw = await measureRaw()
  console.log(`submissions  ${ours.toFixed(0)}/s, sealed, indexed, in signed checkpoints, durable (${clients} clients, ${seconds} s)`)
  console.log(`raw inserts  ${raw.toFixed(0)}/s of the same rows, one transaction for each report`)
  console.log(`ratio        ${((100 * ours) / raw).toFixed(0)} %`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}

/** Until every report that was taken in has its place in a signed checkpoint. */
async function measureOurs(database: Database): Promise<number> {
  const { id } = await foundOrganization(database, { slug: 'bench', name: 'Bench', logOrigin: 'bench.example/log' })
  const sequencer = startSequencer(database, { onError: console.error })
  const submit = (n: number) => runVerb({ database }, submitReport, { kind: 'nobody' }, id, report(n))
  await forSeconds((n) => submit(n), WARM_UP)
  const begun = performance.now()
  const done = await forSeconds((n) => submit(n))
  await sequencer.stop()
  await sequenceAll(database, id)
  return done / ((performance.now() - begun) / 1000)
}

async function measureRaw(): Promise<number> {
  const owner = new pg.Client({ connectionString: server.url('postgres', 'avow') })
  owner.on('error', () => {})
  await owner.connect()
  await owner.query('create schema raw')
  for (const table of Object.keys(written)) await owner.query(`create table raw.${table} (like avow.${table} including all)`)
  const { rows: reports } = await owner.query<{ id: string; entry: string }>(
    'select id, received_entry_id as entry from avow.reports order by received_at limit 20000')
  const columns = new Map<string, string[]>()
  for (const table of Object.keys(written)) columns.set(table, (await owner.query(`select * from avow.${table} limit 0`)).fields.map(({ name }) => name))
  const sets: [table: string, row: Row][][] = []
  for (const { id, entry } of reports) sets.push(await rowsOf(owner, id, entry))
  await owner.end()
  const pool = await Promise.all(Array.from({ length: clients }, async () => {
    const client = new pg.Client({ connectionString: server.url('postgres', 'avow') })
    await client.connect()
    return client
  }))
  const begun = performance.now()
  const done = await forSeconds((n, client) => insertRaw(pool[client]!, columns, sets[n]!), sets.length)
  const rate = done / ((performance.now() - begun) / 1000)
  for (const client of pool) await client.end()
  return rate
}

type Row = Record<string, unknown>

async function rowsOf(owner: pg.Client, report: string, entry: string): Promise<[table: string, row: Row][]> {
  const found: [string, Row][] = []
  for (const [table, condition] of Object.entries(written)) {
    const given = condition.includes('$2') ? { text: condition.replace('$2', '$1'), values: [entry] } : { text: condition, values: [report] }
    for (const row of (await owner.query<Row>(`select * from avow.${table} where ${given.text}`, given.values)).rows) found.push([table, row])
  }
  return found
}

async function insertRaw(client: pg.Client, columns: Map<string, string[]>, rows: [table: string, row: Row][]): Promise<void> {
  await client.query('begin')
  for (const [table, row] of rows) {
    const names = columns.get(table)!
    const text = `insert into raw.${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`
    await client.query({ name: table, text, values: names.map((name) => row[name]) })
  }
  await client.query('commit')
}

/** Lets each client act one after the other for the time given, and at most so often; answers how often in all. */
async function forSeconds(act: (n: number, client: number) => Promise<unknown>, most = Infinity): Promise<number> {
  const end = performance.now() + seconds * 1000
  let n = 0
  await Promise.all(Array.from({ length: clients }, async (_, client) => { while (performance.now() < end && n < most) await act(n++, client) }))
  return n
}
