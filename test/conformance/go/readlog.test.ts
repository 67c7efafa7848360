import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import * as log from 'avow-verify'
import { SampleLog } from '../../../packages/verify/test/sample-log.ts'
import { signer } from '../../../packages/verify/test/signers.ts'

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

  for (const path of ['checkpoint', 'tile/entries/000.p/3', 'tile/0/000.p/3']) {
    it(`refuses a changed ${path}, so that the test can fail`, async () => {
      const { home, vkey } = await writeLog(join(folder, `changed ${path.replaceAll('/', '-')}`), 3)
      const bytes = readFileSync(join(home, path))
      writeFileSync(join(home, path), bytes.with(40, bytes[40]! ^ 1))
      assert.throws(() => readLog(home, vkey), /status|failed|readlog/i)
    })
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
