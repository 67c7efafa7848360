import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { base64, leafHash, printVkey, utf8 } from 'avow-verify'
import { SampleLog } from '../../packages/verify/test/sample-log.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('npm run conformance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-conformance-'))
  after(() => rmSync(folder, { recursive: true }))

  function run(...args: string[]): { lines: string[]; status: number | null } {
    const { stdout, status } = spawnSync(process.execPath, ['--import', './bin/loader.mjs', 'test/conformance/run.ts', ...args],
      { cwd: root, encoding: 'utf8' })
    return { lines: stdout.trimEnd().split('\n'), status }
  }

  function write(path: string, content: string | Uint8Array): void {
    const file = join(folder, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, content)
  }

  const leaf = base64(leafHash(utf8('one')))
  const proof = { leafIdx: 0, treeSize: 1, root: leaf, leafHash: leaf, proof: null, wantErr: false }

  it('says what it skips, and that nothing failed', () => {
    const { lines, status } = run(folder)
    assert.equal(status, 0)
    assert.match(lines[0]!, /^merkle +SKIPPED: .* does not exist$/)
    assert.equal(lines.at(-1), '0 passed, 0 failed, 0 skipped')
  })

  it('judges every file of the known forms, with the key beside a log or the one that it is given', async () => {
    write('merkle/one.json', JSON.stringify(proof))
    write('merkle/two.json', JSON.stringify({ size1: 0, size2: 1, root1: null, root2: leaf, proof: [], wantErr: true }))
    write('cvss/few', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H - (9.6, 9.6, 9.7)\n')
    write('monitors/few.jsonl', '{"id":0,"pattern":"response","scope":"globally","within":4,"end":9,"trace":[[2,"A"],[6,"B"],[7,"A"]],"violated":false}\n')
    write('mail/plain.eml', 'Subject: hello\n\nworld\n')
    const log = new SampleLog()
    for (let i = 0; i < 3; i++) log.add({ at: '2026-01-05T09:00:00Z', stream: 'disclosure', kind: 'report.received' })
    await log.publish('2026-01-05T09:00:00Z')
    for (const [path, bytes] of log.files) if (/checkpoint|tile/.test(path)) write(`tlog/${path}`, bytes)
    const given = run(folder, '--tlog-key', printVkey(log.signer.key))
    assert.deepEqual([given.status, given.lines.at(-1)], [0, '9 passed, 0 failed, 0 skipped'], given.lines.join('\n'))
    assert.equal(run(folder).status, 1)
    write('tlog/log/key', `${printVkey(log.signer.key)}\n`)
    assert.equal(run(folder).lines.at(-1), '9 passed, 0 failed, 1 skipped')
  })

  it('exits 1 when something fails, and says what', () => {
    write('merkle/wrong.json', JSON.stringify({ ...proof, wantErr: true }))
    const { lines, status } = run(folder)
    assert.equal(status, 1)
    assert.ok(lines.includes('  failed wrong.json: accepted, against the file'))
  })

  it('exits 2 without a folder', () => assert.equal(run().status, 2))
})
