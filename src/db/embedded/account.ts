import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { accessSync, chmodSync, chownSync, constants, mkdirSync, statSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

/** PostgreSQL refuses to run as root, so root runs it as this account: `nobody`, which every system has. */
const nobody = 65534

export const isRoot = process.getuid?.() === 0

/** A folder that the server's account owns and nobody else may enter. */
export function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  if (isRoot) chownSync(path, nobody, nobody)
}

/** May the server's account pass through every folder on the way to `path`? An ordinary user always may, what it owns. */
export function canReach(path: string): boolean {
  if (!isRoot) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * Runs a program of PostgreSQL's as the server's account. Where `setpriv` is there, the kernel ends it together with
 * us, however we end. Its own process group keeps a terminal's Ctrl-C from stopping the database before the application.
 */
export function runAsServer(command: string, args: string[], stdio: StdioOptions): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
  const setpriv = findProgram('setpriv')
  if (!setpriv) {
    return spawn(command, args, { stdio, env, detached: true, cwd: '/', ...(isRoot ? { uid: nobody, gid: nobody } : {}) })
  }
  const identity = isRoot ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []
  return spawn(setpriv, [...identity, '--pdeathsig=INT', command, ...args], { stdio, env, detached: true, cwd: '/' })
}

function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find((path) => {
    try { accessSync(path, constants.X_OK); return true } catch { return false }
  })
}
