// The desk's list of reports among very many, asked as a browser asks, session and all, until the last byte of the page is there:
// node bin/bootstrap.mjs test/bench/inbox.ts [reports] [rounds] [one of how many is open]
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { createApp } from '../../src/app.ts'
import { queues } from '../../src/domain/gates/index.ts'
import { readSettings } from '../../src/config/index.ts'
import { titleContext } from '../../src/domain/reports/receive-report.ts'
import { newId } from '../../src/lib/ids.ts'
import { createLog } from '../../src/lib/log.ts'
import { sealBox } from '../../src/seal/box.ts'
import { boxBinding, keyBinding } from '../../src/seal/envelope.ts'
import { member } from '../support/visitors.ts'
import { world } from '../support/world.ts'

const count = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 300)
const openOneOf = Number(process.argv[4] ?? 20)
const BATCH = 2000

const w = await world()
const ids: string[] = []
await fill()
const app = createApp({ database: w.database, settings: readSettings({ AVOW_URL: 'http://avow.test' }), log: createLog('silent') })
const place = { app: { request: (url: string, init?: RequestInit) => app(new Request(url, init)) }, database: w.database, slug: w.organization.slug }
const desk = await member(place as Parameters<typeof member>[0], w.organization.id, ['admin'])
const pages = {
  'a page that reads nothing': '/about-nothing',
  'open reports': '/desk/reports',
  'one class': '/desk/reports?queue=suspect',
  'late': '/desk/reports?overdue=yes',
  'all reports': '/desk/reports?state=all',
  'all, from the middle on': `/desk/reports?state=all&before=${ids[count >> 1]}`,
}
console.log(`${count} reports; ${rounds} rounds; each page until its last byte, one request after the other`)
for (const [name, path] of Object.entries(pages)) {
  const took: number[] = []
  const begun = process.threadCpuUsage()
  let bytes = 0
  for (let i = -50; i < rounds; i++) {
    const start = performance.now()
    bytes = (await (await desk.get(path)).text()).length
    if (i >= 0) took.push(performance.now() - start)
  }
  const { user, system } = process.threadCpuUsage(begun)
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(rounds * share)]!.toFixed(1)
  const processor = ((user + system) / 1000 / (rounds + 50)).toFixed(1)
  console.log(`${name.padEnd(26)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, of which ${processor} ms of our processor's time; ${Math.round(bytes / 1024)} KiB`)
}
await w.close({ check: false })
process.exit(0)

/** Rows as a submission writes them, each with a data key of its own, and of the open ones every other with a deadline. */
async function fill(): Promise<void> {
  const client = new pg.Client({ connectionString: w.url('postgres') })
  client.on('error', () => {})
  await client.connect()
  await client.query(`select set_config('avow.organization_id', $1, false)`, [w.organization.id])
  for (let done = 0; done < count; done += BATCH) {
    const rows = await Promise.all(Array.from({ length: Math.min(BATCH, count - done) }, (_, i) => report(done + i)))
    ids.push(...rows.map(({ id }) => id))
    const columns = (...names: (keyof (typeof rows)[number])[]) => [w.organization.id, ...names.map((name) => rows.map((row) => row[name]))]
    await client.query(`insert into avow.data_keys (organization_id, id, purpose, subject_id, epoch, wrapped, created_at)
      select $1, key, 'report', id, epoch, wrapped, at
      from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bytea[], $6::timestamptz[]) as r (key, id, epoch, wrapped, at)`,
    columns('key', 'id', 'epoch', 'wrapped', 'at'))
    await client.query(`insert into avow.reports (organization_id, id, reference, submission_id, phrase_hash, content_key_id, title, channel, state,
        received_entry_id, received_at, happened_at, due_at, due_kinds, queue)
      select $1, id, reference, gen_random_uuid(), sha256(id::text::bytea), key, title, 'web', state, gen_random_uuid(), at, at, due,
        case when isfinite(due) then array['report.verified', 'report.closed'] else '{}' end, queue
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[])
        as r (id, key, reference, title, state, at, due, queue)`,
    columns('id', 'key', 'reference', 'title', 'state', 'at', 'due', 'queue'))
  }
  await client.query('vacuum analyze')
  await client.end()
}

async function report(n: number) {
  const [id, key, dataKey] = [newId(), newId(), randomBytes(32)]
  const { epoch, wrapped } = await w.keyring.wrap(dataKey, keyBinding(w.organization.id, key, 'report', id))
  const title = sealBox(dataKey, boxBinding(w.organization.id, key, titleContext(id)), Buffer.from(`Report ${n}: a weakness in the sign-in of the shop`))
  return {
    id, key, epoch, wrapped, title, reference: `R-${n}`, state: n % openOneOf === 0 ? 'received' : 'resolved', at: new Date(1.7e12 + n * 60_000),
    due: n % (2 * openOneOf) === 0 ? new Date(1.7e12 + (n * 7919 % count) * 60_000) : 'infinity', queue: queues[n % queues.length]!,
  }
}
