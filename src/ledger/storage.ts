import { parseTile, tileOfNode, nodeFromTile, type Bytes, type NodeId, type Tile } from 'avow-verify'
import { sql } from 'kysely'
import type { Tx } from '../db/tx.ts'
import { emptyLog, partialRange, type LogState } from './log-state.ts'
import type { CheckpointRow } from './tables.ts'

/** Named one by one, so that the sequencer's statement stays prepared. */
const checkpointColumns = ['organization_id', 'size', 'previous_size', 'root', 'note', 'at_ms'] as const satisfies (keyof CheckpointRow)[]

/** The newest state of the log; none before its first entry. */
export const newestCheckpoint = (tx: Tx): Promise<CheckpointRow | undefined> =>
  tx.db.selectFrom('checkpoints').select(checkpointColumns).orderBy('size', 'desc').limit(1).executeTakeFirst()

/** The newest state that the public may see: with spacing, the one that was newest when the last interval began. */
export async function publishedCheckpoint(tx: Tx): Promise<CheckpointRow | undefined> {
  const publication = await tx.db.selectFrom('log_publication').select('spacing_seconds').executeTakeFirst()
  const spacingMs = (publication?.spacing_seconds ?? 0) * 1000
  if (spacingMs === 0) return newestCheckpoint(tx)
  const now = tx.now.epochMilliseconds
  return tx.db.selectFrom('checkpoints').selectAll().where('at_ms', '<=', now - (now % spacingMs)).orderBy('size', 'desc').limit(1).executeTakeFirst()
}

/** The hashes `from` up to `to` of a level of tiles: of leaves at level 0, above it the roots of full tiles below. */
export async function readHashes(tx: Tx, level: number, from: number, to: number): Promise<Bytes[]> {
  if (from >= to) return []
  const source = level === 0 ? sql`leaves` : sql`(select index, root as hash from tiles where level = ${level - 1}) as roots`
  const { rows } = await sql<{ hash: Buffer }>`select hash from ${source} where index >= ${from} and index < ${to} order by index`.execute(tx.db)
  return rows.map(({ hash }) => Uint8Array.from(hash))
}

/** The right edge of a log of `size` entries as it is stored. */
export async function readState(tx: Tx, size: number): Promise<LogState> {
  const partial: Bytes[][] = []
  for (let level = 0; 256 ** level <= size; level++) {
    const { from, to } = partialRange(level, size)
    partial.push(await readHashes(tx, level, from, to))
  }
  return size === 0 ? emptyLog : { size, partial }
}

/** The hashes of one tile, whether it is stored whole or has to be put together. */
export async function readTile(tx: Tx, { level, index, width }: Tile & { level: number }): Promise<Bytes[]> {
  if (width === 256) {
    const stored = await tx.db.selectFrom('tiles').select('hashes').where('level', '=', level).where('index', '=', index).executeTakeFirst()
    return stored ? parseTile(stored.hashes, 256).map((hash) => Uint8Array.from(hash)) : []
  }
  return readHashes(tx, level, index * 256, index * 256 + width)
}

/** Reads nodes of the tree of `size` for proofs; each tile once. */
export function nodeReader(tx: Tx, size: number): (nodes: readonly NodeId[]) => Promise<Bytes[]> {
  const tiles = new Map<string, Bytes[]>()
  return async (nodes) => {
    const hashes: Bytes[] = []
    for (const node of nodes) {
      const tile = tileOfNode(node, size)
      const name = `${tile.level}/${tile.index}`
      const known = tiles.get(name) ?? await readTile(tx, tile)
      tiles.set(name, known)
      hashes.push(nodeFromTile(node, known))
    }
    return hashes
  }
}
