import { sql } from 'kysely'
import { listOrganizations } from '../access/organizations.ts'
import type { Database } from '../db/database.ts'
import { LedgerFatal } from '../lib/errors.ts'
import type { OutboundOptions } from '../lib/outbound.ts'
import { clearFault, listFaults, recordFault } from './faults.ts'
import { rest, whileLeading } from './leader.ts'
import { readVerifiedState, sequenceBatch, type Remembered } from './sequence.ts'
import { askWitnesses } from './witness-client.ts'

export interface Sequencer {
  /** Whether this node gives out places now; others stand ready. */
  readonly leading: boolean
  stop(): Promise<void>
}

export interface SequencerOptions {
  /**
   * Rest after each look, so that a burst becomes one batch and not many. Nobody calls the sequencer: a NOTIFY in every transaction would make
   * them commit one after the other, each with its own flush to disk (docs/decisions/0003-the-sequencer-looks.md).
   */
  readonly paceMs?: number
  /** How often witnesses are shown what is new. */
  readonly witnessMs?: number
  /** Where witnesses may be asked. */
  readonly reach?: OutboundOptions
  readonly onError?: (error: Error) => void
}

/** Serves all organisations, on one of all nodes at a time. A log that does not verify stops alone; the others go on. */
export function startSequencer(database: Database, { paceMs = 50, witnessMs = 2000, reach = {}, onError = () => {} }: SequencerOptions = {}): Sequencer {
  const stop = new AbortController()
  const sequencer = new RunningSequencer(database, { paceMs, witnessMs, reach, onError })
  const ended = whileLeading(database.url, stop.signal, (leading) => sequencer.lead(leading), onError)
  return {
    get leading() { return sequencer.leading },
    async stop() {
      stop.abort()
      await ended
    },
  }
}

class RunningSequencer {
  leading = false
  readonly #database: Database
  readonly #options: Required<SequencerOptions>
  #remembered: Remembered = new Map()
  #faulty = new Set<string>()

  constructor(database: Database, options: Required<SequencerOptions>) {
    this.#database = database
    this.#options = options
  }

  async lead(leading: AbortSignal): Promise<void> {
    this.#remembered = new Map()
    this.#faulty = new Set()
    await this.#verifyAll()
    const ended = new AbortController()
    const witnessing = this.#keepAsking(AbortSignal.any([leading, ended.signal]))
    try {
      this.leading = true
      while (!leading.aborted) {
        await this.#drain(leading)
        await rest(this.#options.paceMs, leading)
      }
    } finally {
      this.leading = false
      ended.abort()
      await witnessing
    }
  }

  /** All that waits, a batch of each organisation after the other. */
  async #drain(leading: AbortSignal): Promise<void> {
    const { rows } = await sql<{ id: string }>`select organizations_pending() as id`.execute(this.#database.global)
    // Whoever mends a log, by opening a new one for instance, clears its fault.
    if (this.#faulty.size > 0) this.#faulty = new Set((await listFaults(this.#database)).map(({ organizationId }) => organizationId))
    for (const { id } of rows) {
      if (leading.aborted || this.#faulty.has(id)) continue
      await this.#guarded(id, async () => { await sequenceBatch(this.#database, id, this.#remembered) })
    }
  }

  async #keepAsking(leading: AbortSignal): Promise<void> {
    while (!leading.aborted) {
      await rest(this.#options.witnessMs, leading)
      await this.#askWitnesses('behind').catch(this.#options.onError)
    }
  }

  async #askWitnesses(which: 'behind' | 'all'): Promise<void> {
    const { rows } = await sql<{ id: string }>`select organizations_witnessed() as id`.execute(this.#database.global)
    const asked = rows.filter(({ id }) => !this.#faulty.has(id))
    await Promise.all(asked.map(({ id }) => this.#guarded(id, () => askWitnesses(this.#database, id, which, this.#options.reach))))
  }

  /** A fault may have been mended since, by a restore or by opening a new log: whoever becomes leader looks again. */
  async #verifyAll(): Promise<void> {
    for (const { id } of await listOrganizations(this.#database)) {
      await this.#guarded(id, () => this.#database.write(id, async (tx) => {
        await readVerifiedState(tx)
        await clearFault(tx)
      }))
    }
    // Before the first signature: a witness may have cosigned more than a restored database holds.
    await this.#askWitnesses('all')
  }

  async #guarded(organizationId: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#options.onError(error as Error)
      if (!(error instanceof LedgerFatal)) return
      this.#faulty.add(organizationId)
      await this.#database.write(organizationId, (tx) => recordFault(tx, error.message))
    }
  }
}
