import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createServer, type Server, type TlsOptions } from 'node:tls'
import { lookAtTls as look, type TlsOptions as LookOptions } from './tls.ts'

/** The servers of these tests are on this machine. */
const lookAtTls = (place: string, options: LookOptions = {}) => look(place, { privateNetwork: true, ...options })

const openssl = (() => {
  try { execFileSync('openssl', ['version'], { stdio: 'ignore' }); return true } catch { return false }
})()

describe('check.tls', { skip: openssl ? false : 'openssl is not installed' }, () => {
  let folder: string
  let ca: string
  const servers: Server[] = []
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'avow-tls-'))
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'cert')]
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync('openssl', ['req', '-x509', '-days', '30', ...key, ...subject, ...files], { stdio: 'ignore' })
    ca = readFileSync(join(folder, 'cert'), 'utf8')
  })
  after(() => {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true })
  })

  async function place(options: TlsOptions = {}): Promise<string> {
    const server = createServer({ key: readFileSync(join(folder, 'key')), cert: ca, ...options }, (socket) => socket.end())
    server.on('tlsClientError', () => {})
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    return `localhost:${(server.address() as AddressInfo).port}`
  }

  it('passes where a valid certificate is shown over TLS 1.2 or newer', async () => {
    const { passed, detail } = await lookAtTls(await place(), { ca })
    assert.equal(passed, true, detail)
    assert.match(detail, /TLSv1\.3; its certificate is valid for another (29|30) days/)
    assert.equal((await lookAtTls(await place({ maxVersion: 'TLSv1.2' }), { ca })).passed, true)
  })

  it('fails where an older version is still spoken', async () => {
    const old = await place({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
    assert.deepEqual(await lookAtTls(old, { ca }), { passed: false, detail: `${old} still speaks TLS older than 1.2.` })
  })

  it('fails for a certificate that nobody vouches for, or of another host', async () => {
    assert.match((await lookAtTls(await place())).detail, /SELF_SIGNED/)
    const elsewhere = (await place()).replace('localhost', '127.0.0.1')
    assert.equal((await lookAtTls(elsewhere, { ca })).passed, false)
  })

  it('fails where nothing answers', async () => {
    assert.match((await lookAtTls('localhost:9', { ca })).detail, /ECONNREFUSED/)
  })

  it('does not look behind the firewall, whatever leads there, unless the operator allows it', async () => {
    const port = (await place()).split(':')[1]
    for (const host of ['localhost', '127.0.0.1', '2130706433', '169.254.169.254', '10.0.0.1']) {
      assert.match((await look(`${host}:${port}`, { ca })).detail, /inside a private network/)
    }
  })
})
