// The desk over thousands of reports of every length, language, encoding and oddity, all taken in by the ways that reports come: its lists, its search,
// and what machines find about a report that is new: npm run bench:facts -- [reports] [rounds] [new reports]
import { Readable } from 'node:stream'
import { createApp } from '../../src/app.ts'
import { readSettings } from '../../src/config/index.ts'
import { withClient } from '../../src/db/setup.ts'
import { factJobs } from '../../src/domain/facts/index.ts'
import { takeMessage } from '../../src/domain/intake/take-message.ts'
import { addAsset } from '../../src/domain/reports/manage-assets.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { connectAvow } from '../../src/domain/systems/index.ts'
import { createLog } from '../../src/lib/log.ts'
import { stageAttachment } from '../../src/seal/attachments.ts'
import { runVerb } from '../../src/verbs/run.ts'
import type { Actor } from '../../src/access/actor.ts'
import { newId } from '../../src/lib/ids.ts'
import { member } from '../support/visitors.ts'
import { installation } from './installation.ts'
import { madeReports, type Made } from './made/reports.ts'
import { between, prose } from './prose.ts'
import { taken } from './taken.ts'

const [count = 5000, rounds = 200, fresh = 100] = process.argv.slice(2).map(Number)
/** A server that has just begun compiles what it runs: what is asked for is how fast it is once it has. */
const WARM = 200

const place = await installation(8)
const { database, organization, server } = place
try {
  await connectAvow(database, organization, [])
  await ownAssets()
  const made = madeReports(count + fresh)
  const begun = performance.now()
  const ids = await fill(made, count)
  console.log(`${count} reports taken in and looked at in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  await withClient(server.url('postgres', 'avow'), (client) => client.query('vacuum analyze'))
  await place.settled()
  console.log(`each ${rounds} times, one after the other, after ${WARM} to warm up; processor time is ours and PostgreSQL's together`)
  await measure(ids, made)
} finally {
  await place.stop()
}
process.exit(0)

async function ownAssets(): Promise<void> {
  const admin: Actor = { kind: 'member', accountId: newId(), personName: 'Ada', roles: ['admin'], confirmed: true }
  const assets = { Shop: 'https://shop.example https://*.shop.example', Files: 'files.example.net', Parser: 'https://git.example/parser' }
  for (const [name, locator] of Object.entries(assets)) {
    await runVerb({ database }, addAsset, admin, organization, { name, locator })
  }
}

/** By the ways that reports come, eight at a time, and each is looked at before the next. */
async function fill(made: Iterator<Made>, many: number): Promise<string[]> {
  const ids: string[] = []
  let left = many
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (left-- > 0) {
      const id = await takeIn(made.next().value as Made)
      if (!id) continue
      await look(id)
      if (ids.push(id) % 1000 === 0) console.log(`${ids.length} are in`)
    }
  }))
  if (ids.length !== many) throw new Error(`${many - ids.length} of ${many} reports were not taken in`)
  return ids
}

async function takeIn({ mail, fields, files }: Made): Promise<string | null> {
  if (mail) {
    const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
    const recipients = ['security@example.org']
    return (await takeMessage({ database, resolver, onError: console.error }, organization, Readable.from([mail]), { recipients })).report
  }
  const attachments: string[] = []
  for (const { content, ...said } of files) attachments.push((await stageAttachment(database, organization, said, Readable.from([content]))).id)
  return (await runVerb({ database }, submitReport, { kind: 'nobody' }, organization, { ...fields, attachments })).report
}

/** As the worker does it, but for its queue. */
async function look(report: string): Promise<void> {
  const [job] = factJobs({ dataFolder: '/nonexistent', privateNetwork: false, replay: { seconds: 1 } })
  await (job as { run(work: object, payload: object): Promise<void> }).run(
    { database, organizationId: organization, actor: { kind: 'system', job: 'report.check' }, signal: AbortSignal.timeout(600_000) }, { report })
}

async function measure(ids: readonly string[], made: Iterator<Made>): Promise<void> {
  const app = createApp({ database, settings: readSettings({ AVOW_URL: 'http://avow.test' }), log: createLog('silent') })
  const desk = await member(
    { app: { request: (url: string, init?: RequestInit) => app(new Request(url, init)) }, database, slug: 'bench' } as Parameters<typeof member>[0],
    organization, ['admin'])
  const open = async (path: string) => {
    const answer = await desk.get(path)
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`)
    await answer.text()
  }
  const searched = (words: () => string) => () => open(`/desk/reports?search=${encodeURIComponent(words())}`)
  await told('an address where nothing is', async () => { await (await desk.get('/about-nothing')).text() })
  await told('inbox: open reports', () => open('/desk/reports'))
  await told('inbox: a page in the middle', () => open(`/desk/reports?state=all&before=${ids[between(0, ids.length - 1)]!}`))
  await told('inbox: one class', () => open('/desk/reports?queue=unproven'))
  await told('search: a word of all', searched(() => ['parameter', 'version', 'server'][between(0, 2)]!))
  await told('search: a word of few', searched(() => prose(1)))
  await told('search: two words', searched(() => `${prose(1)} ${['session', 'token', 'buffer', 'account'][between(0, 3)]!}`))
  await told('search: a phrase', searched(() => ['"written into the page"', '"without any encoding"', '"stack trace"'][between(0, 2)]!))
  await told('search: in other scripts', searched(() => ['параметр', 'パラメータ', '漏洞', 'المعامل', 'הפרמטר', '취약점', '👩‍💻'][between(0, 6)]!))
  await told('a case: its whole page', () => open(`/desk/reports/${ids[between(0, ids.length - 1)]!}`))
  const latest: string[] = []
  for (let left = fresh; left > 0; left--) latest.push((await takeIn(made.next().value as Made))!)
  await told('facts of a new report: found', (n) => look(latest[n]!), { rounds: latest.length, warm: 0 })
  await told('facts of a new report: its page', (n) => open(`/desk/reports/${latest[n]!}`), { rounds: latest.length, warm: 0 })
}

async function told(name: string, act: (n: number) => Promise<void>, { rounds: many, warm } = { rounds, warm: WARM }): Promise<void> {
  for (let n = 0; n < warm; n++) await act(n)
  const ms: number[] = []
  const { ownMs, postgresMs } = await taken(server.pid, async () => {
    for (let n = 0; n < many; n++) {
      const start = performance.now()
      await act(n)
      ms.push(performance.now() - start)
    }
    return many
  })
  ms.sort((a, b) => a - b)
  const at = (share: number) => `${ms[Math.min(many - 1, Math.floor(many * share))]!.toFixed(1)} ms`
  const processor = [ownMs, postgresMs].map((all) => (all / many).toFixed(1)).join(' + ')
  console.log(`${name.padEnd(32)} p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}; processor ${processor} ms`)
}
