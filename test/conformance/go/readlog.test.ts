import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { promisify } from 'node:util'
import * as log from 'avow-verify'
import { SampleLog } from '../../../packages/verify/test/sample-log.ts'
import { signer } from '../../../packages/verify/test/signers.ts'
import { append, ledger, receiptFor, sequenceAll } from '../../../src/ledger/index.ts'
import { streamConfigured } from '../../../src/ledger/stream-settings.ts'
import { createLog } from '../../../src/lib/log.ts'
import { registry } from '../../../src/verbs/registry.ts'
import { createWeb } from '../../../src/web/server.ts'
import { listening } from '../../support/browser.ts'
import { world } from '../../support/world.ts'

// Debian's golang and golang-golang-x-mod-dev; nothing is downloaded.
const gopath = '/usr/share/gocode'
const hasGo = spawnSync('go', ['version']).status === 0 && existsSync(`${gopath}/src/golang.org/x/mod/sumdb/tlog`)
if (!hasGo) {
  console.error('SKIPPED: Go’s transparency-log packages are not here (apt install golang golang-golang-x-mod-dev); nobody else’s code has read the log')
}

describe('Go’s golang.org/x/mod/sumdb', { skip: !hasGo && 'Go is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-go-'))
  const program = join(folder, 'readlog')
  if (hasGo) {
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOCACHE: join(folder, 'cache'), GOFLAGS: '' }
    execFileSync('go', ['build', '-o', program, './readlog'], { cwd: import.meta.dirname, env })
  }
  after(() => rmSync(folder, { recursive: true }))

  for (const size of [0, 1, 2, 255, 256, 257, 1_000, 66_000]) {
    it(`accepts our log of ${size} entries, its tiles and its proofs`, async () => {
      const { home, proofs, vkey } = await writeLog(join(folder, String(size)), size)
      assert.equal(readLog(home, vkey, ...proofs), `ok: log.example/acme, ${size} entries, ${proofs.length} proof files\n`)
    })
  }

  it('accepts the log that a running Avow serves, and a receipt that it hands out', async () => {
    const w = await world()
    const entry = await w.write((tx) => append(tx, streamConfigured,
      { subjects: { stream: 'people' }, marks: {}, facts: { stream: 'people', opens: 'sealed', delay_days: 0 } }))
    await sequenceAll(w.database, w.organization.id)
    const web = createWeb({ database: w.database, modules: [ledger], operations: registry([ledger], () => true), log: createLog('silent') })
    const site = await listening((request) => web.fetch(request))
    const home = `${site.origin}/o/${w.organization.slug}/log`
    const receipt = join(folder, 'served.tlog-proof')
    writeFileSync(receipt, (await w.read((tx) => receiptFor(tx, entry.entryId)))!)
    const vkey = (await (await fetch(`${home}/key`)).text()).trim()
    const said = await readServedLog(home, vkey, receipt)
    await site.close()
    await w.close()
    assert.equal(said, 'ok: example.invalid/organization-1, 8 entries, 1 proof files\n')
  })

  for (const path of ['checkpoint', 'tile/entries/000.p/3', 'tile/0/000.p/3']) {
    it(`refuses a changed ${path}, so that the test can fail`, async () => {
      const { home, vkey } = await writeLog(join(folder, `changed ${path.replaceAll('/', '-')}`), 3)
      const bytes = readFileSync(join(home, path))
      writeFileSync(join(home, path), bytes.with(40, bytes[40]! ^ 1))
      assert.throws(() => readLog(home, vkey), /status|failed|readlog/i)
    })
  }

  /** Without blocking, because this process is the server. */
  async function readServedLog(...args: string[]): Promise<string> {
    return (await promisify(execFile)(program, args)).stdout
  }

  function readLog(...args: string[]): string {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }
})

async function writeLog(home: string, size: number): Promise<{ home: string; vkey: string; proofs: string[] }> {
  const sample = new SampleLog()
  for (let i = 0; i < size; i++) sample.add({ at: '2026-01-05T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: `case ${i}` } })
  const checkpoint = await sample.publish('2026-01-05T09:00:01Z', [signer('witness.example/w', 0x04)])
  sample.writeTo(home)
  const proofs = size === 0 ? [] : await writeProofs(home, sample, checkpoint)
  return { home: join(home, 'log'), vkey: log.printVkey(sample.signer.key), proofs }
}

/** What Avow hands out: a receipt, and the request that it sends to a witness. */
async function writeProofs(home: string, sample: SampleLog, checkpoint: string): Promise<string[]> {
  const index = Math.floor(sample.size / 3)
  const oldSize = Math.max(1, sample.size - 3)
  const proof = await log.readProof(log.consistencyNodes(oldSize, sample.size), sample.read)
  const [receipt, request] = [join(home, 'receipt.tlog-proof'), join(home, 'request.add-checkpoint')]
  writeFileSync(receipt, await sample.receipt(index))
  writeFileSync(request, log.formatAddCheckpoint({ oldSize, proof, checkpoint }))
  return [receipt, request]
}
