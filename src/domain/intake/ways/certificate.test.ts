import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { needs } from '../../../../test/support/needs.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { startReceiver, type Receiver } from './smtp-receiver.ts'

describe('the receiver’s certificate', { skip: needs('openssl') }, () => {
  let w: World
  let folder: string
  let receiver: Receiver
  const errors: string[] = []
  before(async () => {
    [w, folder] = [await world(), await mkdtemp(join(tmpdir(), 'avow-receiver-'))]
    for (const name of ['first', 'second']) make(name)
    await show('first', 'first')
    receiver = await startReceiver({ database: w.database, address: 'security@example.org', onError: console.error },
      { listen: '127.0.0.1:0', mostBytes: 1_000_000, certificate: { cert: join(folder, 'cert'), key: join(folder, 'key') }, lookMs: 20,
        connection: { mostMs: 60_000, perNetwork: 10 } },
      ({ message }) => errors.push(message))
  })
  after(async () => {
    await receiver.stop()
    await w.close()
    await rm(folder, { recursive: true })
  })

  function make(name: string): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`]
    const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.cert`)]
    execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, ...files], { stdio: 'ignore' })
  }
  async function show(cert: string, key: string): Promise<void> {
    await copyFile(join(folder, `${cert}.cert`), join(folder, 'cert'))
    await copyFile(join(folder, `${key}.key`), join(folder, 'key'))
  }

  /** The name in the certificate that somebody who sends mail is shown now. */
  async function shown(): Promise<string> {
    const socket = connect(receiver.port, '127.0.0.1')
    try {
      for (const line of ['', 'EHLO there\r\n', 'STARTTLS\r\n']) {
        if (line) socket.write(line)
        await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => { throw new Error('The receiver hung up.') })])
      }
      const secured = connectTls({ socket, rejectUnauthorized: false })
      await once(secured, 'secureConnect')
      const { subject } = secured.getPeerCertificate()
      secured.destroy()
      return String(subject.CN)
    } finally { socket.destroy() }
  }
  async function until(is: () => Promise<boolean> | boolean): Promise<void> {
    for (let left = 500; left > 0 && !await is(); left--) await pause(20)
    assert.ok(await is())
  }

  it('is shown anew once certificate and key were renewed; until both are there the former one is', async () => {
    assert.equal(await shown(), 'first')
    await show('second', 'first')
    await until(() => errors.length > 0)
    assert.equal(await shown(), 'first')
    await show('second', 'second')
    await until(async () => await shown() === 'second')
    assert.deepEqual(errors, ['The mail receiver’s new certificate cannot be used; the former one is still shown.'])
  })

  it('shuts out no network for the secured connections that it had', async () => {
    for (let i = 0; i < 15; i++) {
      assert.equal(await shown(), 'second')
      await pause(10)
    }
  })
})
