import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readPostmaster } from '../../src/db/embedded/postmaster.ts'

/** One running Avow with its built-in database, that can be killed as a whole. */
export interface Victim {
  readonly url: string
  /** kill -9 of Avow, of its database's postmaster and of all that they started, at once. */
  kill(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** Throws with what Avow said if it does not start. */
export async function startVictim(data: string): Promise<Victim> {
  const child = spawn(process.execPath, ['--import', './bin/loader.mjs', 'src/main.ts'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, PORT: '0', AVOW_DATA: data, AVOW_LOG_LEVEL: 'error' },
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => { output += chunk })
  while (child.exitCode === null && child.signalCode === null) {
    const port = /Avow is at http:\/\/localhost:(\d+)/.exec(output)?.[1]
    if (port) return { url: `http://localhost:${port}`, kill: () => kill(child, data) }
    await pause(20)
  }
  throw new Error(`Avow did not start:\n${output}`)
}

async function kill(child: ChildProcess, data: string): Promise<void> {
  const exited = once(child, 'exit')
  const postmaster = readPostmaster(join(data, 'postgres'))?.pid
  const pids = [child.pid!, ...postmaster ? [postmaster] : []]
  for (const pid of [...pids, ...pids.flatMap(descendants)]) {
    try { process.kill(pid, 'SIGKILL') } catch { /* it ended by itself meanwhile */ }
  }
  await exited
}

/** Children, their children and so on, as the kernel knows them. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((other) => parentOf(other) === pid)
  return children.flatMap((child) => [child, ...descendants(child)])
}

function parentOf(pid: number): number | undefined {
  try {
    // The name, in brackets, may hold anything; the parent is the second field after it.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1])
  } catch {
    return undefined
  }
}
