/**
 * How fast the outside verifier reads and checks a log that a plain web server gives it, in another thread:
 * node bin/bootstrap.mjs test/bench/verify.ts [ENTRIES]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { printVkey, verifyLog } from 'avow-verify'
import type { SampleLog } from '../../packages/verify/test/sample-log.ts'
import { sampleOrganization, serveStandings } from '../../packages/verify/test/sample-organization.ts'

const count = Number(process.argv[2] ?? 100_000)
const begin = Date.parse('2026-01-20T13:00:00Z')
const now = begin + count * 60_000

if (isMainThread) await main()
else serve(workerData as string)

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'avow-bench-'))
  const log = await longLog()
  log.writeTo(folder)
  const loader = new URL('../../bin/loader.mjs', import.meta.url).href
  const server = new Worker(new URL(import.meta.url), { workerData: folder, execArgv: ['--import', loader] })
  try {
    const url = await new Promise<string>((resolve) => server.once('message', resolve))
    let requests = 0
    const phases = new Map<string, number>()
    const [started, cpu] = [performance.now(), process.threadCpuUsage()]
    const progress = (what: string) => void phases.set(what, performance.now() - started)
    const counted = (address: URL) => { requests++; return fetch(address) }
    const { ok, faults } = await verifyLog({ url, fetch: counted, now, keys: [printVkey(log.signer.key)], progress })
    const ms = performance.now() - started
    if (!ok) throw new Error(JSON.stringify(faults))
    const { user, system } = process.threadCpuUsage(cpu)
    console.log(`${log.size} entries in ${Math.round(ms)} ms: ${Math.round(log.size / ms * 1000)} a second, ${requests} requests`)
    const cpuMs = Math.round((user + system) / 1000)
    console.log(`of this thread's CPU ${cpuMs} ms; done by ms: ${[...phases].map(([what, at]) => `${what} ${Math.round(at)}`).join(', ')}`)
  } finally {
    await server.terminate()
    rmSync(folder, { recursive: true })
  }
}

/** A check a minute, and a report that is answered every hour. */
async function longLog(): Promise<SampleLog> {
  const log = await sampleOrganization()
  for (let i = log.size; i < count; i++) {
    const at = new Date(begin + i * 60_000).toISOString()
    const report = { report: `r${Math.floor(i / 60)}` }
    if (i % 60 < 2) log.add({ at, stream: 'disclosure', kind: i % 60 ? 'report.acknowledged' : 'report.received', cases: report, marks: { vouch: 'both' } })
    else log.add({ at, stream: 'systems', kind: 'check.tls', cases: { system: 's1' }, marks: { result: 'passed', system: 'avow', vouch: 'machine' } })
  }
  await log.publish(new Date(now).toISOString())
  serveStandings(log, now)
  return log
}

function serve(folder: string): void {
  const server = createServer((request, response) => {
    try {
      response.end(readFileSync(join(folder, new URL(request.url!, 'http://localhost').pathname)))
    } catch {
      response.writeHead(404).end()
    }
  })
  // oxlint-disable-next-line require-post-message-target-origin -- that is for windows, and this is a thread
  server.listen(0, '127.0.0.1', () => parentPort!.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}
