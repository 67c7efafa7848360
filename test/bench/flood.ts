// Junk from many addresses over HTTP, with real reports between it that are sent as a browser sends them; then a person closes all that is suspect:
// npm run bench:flood -- [junk] [seconds] [addresses] [real reports]
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { createApp } from '../../src/app.ts'
import { startBackground } from '../../src/background.ts'
import { duties, publicStandings } from '../../src/commitments/index.ts'
import { readSettings } from '../../src/config/index.ts'
import { acknowledgeReport } from '../../src/domain/reports/acknowledge-report.ts'
import { listReportsQuery } from '../../src/domain/reports/list-reports.ts'
import { closeAll } from '../../src/domain/triage/close-spam.ts'
import { createLog } from '../../src/lib/log.ts'
import { serveHttp } from '../../src/ops/http-server.ts'
import { Lifecycle } from '../../src/ops/lifecycle.ts'
import { runQuery, runVerb } from '../../src/verbs/run.ts'
import { publishPromise } from '../crash/publish-promise.ts'
import type { Flood, Flooded } from '../support/flood.ts'
import { installation } from './installation.ts'
import { taken } from './taken.ts'

const [junk = 50_000, seconds = 600, addresses = 1000, real = Math.max(1, Math.round(seconds / 2))] = process.argv.slice(2).map(Number)
const promise = `# Security

A person answers every report within a week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` where by is human or \`report.closed\` where by is human within 7 days.
`

const place = await installation(16, { sequences: false })
const { database, organization } = place
const [log, data] = [createLog('error'), mkdtempSync(join(tmpdir(), 'avow-flood-'))]
const settings = readSettings({ AVOW_DATA: data })
const lifecycle = new Lifecycle(log)
await startBackground(database, settings, log, lifecycle)
await publishPromise(database, organization, { promise, settle: place.settled })
const triager = await triagerOf()
const server = await serveHttp(createApp({ database, settings, log }), { port: 0, host: '127.0.0.1' })

console.log(`${junk} junk submissions in ${seconds} s from ${addresses} addresses, ${real} real reports between; all of Avow in one process`)
const before = await stand()
const memory = [rss()]
const [began, most] = [performance.now(), { rss: 0 }]
const watching = setInterval(() => { most.rss = Math.max(most.rss, rss()) }, 250)
const noting = setInterval(() => {
  memory.push(rss())
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${rss()} MB`)
}, Math.max(2000, seconds * 100))
let flooded!: Flooded
const cost = await taken(place.server.pid, async () => {
  flooded = await sent({ home: `http://127.0.0.1:${server.port}`, junk, seconds, addresses, real, effort: { typeSeconds: 16 } })
  return junk + real
})
clearInterval(noting)
const ms = flooded.realMs.toSorted((a, b) => a - b)
const at = (share: number) => `${Math.round(ms[Math.min(ms.length - 1, Math.floor(ms.length * share))]!)} ms`
console.log(`sent in ${flooded.seconds.toFixed(0)} s: ${flooded.taken} of ${junk} taken in, otherwise ${JSON.stringify(flooded.otherwise)}`)
console.log(`of processors for each: ${(cost.ownMs / cost.acts).toFixed(1)} ms ours, ${(cost.postgresMs / cost.acts).toFixed(1)} ms PostgreSQL’s`)
console.log(`a real report until its page and its receipt were there: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}, over ${ms.length}`)
await place.settled()
console.log(`in ${flooded.taken + real}; out: ${JSON.stringify(await counts())}`)
console.log(`real reports by class: ${JSON.stringify(await realByClass(flooded.realTitles))}`)
console.log(`before the closure: ${await stand()}`)
await closed()
await acknowledged()
await place.settled()
console.log(`before the flood: ${before}\nafter: ${await stand()}`)
clearInterval(watching)
globalThis.gc?.()
console.log(`memory of the process: ${memory[0]} MB before, ${most.rss} MB at most, ${rss()} MB after`)
await server.stop(1000)
await lifecycle.stop()
await place.stop()
rmSync(data, { recursive: true })
process.exit(0)

/** Of this process, MB. */
function rss(): number { return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024) }

/** By a process of its own. */
function sent(of: Flood): Promise<Flooded> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('flood-senders.ts', import.meta.url), { execArgv: process.execArgv })
    child.on('message', ({ flooded, failed }: { flooded?: Flooded; failed?: string }) => { if (flooded) resolve(flooded); else reject(new Error(failed)) })
    child.on('error', reject)
    child.send(of)
  })
}

async function triagerOf(): Promise<Actor> {
  const accountId = await createAccount(database.global, database.keyring, { name: 'Ada', address: 'ada@example.org' }, null)
  await database.write(organization, (tx) => addMember(tx, accountId, ['triager']))
  return { kind: 'member', accountId, personName: 'Ada', roles: ['triager'] }
}

/** All that is suspect, as one click at the desk does it. */
async function closed(): Promise<void> {
  const begun = performance.now()
  const { meant } = await runVerb({ database }, closeAll, triager, organization, { queue: 'suspect', message: 'This is no weakness.', minutes: 5 })
  const isDone = () => database.read(organization, (tx) => tx.db.selectFrom('bulk_closures').select('id').where('ended_at', 'is not', null).executeTakeFirst())
  while (!await isDone()) await pause(200)
  const took = (performance.now() - begun) / 1000
  console.log(`one click closed ${meant} as spam in ${took.toFixed(1)} s, ${Math.round(meant / took)} a second`)
}

async function acknowledged(): Promise<void> {
  for (;;) {
    const { reports } = await runQuery({ database }, listReportsQuery, triager, organization, { state: 'received' }) as { reports: { id: string }[] }
    if (reports.length === 0) return
    for (const { id } of reports) await runVerb({ database }, acknowledgeReport, triager, organization, { report: id, message: 'Read.' })
  }
}

async function stand(): Promise<string> {
  const { standings } = await publicStandings(database, organization)
  const owed = await duties(database, organization)
  return `${standings.map(({ mark, standing }) => `“${mark}” ${standing}`).join(', ')}; ${owed.length} duties open`
}

async function counts() {
  return database.read(organization, async (tx) => (await sql<Record<string, number>>`
    select (select count(*)::int from reports) as reports, (select count(*)::int from entries where kind = 'report.received') as entries,
      (select count(*)::int from pending) as waiting, (select count(*)::int from reports where queue = 'suspect') as suspect,
      (select count(*)::int from mails) as mails`.execute(tx.db)).rows[0]!)
}

/** By search, since titles are sealed: it finds them as somebody at the desk would. */
async function realByClass(titles: readonly string[]): Promise<Record<string, number>> {
  const classes: Record<string, number> = {}
  for (const title of titles) {
    const { reports } = await runQuery({ database }, listReportsQuery, triager, organization,
      { search: `"${title}"` }) as { reports: { title: string; queue: string }[] }
    const found = reports.find((one) => one.title === title)?.queue ?? 'lost'
    classes[found] = (classes[found] ?? 0) + 1
  }
  return classes
}
