// README's run command on an empty data folder, and one report as a browser without scripts sends it.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const folder = mkdtempSync(join(tmpdir(), 'avow-smoke-'))
chmodSync(folder, 0o711)
const began = Date.now()
const port = await freePort()
const base = `http://localhost:${port}`
const avow = spawn('npm', ['start', '--silent'], {
  cwd: join(import.meta.dirname, '..'), stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PORT: String(port), AVOW_DATA: join(folder, 'data') },
})

try {
  const form = await answering('/report')
  const cookies = cookiesOf(form)
  const fields = hiddenFields(await form.text())
  fields.set('title', 'A page that says too much')
  fields.set('description', 'The error page shows the path of the program.')
  fields.set('steps', 'Open /no-such-page.')
  fields.set('good_faith', 'yes')
  const sent = await fetch(`${base}/report`, { method: 'POST', body: fields, redirect: 'manual', headers: { cookie: cookies, origin: base } })
  assert.equal(sent.status, 303, saidBy(await sent.text()))
  const received = await fetch(new URL(sent.headers.get('location')!, base), { headers: { cookie: `${cookies}; ${cookiesOf(sent)}` } })
  const page = await received.text()
  assert.equal(received.status, 200)
  assert.match(page, /receipt/i)
  console.log(`A report was accepted ${((Date.now() - began) / 1000).toFixed(1)} s after the start command.`)
} finally {
  avow.kill('SIGTERM')
  const [code] = await once(avow, 'exit')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  assert.equal(code, 0, 'Avow did not stop cleanly')
}

async function answering(path: string): Promise<Response> {
  for (const end = Date.now() + 120_000; Date.now() < end && avow.exitCode === null; await pause(100)) {
    const answer = await fetch(`${base}${path}`).catch(() => undefined)
    if (answer?.ok) return answer
  }
  throw new Error(`${path} did not answer within 120 seconds.`)
}

function hiddenFields(page: string): FormData {
  const fields = new FormData()
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) fields.set(name!, value!)
  return fields
}

/** The words of a page's main part. */
function saidBy(page: string): string {
  return page.replace(/^.*<main/s, '<main').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').slice(0, 1000)
}

function cookiesOf(answer: Response): string {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
