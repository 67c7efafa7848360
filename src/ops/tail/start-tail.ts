import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { TailExport } from './export-tail.ts'

export interface TailOptions {
  readonly folder: string
  /** As long as backups are kept. */
  readonly retentionDays: number
  readonly onError: (error: Error) => void
  /** How long a change may stay unwritten when the database's notification is lost. */
  readonly pollMs?: number
  /** Rest after each round, so that a busy minute is a few rounds and not thousands. */
  readonly paceMs?: number
}

export interface Tail { stop(): Promise<void> }

/**
 * Keeps, beside the database, what a backup cannot have: the entries since, the states of the log that others have seen, and what
 * was erased. A restore needs it, for else the log would begin to say something different from what it has said.
 */
export async function startTail(database: Database, { folder, retentionDays, onError, pollMs = 30_000, paceMs = 500 }: TailOptions): Promise<Tail> {
  const stopping = new AbortController()
  const exports = new Map<string, TailExport>()
  let call = new AbortController()
  const silence = await database.listen('avow_sequenced', () => call.abort())

  async function round(): Promise<void> {
    const oldest = Temporal.Now.plainDateISO('UTC').subtract({ days: retentionDays + 1 })
    for (const { id } of await database.global.selectFrom('organizations').select('id').execute()) {
      const tail = exports.get(id) ?? await TailExport.open(database, id, folder)
      exports.set(id, tail)
      await tail.catchUp()
      await tail.forget(oldest)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      call = new AbortController()
      await round().catch((error: Error) => { exports.clear(); onError(error) })
      await rest(pollMs, AbortSignal.any([call.signal, stopping.signal]))
      await rest(paceMs, stopping.signal)
    }
    await round().catch(onError)
  }

  const ended = run()
  return {
    async stop() {
      stopping.abort()
      await ended
      await silence()
    },
  }
}

const rest = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).catch(() => {})
