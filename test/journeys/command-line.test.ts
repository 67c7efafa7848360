import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../src/app.ts'
import { serveHttp, type HttpServer } from '../../src/ops/http-server.ts'
import { createWeb } from '../../src/web/server.ts'
import { operations } from '../support/routes.ts'
import { apiKey } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'

const avow = join(import.meta.dirname, '../../bin/avow')

describe('the command line against a running Avow', () => {
  let w: World
  let server: HttpServer
  let key: string
  before(async () => {
    w = await world()
    const app = createWeb({ database: w.database, modules, operations, log: { error: (...args) => console.error(args) } })
    server = await serveHttp((request, bindings) => app.fetch(request, bindings), { port: 0, host: '127.0.0.1' })
    key = (await apiKey(w.database, w.organization.id, ['triager'])).authorization.slice('Bearer '.length)
  })
  after(async () => { await server.stop(1000); await w.close() })

  const run = (args: string[], asTeam = true) => new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const url = `http://127.0.0.1:${server.port}/o/${w.organization.slug}`
    const env = { PATH: process.env['PATH'], HOME: tmpdir(), AVOW_URL: url, ...(asTeam ? { AVOW_KEY: key } : {}) }
    execFile(avow, args, { env }, (error, out, err) => resolve({ status: error ? Number(error.code) : 0, out, err }))
  })

  it('takes a report with a file, lists it, and acknowledges it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'avow-cli-')), 'scan.txt')
    writeFileSync(file, 'port 8443 answers')
    const told = ['--title', 'Open port', '--description', 'Port 8443 answers.', '--steps', 'nmap', '--good-faith']
    const tools = ['--tools', '{"name":"nmap","version":"7","output":"open"}']
    const sent = await run(['report', 'submit', ...told, ...tools, '--attachments', file, '--json'], false)
    assert.equal(sent.status, 0, sent.err)
    const { report: id, phrase } = JSON.parse(sent.out) as { report: string; phrase: string }
    assert.match(phrase, /^\w{5}(-\w{5}){5}$/)
    assert.match((await run(['report', 'list'])).out, /Open port/)
    assert.match((await run(['report', 'acknowledge', '--report', id, '--message', 'Thank you.'])).out, /state +acknowledged/)
    const again = await run(['report', 'acknowledge', '--report', id, '--message', 'Thank you.'])
    assert.equal(again.status, 1)
    assert.match(again.err, /acknowledged/i)
  })

  it('says what is wrong, at which flag, and what was probably meant', async () => {
    const refused = await run(['report', 'submit', '--title', '', '--description', 'x', '--good-faith'], false)
    assert.deepEqual([refused.status, /--title: Give the report a title/.test(refused.err)], [1, true])
    const meant = 'There is no command “report acknowlege”.\nDid you mean “avow report acknowledge”?\n'
    assert.deepEqual(await run(['report', 'acknowlege']), { status: 2, out: '', err: meant })
    assert.equal((await run(['report', 'list'], false)).err, 'Sign in first.\n')
    assert.equal((await run(['report', 'list', '--statte', 'open'])).status, 2)
  })
})
