import { formatCheckpoint, labelMac, leafBytes, leafHash, parseCheckpoint, isSignedBy, signNote, equal, type Bytes } from 'avow-verify'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { LedgerFatal } from '../lib/errors.ts'
import { grow, treeOf, type LogState } from './log-state.ts'
import { listLogKeys, logKeyAfter, openSigner, verifierKeyOf } from './signing-keys.ts'
import { newestCheckpoint, readState } from './storage.ts'
import { saltsOf, type Committed } from './entry.ts'

/** What the leader remembers of a log between two batches. It is never trusted over the database: the newest checkpoint has to agree. */
export type Remembered = Map<string, LogState>

export const batchSize = 1024

type PendingEntry = Committed & { seq: number }

/**
 * Gives waiting entries of one organisation their place and time, and signs the new state, all in one transaction. Answers how many it took.
 * Entries come in the order of their rows; one whose transaction commits late is taken by the next batch, none is skipped.
 */
export async function sequenceBatch(database: Database, organizationId: string, remembered: Remembered = new Map()): Promise<number> {
  const done = await database.write(organizationId, (tx) => sequenceIn(tx, remembered.get(organizationId))).catch((error: unknown) => {
    remembered.delete(organizationId)
    throw error
  })
  if (done) remembered.set(organizationId, done.state)
  return done?.count ?? 0
}

/**
 * The same inside a transaction that the caller holds, so that its entries commit with their places. Undefined where nothing waits.
 * `before` is the state of the log as the caller remembers it, if it does.
 */
export async function sequenceIn(tx: Tx, before?: LogState): Promise<{ state: LogState; count: number } | undefined> {
  const entries = await readPending(tx)
  if (entries.length === 0) return undefined
  const head = await newestCheckpoint(tx)
  const state = before && before.size === head?.size ? before : await readVerifiedState(tx)
  return extend(tx, state, entries, Math.max(tx.now.epochMilliseconds, head?.at_ms ?? 0))
}

/** Until nothing waits. */
export async function sequenceAll(database: Database, organizationId: string): Promise<void> {
  while (await sequenceBatch(database, organizationId) > 0);
}

const readPending = async (tx: Tx): Promise<PendingEntry[]> =>
  (await sql<PendingEntry>`
    select seq, id, kind, stream, cases, marks, seed, seal, key_id, actor, created_at from pending_entries(${batchSize})`.execute(tx.db)).rows

async function extend(tx: Tx, before: LogState, entries: readonly PendingEntry[], at: number): Promise<{ state: LogState; count: number }> {
  const leaves = entries.map((entry) => leafOf(entry, at))
  const hashes = leaves.map(leafHash)
  const { state, root, tiles } = grow(before, hashes)
  const key = logKeyAfter(await listLogKeys(tx), before.size)
  const note = await signNote(formatCheckpoint({ origin: key.name, size: state.size, root }), await openSigner(tx, key))
  await sql`select extend_log(${tx.organizationId}, ${before.size}, ${at}, ${entries.map(({ seq }) => seq)}, ${entries.map(({ id }) => id)},
    ${leaves}, ${hashes}, ${tiles.map(({ level }) => level)}, ${tiles.map(({ index }) => index)},
    ${tiles.map((tile) => tile.hashes)}, ${tiles.map((tile) => tile.root)}, ${root}, ${note})`.execute(tx.db)
  return { state, count: entries.length }
}

export function leafOf(entry: Committed, at: number): Bytes {
  const { kind, stream, cases, marks, seal } = entry
  return leafBytes({ at, stream, label: labelMac({ kind, cases, marks, ...saltsOf(entry) }), seal })
}

/**
 * The right edge as stored, held against what was last signed. Throws LedgerFatal on a fork: a root, a signature or a size that does not fit means
 * that somebody changed the log or brought back an older copy, and to sign on would be to sign a second history.
 */
export async function readVerifiedState(tx: Tx): Promise<LogState> {
  const head = await newestCheckpoint(tx)
  const size = head?.size ?? 0
  const beyond = await tx.db.selectFrom('leaves').select('index').where('index', '>=', size).limit(1).executeTakeFirst()
  if (beyond) throw new LedgerFatal(`Entry ${beyond.index} lies beyond the newest checkpoint, which covers ${size}.`)
  const state = await readState(tx, size)
  if (!head) return state
  const { note, ...checkpoint } = parseCheckpoint(head.note)
  const key = verifierKeyOf(logKeyAfter(await listLogKeys(tx), head.previous_size))
  if (checkpoint.origin !== key.name || !(await isSignedBy(key, note))) throw new LedgerFatal(`The checkpoint of size ${size} is not signed by the log's key.`)
  if (checkpoint.size !== size || !equal(checkpoint.root, head.root)) throw new LedgerFatal(`The checkpoint of size ${size} says something else than its row.`)
  if (!equal(treeOf(state).root(), head.root)) throw new LedgerFatal(`The right edge of the log does not give the root that was signed at size ${size}.`)
  return state
}
