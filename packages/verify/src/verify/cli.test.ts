import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { SampleLog } from '../../test/sample-log.ts'
import { sampleOrganization, serveStandings, witness } from '../../test/sample-organization.ts'
import { formatOpenings } from '../ledger/openings.ts'
import { formatContent } from '../ledger/receipt.ts'
import { printVkey } from '../ledger/vkey.ts'
import { runVerify } from './cli.ts'

describe('avow verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'avow-verify-'))
  const file = (name: string, content?: string): string => {
    if (content !== undefined) writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  let log: SampleLog
  let server: Server
  let url: string

  before(async () => {
    log = await sampleOrganization(new Date().toISOString())
    server = createServer((request, response) => {
      const bytes = request.url!.startsWith('/o/acme/') ? log.files.get(request.url!.slice('/o/acme/'.length)) : undefined
      response.writeHead(bytes ? 200 : 404).end(bytes)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/o/acme`
  })

  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  async function run(...args: string[]): Promise<{ code: number; text: string }> {
    const written: string[] = []
    const code = await runVerify(args, { write: (text) => written.push(text) })
    return { code, text: written.join('') }
  }

  it('reads an organisation by its address, and says how every commitment stands', async () => {
    const { code, text } = await run(url, '--key', printVkey(log.signer.key), '--witness', printVkey(witness.key))
    assert.equal(code, 0, text)
    assert.match(text, /^Verified\./)
    assert.match(text, /reports#ack: broken, recomputed and confirmed/)
    assert.match(text, /entries 0 to 5: not after 2026-01-01T10:00:00.000Z \(witness\.example\/w\)/)
  })

  it('prints JSON on request, and takes an auditor’s openings', async () => {
    const { code, text } = await run(url, '--json', '--openings', file('openings.jsonl', formatOpenings(log.openings)))
    assert.equal(code, 0, text)
    assert.deepEqual(JSON.parse(text).standings.commitments.map(({ verdict }: { verdict: string }) => verdict), ['confirmed', 'confirmed', 'confirmed'])
  })

  it('exits 1 when the server says something else than its entries', async () => {
    const honest = log.files.get('standings.json')!
    log.putText('standings.json', Buffer.from(honest).toString().replaceAll('"standing":"', '"standing":"un'))
    const { code, text } = await run(url)
    log.files.set('standings.json', honest)
    assert.equal(code, 1)
    assert.match(text, /^NOT VERIFIED: .*\n.*the server says that reports#\w+ is un/)
  })

  it('remembers the log in a state file, and calls a fork a fork', async () => {
    const state = file('state.json')
    assert.equal((await run(url, '--state', state)).code, 0)
    const { checkpoint } = JSON.parse(readFileSync(state, 'utf8'))[url]
    assert.equal(checkpoint, Buffer.from(log.files.get('log/checkpoint')!).toString())
    const real = log
    log = await sampleOrganization('2026-01-20T12:00:00Z')
    log.add({ at: new Date().toISOString(), stream: 'people', kind: 'a.b' })
    await log.publish(new Date().toISOString())
    serveStandings(log, Date.now())
    assert.equal((await run(url, '--state', state)).code, 0, 'it continues what was seen')
    log = real
    const { code, text } = await run(url, '--state', state)
    assert.equal(code, 1)
    assert.match(text, /an earlier check saw 14 entries of this log, and it now shows 13/)
  })

  it('checks a receipt offline with a key, or with the one that the log serves', async () => {
    const receipt = file('report.tlog-proof', await log.receipt(7))
    const content = file('report.json', formatContent(log.openings[7]!.facts!))
    const pinned = await run(receipt, content, '--key', printVkey(log.signer.key))
    assert.equal(pinned.code, 0, pinned.text)
    assert.match(pinned.text, /report\.received \(stream disclosure\)[^]*exactly what was recorded/)
    const asked = await run(receipt, '--log', url)
    assert.equal(asked.code, 0, asked.text)
    assert.match(asked.text, /key came from the server/)
    assert.equal((await run(receipt)).code, 1)
    assert.equal((await run(receipt, file('other.json', '{}\n'), '--key', printVkey(log.signer.key))).code, 1)
  })

  for (const args of [[], ['--nonsense'], ['no-such-file'], ['http://127.0.0.1:1', '--key', 'nonsense'], ['x.tlog-proof', '--openings']]) {
    it(`exits with a sentence for ${JSON.stringify(args)}`, async () => {
      const { code, text } = await run(...args)
      assert.notEqual(code, 0)
      assert.match(text, /^(avow verify: |NOT VERIFIED)/)
    })
  }

  it('runs as one file without dependencies', async () => {
    const command = fileURLToPath(new URL('../../bin/avow-verify.mjs', import.meta.url))
    const child = spawn(process.execPath, [command, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    const text = (await child.stdout.toArray()).join('')
    assert.match(text, /^Verified\./)
  })
})
