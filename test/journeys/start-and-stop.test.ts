import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

interface Started { readonly child: ChildProcess; readonly port: number; output(): string }

async function startAvow(data: string, more: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, ['bin/bootstrap.mjs', 'src/main.ts'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, PORT: '0', AVOW_DATA: data, ...more },
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => { output += chunk })
  while (child.exitCode === null && child.signalCode === null) {
    const port = /Avow is at http:\/\/localhost:(\d+)/.exec(output)?.[1]
    if (port) return { child, port: Number(port), output: () => output }
    await pause(20)
  }
  return { child, port: 0, output: () => output }
}

/** A post whose body has not come whole yet. */
async function halfAPost(port: number): Promise<{ socket: Socket; finish(): Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST /report HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 20\r\n\r\ncsrf=')
  let answer = ''
  socket.on('data', (chunk) => { answer += chunk })
  return { socket, async finish() { socket.write('x'.repeat(15)); await once(socket, 'close'); return answer } }
}

describe('Avow, started', { timeout: 300_000 }, () => {
  const data = mkdtempSync(join(tmpdir(), 'avow-start-'))
  before(() => chmodSync(data, 0o711))
  after(() => rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))

  it('says that it is alive and ready', async () => {
    const { child, port } = await startAvow(data)
    const answer = await fetch(`http://localhost:${port}/readyz`)
    assert.deepEqual(await answer.json(), { ready: true, checks: { database: 'ok', migrations: 'ok', ledger: 'ok', disk: 'ok' } })
    assert.equal((await fetch(`http://localhost:${port}/healthz`)).status, 200)
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('starts again after kill -9, and stops in order: no new requests, those in hand, then the queue, the ledger, the database', async () => {
    const { child, port, output } = await startAvow(data)
    const post = await halfAPost(port)
    await pause(50)
    child.kill('SIGTERM')
    child.kill('SIGTERM')
    while (!await refused(port)) await pause(10)
    assert.equal(child.exitCode, null)
    assert.match(await post.finish(), /^HTTP\/1\.1 \d{3} /)
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode]
    assert.equal(code, 0, output())
    const stopped = [...output().matchAll(/"part":"(\w+)","message":"stopped"/g)].map((match) => match[1])
    assert.deepEqual(stopped, ['http', 'intake', 'worker', 'sequencer', 'tail', 'database'])
    assert.doesNotMatch(output(), /127\.0\.0\.1|csrf/)
  })

  it('cuts off what does not end in its time', async () => {
    const { child, port } = await startAvow(data, { AVOW_SHUTDOWN_SECONDS: '1' })
    const { socket } = await halfAPost(port)
    socket.on('error', () => {})
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })

  it('refuses a setting that does not exist, before it touches anything', async () => {
    const { child, output } = await startAvow(join(data, 'never'), { AVOW_PROT: '80' })
    assert.equal(child.exitCode, 2)
    assert.match(output(), /There is no setting called AVOW_PROT/)
  })

  it('refuses another keyring with a full sentence', async () => {
    const { child, output } = await startAvow(data, { AVOW_KEYRING_FILE: join(data, 'another-keyring') })
    assert.equal(child.exitCode, 1)
    assert.match(output(), /There is no keyring at /)
  })
})

async function refused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try { await once(socket, 'connect'); return false } catch { return true } finally { socket.destroy() }
}
