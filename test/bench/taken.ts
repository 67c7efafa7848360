import { readdirSync, readFileSync } from 'node:fs'

/** What a number of acts took: on the clock, and of processors. PostgreSQL's share is known on Linux alone. */
export interface Taken { acts: number; clockMs: number; ownMs: number; postgresMs: number }

/** Measures what `work` takes; it answers how many acts it did. `postmaster` is the process that all of PostgreSQL's descend from. */
export async function taken(postmaster: number, work: () => Promise<number>): Promise<Taken> {
  const [clock, own, postgres] = [performance.now(), process.cpuUsage(), processorMs(postmaster)]
  const acts = await work()
  const { user, system } = process.cpuUsage(own)
  return { acts, clockMs: performance.now() - clock, ownMs: (user + system) / 1000, postgresMs: processorMs(postmaster) - postgres }
}

/** Several measurements of the same as one. */
export const together = (all: readonly Taken[]): Taken => all.reduce((a, b) => ({
  acts: a.acts + b.acts, clockMs: a.clockMs + b.clockMs, ownMs: a.ownMs + b.ownMs, postgresMs: a.postgresMs + b.postgresMs,
}))

export const perSecond = ({ acts, clockMs }: Taken) => acts / clockMs * 1000

export const processorEach = ({ acts, ownMs, postgresMs }: Taken) => (ownMs + postgresMs) / acts

/** `310/s; of processors 1.90 ms ours, 2.10 ms PostgreSQL’s for each`. */
export function told(what: Taken, who: string): string {
  const each = (ms: number) => `${(ms / what.acts).toFixed(2)} ms`
  return `${perSecond(what).toFixed(0)}/s; of processors ${each(what.ownMs)} ${who}, ${each(what.postgresMs)} PostgreSQL’s for each`
}

/** See proc_pid_stat(5): time of a process in ticks of 10 ms, and of its children that have ended. */
function processorMs(parent: number): number {
  let ticks = 0
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = statOf(pid)
      if (Number(pid) === parent) ticks += fields[11]! + fields[12]! + fields[13]! + fields[14]!
      else if (fields[1] === parent) ticks += fields[11]! + fields[12]!
    }
  } catch { return NaN }
  return ticks * 10
}

/** From the third field on, since the second is a name that may hold anything; none where the process has ended meanwhile. */
function statOf(pid: string): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
  } catch { return [] }
}
