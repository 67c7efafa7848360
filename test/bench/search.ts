// Search over sealed reports beside the same search over plain words, in the same run: node bin/bootstrap.mjs test/bench/search.ts [reports] [queries]
// Both are asked by the running role under row-level security, through the same function; only the lexemes differ. What counts is the processor time
// of the server process that answers, which does it alone; filling the tables and asking from here are outside of it.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startServer } from '../../src/db/embedded/server.ts'
import { migrateJobs } from '../../src/db/migrate-jobs.ts'
import { migrate, readMigrations } from '../../src/db/migrate.ts'
import { setupDatabase } from '../../src/db/setup.ts'
import { newId } from '../../src/lib/ids.ts'
import { blindWith } from '../../src/seal/search.ts'
import { between, VOCABULARY, zipf } from './prose.ts'

const reports = Number(process.argv[2] ?? 1_000_000)
const queriesPerForm = Number(process.argv[3] ?? 60)

const blind = blindWith(Buffer.alloc(32, 3), 'report')
const hashes = Array.from({ length: VOCABULARY + 1 }, (_, rank) => blind(`w${rank}`))
const twins = { blind: (rank: number) => hashes[rank]!, plain: (rank: number) => `w${rank}` }
type Twin = keyof typeof twins
const table = { blind: 'search_index', plain: 'search_plain' }
const ask = { blind: 'search', plain: 'search_as_plain' }

const organization = newId()
const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'))
chmodSync(folder, 0o711)
const settings = { shared_buffers: '2GB', work_mem: '64MB', maintenance_work_mem: '1GB', max_wal_size: '8GB', max_parallel_workers_per_gather: '0' }
const server = await startServer(folder, { durable: false, settings })
try {
  const owner = await prepare()
  await fill(owner)
  await owner.end()
  await measure()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}

async function prepare(): Promise<pg.Client> {
  await setupDatabase((database) => server.url('postgres', database), 'avow')
  await migrate(server.url('avow_owner', 'avow'), readMigrations('migrations'))
  await migrateJobs(server.url('avow_owner', 'avow'))
  const owner = await connect('avow_owner')
  await owner.query(`insert into avow.organizations (id, slug, name, log_origin) values ($1, 'bench', 'Bench', 'bench.example/log')`, [organization])
  const { rows: [row] } = await owner.query<{ definition: string }>(`select pg_get_functiondef('avow.search'::regproc) as definition`)
  await owner.query(`
    create table avow.search_plain (like avow.search_index including all);
    select avow.isolate('avow.search_plain');
    ${row!.definition.replace('avow.search(', 'avow.search_as_plain(').replaceAll('avow.search_index', 'avow.search_plain')};
    grant execute on function avow.search_as_plain to avow_app;`)
  return owner
}

async function connect(role: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.url(role, 'avow'), options: '-c search_path=avow' })
  await client.connect()
  return client
}

/** Indexes are built after the rows are in, which takes a fraction of the time and gives the same index. */
async function fill(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
     where indrelid in ('search_index'::regclass, 'search_plain'::regclass) and amname = 'gin'`)
  for (const { name } of rows) await owner.query(`drop index ${name}`)
  for (let done = 0; done < reports; done += 2000) await insertReports(owner, done, Math.min(2000, reports - done))
  for (const { definition } of rows) await owner.query(definition)
  await owner.query('vacuum analyze search_index, search_plain')
  for (const name of Object.values(table)) {
    const { rows: [size] } = await owner.query<{ size: string }>(`select pg_size_pretty(pg_total_relation_size($1)) as size`, [name])
    console.log(`${name}: ${reports} reports, ${size!.size}`)
  }
}

async function insertReports(owner: pg.Client, first: number, count: number): Promise<void> {
  const batch = Array.from({ length: count }, (_, i) =>
    ({ id: newId(), at: new Date(1.7e12 + (first + i) * 1000), words: Array.from({ length: between(80, 159) }, zipf) }))
  for (const twin of ['blind', 'plain'] as const) {
    await owner.query(`insert into ${table[twin]} select $1, 'report', * from unnest($2::uuid[], $3::timestamptz[], $4::tsvector[])`,
      [organization, batch.map(({ id }) => id), batch.map(({ at }) => at), batch.map(({ words }) => lexemes(words, twins[twin]))])
  }
}

function lexemes(words: number[], name: (rank: number) => string): string {
  const places = new Map<number, string[]>()
  for (const [i, rank] of words.entries()) places.set(rank, [...places.get(rank) ?? [], `${i + 1}${i < 8 ? 'A' : 'B'}`])
  return Array.from(places, ([rank, at]) => `'${name(rank)}':${at.join(',')}`).join(' ')
}

async function measure(): Promise<void> {
  const [common, medium, rare] = [() => between(3, 40), () => between(100, 2000), () => between(5000, 50_000)]
  const forms: Record<string, () => (name: (rank: number) => string) => string> = {
    '1 common': all(' & ', common), '1 medium': all(' & ', medium), '1 rare': all(' & ', rare), '2 common': all(' & ', common, common),
    'common, medium': all(' & ', common, medium), '3 common': all(' & ', common, common, common), 'common or medium': all(' | ', common, medium),
    '"common medium"': all(' <-> ', common, medium), '"medium medium"': all(' <-> ', medium, medium),
  }
  const client = await connect('avow_app')
  await client.query('begin read only')
  await client.query(`select set_config('avow.organization_id', $1, true)`, [organization])
  console.log('processor ms p50/p95'.padEnd(22),
    ...['blind by date', 'plain by date', 'ratio', 'blind ranked', 'plain ranked', 'ratio'].map((title) => title.padEnd(14)))
  const total: Record<string, number[]> = {}
  for (const [form, make] of Object.entries(forms)) {
    const times: Record<string, number[]> = {}
    for (let i = -3; i < queriesPerForm; i++) {
      const query = make()
      for (const ranked of [false, true]) for (const twin of i % 2 ? ['blind', 'plain'] as const : ['plain', 'blind'] as const) {
        const took = await timed(client, twin, query(twins[twin]), ranked)
        if (i >= 0) (times[`${twin} ${ranked}`] ??= []).push(took)
      }
    }
    for (const [key, values] of Object.entries(times)) (total[key] ??= []).push(...values)
    report(form, times)
  }
  report('all together', total)
  await client.end()
}

function all(operator: string, ...ranks: (() => number)[]) {
  return () => {
    const words = ranks.map((rank) => rank())
    return (name: (rank: number) => string) => words.map((rank) => `'${name(rank)}'`).join(operator)
  }
}

/** Linux counts it in nanoseconds for each process. */
function processorMs(client: pg.Client): number {
  const { processID } = client as unknown as { processID: number }
  return Number(readFileSync(`/proc/${processID}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}

async function timed(client: pg.Client, twin: Twin, query: string, ranked: boolean): Promise<number> {
  const start = processorMs(client)
  await client.query(`select id from ${ask[twin]}('report', $1::tsquery, $2, 50) as id`, [query, ranked])
  return processorMs(client) - start
}

function report(form: string, times: Record<string, number[]>): void {
  const at = (key: string, share: number) => times[key]!.toSorted((a, b) => a - b)[Math.floor(times[key]!.length * share)]!
  const columns = [false, true].flatMap((ranked) => [
    ...(['blind', 'plain'] as const).map((twin) => `${at(`${twin} ${ranked}`, 0.5).toFixed(1)}/${at(`${twin} ${ranked}`, 0.95).toFixed(1)}`),
    (at(`blind ${ranked}`, 0.95) / at(`plain ${ranked}`, 0.95)).toFixed(2),
  ])
  console.log(form.padEnd(22), ...columns.map((column) => column.padEnd(14)))
}
