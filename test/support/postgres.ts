import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, socketUrl } from '../../src/db/embedded/server.ts'
import { findBinaries } from '../../src/db/embedded/binaries.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations.ts'
import { migrateJobs } from '../../src/db/migrate-jobs.ts'
import { setupDatabase } from '../../src/db/setup.ts'

const key = hash('sha256', ['1', findBinaries().version, ...migrations.map(({ name, sha256 }) => name + sha256)].join('\n')).slice(0, 16)

/** The migrated database that every world is cloned from. */
export const template = 'avow_template'

export interface TestServer { url(role: string, database: string): string; socket: string; stop(): Promise<void> }

/** Memory where there is enough of it: nothing that tests write has to last. */
const ground = roomInMemory('/dev/shm') ? '/dev/shm' : tmpdir()

let shared: Promise<TestServer> | undefined

/** One server per test run: the runner's, named in the environment, or one of this process's own, gone when it ends. */
export const testServer = (): Promise<TestServer> => shared ??= process.env.AVOW_TEST_SOCKET
  ? Promise.resolve({ socket: process.env.AVOW_TEST_SOCKET, url: socketUrl(process.env.AVOW_TEST_SOCKET), async stop() {} })
  : startTestServer()

/** A PostgreSQL as in production, but for its care about power cuts, with the template in it. */
export async function startTestServer(): Promise<TestServer> {
  const folder = temporaryFolder()
  const seed = await seedCluster()
  execFileSync('cp', ['-a', seed, join(folder, 'postgres')])
  const server = await startServer(folder, { durable: false })
  const clean = () => {
    try { process.kill(server.pid, 'SIGQUIT') } catch { /* it has ended already */ }
    removeSoon(folder)
  }
  process.once('exit', clean)
  return { url: server.url, socket: server.socket, async stop() { process.off('exit', clean); await server.stop(); clean() } }
}

/** Made once for each state of the migrations and copied for each run: a copy takes a tenth of the time. */
async function seedCluster(): Promise<string> {
  const cache = join(ground, `avow-test-clusters-${process.getuid?.() ?? 0}`)
  const seed = join(cache, key)
  if (existsSync(seed)) return seed
  mkdirSync(cache, { recursive: true, mode: 0o711 })
  forgetOld(cache)
  const folder = temporaryFolder()
  try {
    const server = await startServer(folder, { durable: false })
    await setupDatabase((database) => server.url('postgres', database), template)
    await migrate(server.url('avow_owner', template), migrations)
    await migrateJobs(server.url('avow_owner', template))
    await server.stop()
    renameSync(join(folder, 'postgres'), seed)
  } catch (error) {
    if (!existsSync(seed)) throw error // otherwise another process was faster
  } finally { rmSync(folder, { recursive: true, force: true }) }
  return seed
}

function forgetOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (Date.now() - statSync(join(cache, name)).mtimeMs > 3_600_000) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(ground, 'avow-test-'))
  chmodSync(folder, 0o711)
  return folder
}

function roomInMemory(folder: string): boolean {
  try { const { bavail, bsize } = statfsSync(folder); return bavail * bsize > 2e9 } catch { return false }
}

/** The server may still be writing its last words: the process that waits here is ending and has nothing else to do. */
function removeSoon(folder: string): void {
  for (let tries = 0; tries < 20 && existsSync(folder); tries++) {
    try { rmSync(folder, { recursive: true, force: true }) } catch { /* once more */ }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
}
