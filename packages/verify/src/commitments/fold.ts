import type { Engine } from './engine.ts'
import type { LedgerEvent } from './event.ts'

/** Reads at most `limit` entries from an index on, in the order of the log; none at its end. Entries that are still sealed may be missing. */
export type ReadEvents = (from: number, limit: number) => Promise<readonly LedgerEvent[]>

const BATCH = 2000

/** Feeds an engine whatever the log holds beyond what it has been fed, and lets it hear again what new rules ask about. */
export async function fold(engine: Engine, read: ReadEvents): Promise<void> {
  for (let events = await read(engine.size, BATCH); events.length > 0; events = await read(engine.size, BATCH)) {
    for (const event of events) {
      engine.feed(event)
      await recall(engine, read)
    }
  }
}

async function recall(engine: Engine, read: ReadEvents): Promise<void> {
  const wanted = engine.wants()
  if (!wanted) return
  for (let from = 0; from < wanted.before;) {
    const events = await read(from, Math.min(BATCH, wanted.before - from))
    if (events.length === 0) break
    for (const event of events) if (event.index < wanted.before && wanted.kinds.has(event.kind)) engine.recall(event)
    from = events.at(-1)!.index + 1
  }
  engine.recalled()
}

/** The same from a list of all entries that can be read. */
export function replay(engine: Engine, log: readonly LedgerEvent[]): Engine {
  const start = engine.size
  for (const event of log) {
    if (event.index < start) continue
    engine.feed(event)
    const wanted = engine.wants()
    if (wanted) for (const past of log) if (past.index < wanted.before && wanted.kinds.has(past.kind)) engine.recall(past)
    engine.recalled()
  }
  return engine
}
