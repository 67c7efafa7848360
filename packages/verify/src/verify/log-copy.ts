/** A whole log, downloaded and rebuilt: nothing in it is believed before it leads to the checkpoint's root. */
import { equal, type Bytes } from '../ledger/bytes.ts'
import type { Checkpoint } from '../ledger/checkpoint.ts'
import { parseLeaf, type Leaf } from '../ledger/leaf.ts'
import { leafHash } from '../ledger/merkle.ts'
import { parseBundle, parseTile, tileNodes, tilePath, tilesBetween, tileWidth, type Tile } from '../ledger/tiles.ts'
import { CompactTree } from '../ledger/tree.ts'
import type { Findings } from './findings.ts'
import { inParallel } from './in-parallel.ts'
import type { Source } from './source.ts'

export interface LogCopy {
  readonly leaves: readonly Leaf[]
  /** Roots of the tree at the earlier sizes that were asked for. */
  readonly roots: ReadonlyMap<number, Bytes>
}

export type Progress = (what: string, done: number, of: number) => void

/** Faults: `root_differs`, `tile_differs`, `missing_file`. Answers undefined when the entries do not lead to the root. */
export async function copyLog(
  source: Source,
  checkpoint: Checkpoint,
  sizes: readonly number[],
  findings: Findings,
  progress: Progress,
): Promise<LogCopy | undefined> {
  const tiles = tilesBetween(0, checkpoint.size)
  const bundles = tiles.filter((tile) => tile.level === 'entries')
  const entries = await inParallel(bundles, (bundle) => readBundle(source, bundle), (done) => progress('entries', done, bundles.length))
  const { tree, nodes, roots } = rebuild(entries.flat(), new Set(sizes))
  if (!equal(tree.root(), checkpoint.root)) {
    findings.fault('root_differs', `the ${checkpoint.size} entries served do not lead to the root in the signed checkpoint`)
    return undefined
  }
  const hashTiles = tiles.filter((tile): tile is Tile & { level: number } => tile.level !== 'entries')
  await inParallel(hashTiles, (tile) => checkTile(source, tile, nodes, findings), (done) => progress('tiles', done, hashTiles.length))
  return { leaves: entries.flat().map(parseLeaf), roots }
}

function rebuild(entries: readonly Uint8Array[], sizes: ReadonlySet<number>) {
  const tree = new CompactTree()
  const nodes = new Map<string, Bytes>()
  const roots = new Map<number, Bytes>()
  const keepRoot = () => sizes.has(tree.size) && roots.set(tree.size, tree.root())
  keepRoot()
  for (const entry of entries) {
    tree.append(leafHash(entry), ({ level, index }, hash) => level % 8 === 0 && nodes.set(`${level}/${index}`, hash))
    keepRoot()
  }
  return { tree, nodes, roots }
}

async function readBundle(source: Source, tile: Tile): Promise<Uint8Array[]> {
  const { bytes, width } = await readWide(source, tile)
  return parseBundle(bytes, width).slice(0, tile.width)
}

async function checkTile(source: Source, tile: Tile & { level: number }, nodes: ReadonlyMap<string, Bytes>, findings: Findings): Promise<void> {
  const { bytes, width } = await readWide(source, tile)
  const hashes = parseTile(bytes, width)
  const differs = tileNodes(tile).some(({ level, index }, i) => !equal(hashes[i]!, nodes.get(`${level}/${index}`)!))
  if (differs) findings.fault('tile_differs', `${tilePath(tile)} does not hold the hashes of the entries below it`)
}

/** A log may drop a partial tile once the full one exists. */
async function readWide(source: Source, tile: Tile): Promise<{ bytes: Uint8Array; width: number }> {
  for (const width of new Set([tile.width, tileWidth])) {
    const bytes = await source.get(`log/${tilePath({ ...tile, width })}`)
    if (bytes) return { bytes, width }
  }
  throw new Error(`${tilePath(tile)} is missing`)
}
