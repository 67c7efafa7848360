import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a running server says of itself in its lock file and in the record of how it was started. */
export interface Postmaster { readonly pid: number; readonly socket: string; readonly ready: boolean; readonly owner: number }

export function readPostmaster(cluster: string): Postmaster | undefined {
  const lines = read(join(cluster, 'postmaster.pid'))?.split('\n')
  if (!lines) return
  const owner = /avow\.owner=(\d+)/.exec(read(join(cluster, 'postmaster.opts')) ?? '')?.[1]
  return { pid: Number(lines[0]), socket: lines[4] ?? '', ready: lines[7]?.trim() === 'ready', owner: Number(owner ?? 0) }
}

/** EPERM means that it lives and belongs to somebody else. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try { process.kill(pid, 0); return true } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM' }
}

export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  const name = read(`/proc/${pid}/comm`) ?? nameByPs(pid)
  return name.trim().endsWith('postgres')
}

function nameByPs(pid: number): string {
  try { return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }) } catch { return '' }
}

function read(path: string): string | undefined {
  try { return readFileSync(path, 'utf8') } catch { return undefined }
}
