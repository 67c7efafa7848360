import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { createEngine, Streams, type Engine, type SavedStreams, type Snapshot } from 'avow-verify'
import type { Database } from '../db/database.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { openBytes, organizationKey, sealBytes } from '../seal/envelope.ts'
import { engineVersion } from './engine-version.ts'

declare module '../db/tables.ts' {
  interface Tables { engine_snapshots: EngineSnapshotRow }
}

export interface EngineSnapshotRow {
  organization_id: string
  size: number
  root: Buffer
  engine: string
  key_id: string
  box: Buffer
  taken_at: Date
}

/** What has been heard of a log. Not to be kept: it goes on. */
export interface Heard {
  readonly engine: Engine
  readonly streams: Streams
}

interface State { readonly engine: Snapshot; readonly streams: SavedStreams }

/** An engine's state as bytes, and how much of the log it has heard. */
export interface Taken { readonly size: number; readonly state: string }

/** Should the newest turn out damaged, the one before it still spares most of the log. */
const KEPT = 2
/** A replay is short up to here. */
const LEAST = 1000

export const take = ({ engine, streams }: Heard): Taken =>
  ({ size: engine.size, state: JSON.stringify({ engine: engine.snapshot(), streams: streams.save() } satisfies State) })

/** The log has grown by a tenth since the newest snapshot: all of them together cost no more than some ten replays would. */
export async function isDue(tx: Tx, size: number): Promise<boolean> {
  const newest = await tx.db.selectFrom('engine_snapshots').select('size').where('engine', '=', engineVersion())
    .orderBy('size', 'desc').limit(1).executeTakeFirst()
  return size >= (newest?.size ?? 0) * 1.1 + LEAST
}

/** Stores it, unless the log has no checkpoint of that size or somebody was faster; only the newest are kept. */
export async function store(database: Database, organizationId: string, { size, state }: Taken): Promise<void> {
  const plain = await promisify(gzip)(state)
  await database.write(organizationId, async (tx) => {
    const checkpoint = await tx.db.selectFrom('checkpoints').select('root').where('size', '=', size).executeTakeFirst()
    if (!checkpoint) return
    const { root } = checkpoint
    const [engine, keyId] = [engineVersion(), await organizationKey(tx)]
    const box = await sealBytes(tx, keyId, contextOf({ size, root, engine }), plain)
    await tx.db.insertInto('engine_snapshots')
      .values({ organization_id: organizationId, size, root, engine, key_id: keyId, box, taken_at: timestampOf(tx.now) })
      .onConflict((same) => same.columns(['organization_id', 'size']).doUpdateSet({ root, engine, key_id: keyId, box, taken_at: timestampOf(tx.now) }))
      .execute()
    const kept = tx.db.selectFrom('engine_snapshots').select('size').orderBy('taken_at', 'desc').orderBy('size', 'desc').limit(KEPT)
    await tx.db.deleteFrom('engine_snapshots').where('size', 'not in', kept).execute()
  })
}

/** Why a stored snapshot is not used. */
export interface Ignored { readonly size: number; readonly because: 'another engine' | 'another log' | 'damaged' }

/** The newest that fits this engine and the log as the transaction sees it, at most `size` entries of it. */
export async function restore(tx: Tx, size = Infinity, ignore: (ignored: Ignored) => void = () => {}): Promise<Heard | undefined> {
  const rows = await tx.db.selectFrom('engine_snapshots').selectAll().orderBy('size', 'desc').execute()
  for (const row of rows) {
    if (row.size > size) continue
    const found = await opened(tx, row)
    if (typeof found !== 'string') return found
    ignore({ size: row.size, because: found })
  }
  return undefined
}

async function opened(tx: Tx, row: EngineSnapshotRow): Promise<Heard | Ignored['because']> {
  if (row.engine !== engineVersion()) return 'another engine'
  const checkpoint = await tx.db.selectFrom('checkpoints').select('root').where('size', '=', row.size).executeTakeFirst()
  if (!checkpoint?.root.equals(row.root)) return 'another log'
  try {
    const plain = await promisify(gunzip)(await openBytes(tx, row.key_id, contextOf(row), row.box))
    const { engine, streams } = JSON.parse(plain.toString()) as State
    return { engine: createEngine().restore(engine), streams: Streams.load(streams) }
  } catch {
    return 'damaged'
  }
}

/** A box opens as what it was sealed as alone: an altered or exchanged row is damaged. */
const contextOf = ({ size, root, engine }: Pick<EngineSnapshotRow, 'size' | 'root' | 'engine'>) =>
  `engine-snapshot/${size}/${root.toString('hex')}/${engine}`
