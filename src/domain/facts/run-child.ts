import { spawn } from 'node:child_process'

export interface ChildOptions {
  /** All of it: nothing of our own surroundings is handed on, where keys and passwords may stand. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
  readonly timeoutMs: number
  /** Of what it prints, in bytes; more ends it. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

export interface Ran {
  /** Null where it was ended. */
  readonly code: number | null
  readonly output: Buffer
  /** What it printed on standard error, at most `maxBytes` of it. */
  readonly errors: Buffer
  readonly ended: 'by itself' | 'time is over' | 'too much output'
  readonly tookMs: number
}

/** The program is not there, or may not be run. */
export class NoSuchProgram extends Error {
  readonly code = 'no_such_program'
}

/** For pipes that a process outside of the group still holds. */
const graceMs = 1000

/**
 * Runs a program without a shell, in a process group of its own that is killed with all its children when the program ends, when its time is
 * over, when it prints too much, or when we are told to stop, which rejects.
 */
export function runChild(file: string, args: readonly string[], { env, cwd, input, timeoutMs, maxBytes, signal }: ChildOptions): Promise<Ran> {
  signal.throwIfAborted()
  const began = performance.now()
  const child = spawn(file, args, { env, ...cwd && { cwd }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  let ended: Ran['ended'] = 'by itself'
  const kill = (because?: Ran['ended']) => {
    if (because) ended = because
    try { if (child.pid) process.kill(-child.pid, 'SIGKILL') } catch { /* The group is gone. */ }
  }
  const timer = setTimeout(() => kill('time is over'), timeoutMs)
  const stop = () => kill()
  signal.addEventListener('abort', stop, { once: true })
  const [output, errors] = [child.stdout, child.stderr].map((stream) => collected(stream, maxBytes, () => kill('too much output')))
  child.stdin.on('error', () => {})   // It need not read what it is given.
  child.stdin.end(input ?? '')
  return new Promise<Ran>((resolve, reject) => {
    child.once('error', (error: { code?: string }) => {
      reject(['ENOENT', 'EACCES'].includes(error.code ?? '') ? new NoSuchProgram('The program cannot be run.', { cause: error }) : error)
    })
    child.once('exit', () => {
      kill()
      setTimeout(() => { child.stdout.destroy(); child.stderr.destroy() }, graceMs).unref()
    })
    child.once('close', (code) => {
      if (signal.aborted) return reject(signal.reason as Error)
      resolve({ code: ended === 'by itself' ? code : null, output: output!(), errors: errors!(), ended, tookMs: Math.round(performance.now() - began) })
    })
  }).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
}

function collected(stream: NodeJS.ReadableStream, maxBytes: number, tooMuch: () => void): () => Buffer {
  const parts: Buffer[] = []
  let size = 0
  stream.on('data', (part: Buffer) => {
    const left = maxBytes - size
    if (left > 0) parts.push(part.subarray(0, left))
    size += part.byteLength
    if (size > maxBytes) tooMuch()
  })
  return () => Buffer.concat(parts)
}
