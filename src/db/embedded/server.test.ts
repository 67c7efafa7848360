import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, chmodSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { withClient } from '../setup.ts'
import { isAlive } from './postmaster.ts'
import { startServer, type EmbeddedServer } from './server.ts'

const loader = join(import.meta.dirname, '../../../bin/loader.mjs')
const ask = (server: EmbeddedServer, text: string) => withClient(server.url('postgres', 'postgres'), async (client) => (await client.query(text)).rows)

/** Another Avow process: starts the server, says where it is, and waits. */
async function otherProcess(folder: string): Promise<{ pid: number; postgres: number; kill(signal: NodeJS.Signals): Promise<void> }> {
  const script = `import { startServer } from ${JSON.stringify(join(import.meta.dirname, 'server.ts'))}
    const server = await startServer(${JSON.stringify(folder)}); console.log(server.pid); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout!, 'data')
  return { pid: child.pid!, postgres: Number(line), async kill(signal) { child.kill(signal); await once(child, 'exit') } }
}

describe('the built-in PostgreSQL', () => {
  let folder: string
  before(() => { folder = mkdtempSync(join(tmpdir(), 'avow-server-')); chmodSync(folder, 0o711) })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('listens on a socket that nobody else can reach, and nowhere else', async () => {
    const server = await startServer(folder)
    assert.equal(statSync(server.socket).mode & 0o777, 0o700)
    assert.deepEqual(await ask(server, 'show listen_addresses'), [{ listen_addresses: '' }])
    assert.deepEqual(await ask(server, 'show fsync'), [{ fsync: 'on' }])
    await server.stop()
    assert.equal(isAlive(server.pid), false)
  })

  it('keeps what was committed, and is joined by a second process instead of stopped', async () => {
    const server = await startServer(folder)
    await ask(server, 'create table kept (n int)')
    await ask(server, 'insert into kept values (1)')
    const other = await otherProcess(folder)
    assert.equal(other.postgres, server.pid)
    await other.kill('SIGKILL')
    assert.deepEqual(await ask(server, 'select n from kept'), [{ n: 1 }])
    await server.stop()
  })

  it('starts again after kill -9 of Avow', async () => {
    const other = await otherProcess(folder)
    await other.kill('SIGKILL')
    const server = await startServer(folder)
    assert.notEqual(server.pid, other.postgres)
    assert.deepEqual(await ask(server, 'select n from kept'), [{ n: 1 }])
    await server.stop()
  })

  it('starts again after kill -9 of everything', async () => {
    const other = await otherProcess(folder)
    process.kill(other.postgres, 'SIGKILL')
    await other.kill('SIGKILL')
    const server = await startServer(folder)
    assert.deepEqual(await ask(server, 'select n from kept'), [{ n: 1 }])
    await server.stop()
  })

  it('is not fooled by a lock file whose number belongs to another program now', async () => {
    writeFileSync(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n/nowhere\n0\n5432\n/nowhere\n\n\nready\n`)
    const server = await startServer(folder)
    assert.deepEqual(await ask(server, 'select n from kept'), [{ n: 1 }])
    await server.stop()
  })

  it('tells when it ends without having been told to', async () => {
    const server = await startServer(folder)
    const lost = Promise.withResolvers<void>()
    server.onLost(() => lost.resolve())
    process.kill(server.pid, 'SIGKILL')
    await lost.promise
  })

  it('is started once when two processes begin at the same moment', async () => {
    const both = await Promise.all([otherProcess(folder), otherProcess(folder)])
    assert.equal(both[0].postgres, both[1].postgres)
    for (const one of both) await one.kill('SIGKILL')
    await pause(50)
  })
})
