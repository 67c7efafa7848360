import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { canReach, ownFolder, runAsServer } from './account.ts'
import { findBinaries } from './binaries.ts'
import { prepareCluster } from './cluster.ts'
import { isAlive, isPostgres, readPostmaster, type Postmaster } from './postmaster.ts'

export interface EmbeddedServer {
  /** Folder of the Unix socket: the only way in. */
  readonly socket: string
  readonly pid: number
  /** False when another Avow process runs the server and this one only joined it. */
  readonly own: boolean
  url(role: string, database: string): string
  /** Waits for open transactions' connections to be dropped and the files to be safe. Does nothing to a joined server. */
  stop(): Promise<void>
  /** Called when the server ends without having been told to. */
  onLost(then: () => void): void
}

/** `durable: false` gives up safety from power cuts for speed: for tests alone. */
export interface ServerOptions { readonly durable?: boolean; readonly settings?: Record<string, string> }

const patienceMs = 15_000

/**
 * Starts the built-in PostgreSQL on `dataFolder`, or joins the one that another living Avow process runs there. A server
 * whose Avow was killed is stopped first; after kill -9 of everything its memory block may linger for seconds, hence the retries.
 */
export async function startServer(dataFolder: string, options: ServerOptions = {}): Promise<EmbeddedServer> {
  const binaries = findBinaries()
  const folder = resolve(dataFolder)
  const cluster = realpathSync(await prepareCluster(folder, binaries))
  const log = join(folder, 'postgres.log')
  for (const end = Date.now() + patienceMs; ;) {
    const running = readPostmaster(cluster)
    if (running && isPostgres(running.pid)) {
      if (isAlive(running.owner)) { if (running.ready) return joined(running) }
      else process.kill(running.pid, 'SIGINT')
    } else {
      // A process that is no PostgreSQL may have got the number that the dead one left in the lock file.
      if (running && isAlive(running.pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
      const started = await launch(binaries.postgres, cluster, socketFolder(folder, cluster), log, options)
      if (started) return started
    }
    if (Date.now() > end) throw new Error(`The database in ${cluster} does not start. Its last words are in ${log}: ${lastLines(log)}`)
    await pause(100)
  }
}

async function launch(postgres: string, cluster: string, socket: string, log: string, options: ServerOptions): Promise<EmbeddedServer | undefined> {
  const output = openSync(log, 'a', 0o600)
  const child = runAsServer(postgres, ['-D', cluster, '-k', socket, ...settings(options)], ['ignore', output, output])
  closeSync(output)
  child.unref()
  const ended = once(child, 'exit').catch(() => undefined)
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const running = readPostmaster(cluster)
    if (running?.pid === child.pid && running.ready) return owned(child, ended, socket)
    await Promise.race([pause(10), ended])
  }
}

/** Errors go to a log without the values of the rows that they are about: those are people's. */
function settings({ durable = true, settings = {} }: ServerOptions): string[] {
  const all: Record<string, string> = {
    'avow.owner': String(process.pid),
    listen_addresses: '', unix_socket_permissions: '0700', max_connections: '200', jit: 'off', timezone: 'UTC', log_timezone: 'UTC',
    log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** A socket's path has room for 107 bytes; a data folder that lies deeper has its socket in a folder of its own. */
function socketFolder(folder: string, cluster: string): string {
  const beside = join(folder, 'socket')
  const fits = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= 100 && canReach(beside)
  const path = fits ? beside : Buffer.byteLength(cluster) < 80 ? `${cluster}-socket` : mkdtempSync(join(tmpdir(), 'avow-'))
  ownFolder(path)
  return path
}

function owned(child: ChildProcess, ended: Promise<unknown>, socket: string): EmbeddedServer {
  let stopping = false
  return {
    socket, pid: child.pid!, own: true, url: socketUrl(socket),
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.ref()
      child.kill('SIGINT')
      await ended
    },
    onLost(then) { void ended.then(() => { if (!stopping) then() }) },
  }
}

const joined = ({ socket, pid }: Postmaster): EmbeddedServer => ({ socket, pid, own: false, url: socketUrl(socket), async stop() {}, onLost() {} })

export const socketUrl = (socket: string) => (role: string, database: string) =>
  `postgres://${role}@localhost/${database}?host=${encodeURIComponent(socket)}`

const lastLines = (log: string) => existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ') : '(none)'
