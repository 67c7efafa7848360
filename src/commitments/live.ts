import { createEngine, fold, Streams, type Engine } from 'avow-verify'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { job, type Job } from '../jobs/index.ts'
import { logSize, readEvents } from '../ledger/index.ts'
import { isDue, restore, store, take, type Heard, type Ignored } from './snapshots.ts'

export type { Heard } from './snapshots.ts'

/**
 * Every organisation that somebody looked at lately: as far as its log goes, and, where checkpoints are published at intervals, as far
 * as the published one goes. Each process folds for itself, from the newest stored snapshot on.
 */
const folds = new Map<string, Fold>()

const IDLE_MS = 15 * 60_000

/** The batches of so long are heard together: nobody waits for it, and in a flood they come many in a second. */
const TOGETHER_MS = 500

/**
 * How far behind the clock time is let pass. The sequencer dates entries with the moment at which it began to take them, so that
 * one which is just being taken is a little older than it looks.
 */
const SETTLING_MS = 1000

/** Uses the engine of the transaction's organisation once it has heard every entry that the transaction sees, or the first `size` of them. */
export async function withEngine<T>(tx: Tx, use: (heard: Heard) => T, size?: number): Promise<T> {
  const fold = foldOf(`${tx.organizationId}${size === undefined ? '' : '/published'}`)
  return use(await fold.catchUp(tx, size))
}

/** Keeps the engines that are in use up to date, as entries come. `onIgnored` is told of stored snapshots that do not fit. */
export function followLedger(database: Database, onIgnored: (ignored: Ignored) => void = () => {}): Promise<() => Promise<void>> {
  tellIgnored = onIgnored
  const soon = new Set<string>()
  const catchUp = (organizationId: string) => {
    soon.delete(organizationId)
    // Whoever looks next catches up in any case, and is told what is wrong.
    void database.read(organizationId, (tx) => withEngine(tx, () => {})).catch(() => {})
  }
  return database.listen('avow_sequenced', (organizationId) => {
    if (!folds.has(organizationId) || soon.has(organizationId)) return
    soon.add(organizationId)
    setTimeout(catchUp, TOGETHER_MS, organizationId).unref()
  })
}

let tellIgnored: (ignored: Ignored) => void = () => {}

/** Stores what the engine knows by now, once the log has grown enough, so that a start replays little. */
export const snapshotJob: Job = job({
  name: 'engine.snapshot', payload: z.object({}), every: '25 * * * *',
  async run({ database, organizationId }) {
    const taken = await database.read(organizationId, async (tx) => await isDue(tx, await logSize(tx)) ? withEngine(tx, take) : undefined)
    if (taken) await store(database, organizationId, taken)
  },
})

function foldOf(key: string): Fold {
  const now = Date.now()
  for (const [other, { usedAt }] of folds) if (now - usedAt > IDLE_MS) folds.delete(other)
  let found = folds.get(key)
  if (!found) folds.set(key, found = new Fold())
  found.usedAt = now
  return found
}

class Fold {
  usedAt = 0
  #heard: Follower | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** One at a time. What does not fit the log, which may have been restored meanwhile, begins anew. */
  catchUp(tx: Tx, size?: number): Promise<Heard> {
    const turn = this.#turn.then(async () => {
      const before = this.#heard
      // What is heard only in part is not to be gone on with.
      this.#heard = undefined
      this.#heard = await (await before?.fits(tx) ? before! : await Follower.start(tx, size)).follow(tx, size).catch((error: unknown) => {
        if (!(error instanceof RangeError)) throw error
        return new Follower().follow(tx, size)
      })
      return this.#heard
    })
    this.#turn = turn.catch(() => {})
    return turn
  }
}

/** Goes on with what has been heard, or begins anew. */
export class Follower implements Heard {
  readonly engine: Engine
  readonly streams: Streams
  /** How many entries the streams have heard: the fold reads ahead, and reads the past again for new rules. */
  #read: number
  #last: string | undefined

  constructor({ engine, streams }: Heard = { engine: createEngine(), streams: new Streams() }) {
    this.engine = engine
    this.streams = streams
    this.#read = engine.size
  }

  static async start(tx: Tx, size?: number): Promise<Follower> {
    return new Follower(await restore(tx, size, tellIgnored))
  }

  /** The newest entry that was heard is where it was. A transaction that began before it came sees nothing there: it gets to know a little more. */
  async fits(tx: Tx): Promise<boolean> {
    const seen = await entryAt(tx, this.engine.size - 1)
    return seen === undefined || seen === this.#last
  }

  async follow(tx: Tx, size = Infinity): Promise<this> {
    const { engine } = this
    await fold(engine, async (from, limit) => {
      const events = await readEvents(tx, from, Math.min(limit, Math.max(0, size - from)))
      for (const event of events) {
        if (event.index < this.#read) continue
        this.streams.follow(event, event)
        this.#read = event.index + 1
      }
      return events
    })
    engine.advance(await watermark(tx, engine.size))
    this.#last = await entryAt(tx, engine.size - 1)
    return this
  }
}

/** The last moment before which nothing can come that an engine of this size has not heard. */
async function watermark(tx: Tx, size: number): Promise<number> {
  const next = await tx.db.selectFrom('leaves').select('at_ms').where('index', '=', size).executeTakeFirst()
  if (next) return next.at_ms - 1
  const waiting = await tx.db.selectFrom('pending').select('seq').limit(1).executeTakeFirst()
  return waiting ? -Infinity : tx.now.epochMilliseconds - SETTLING_MS
}

async function entryAt(tx: Tx, index: number): Promise<string | undefined> {
  if (index < 0) return undefined
  return (await tx.db.selectFrom('leaves').select('entry_id').where('index', '=', index).executeTakeFirst())?.entry_id
}
