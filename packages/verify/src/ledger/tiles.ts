/** Tiles and entry bundles of c2sp.org/tlog-tiles: 256 hashes or entries each, the last one of a level partial. */
import { concat, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'
import { fold, nodeHash, type NodeId } from './merkle.ts'

export const tileWidth = 256
const tileHeight = 8
const hashLength = 32

export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; 256 is a full tile. */
  readonly width: number
}

/** `x001/x234/067`: three digits an element, all but the last marked with `x`. */
export function numberPath(index: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/.{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

export function parseNumberPath(path: string): number {
  const index = /^(x[0-9]{3}\/)*[0-9]{3}$/.test(path) ? Number(path.replaceAll(/[x/]/g, '')) : NaN
  if (!Number.isSafeInteger(index) || numberPath(index) !== path) throw new Malformed('tile_path', `“${path.slice(0, 80)}”`)
  return index
}

/** The path below the log's prefix: `tile/0/x001/067.p/12`. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${numberPath(index)}${width === tileWidth ? '' : `.p/${width}`}`
}

export function parseTilePath(path: string): Tile {
  const parts = /^tile\/(entries|[0-9]{1,2})\/([x0-9/]+?)(?:\.p\/([0-9]{1,3}))?$/.exec(path)
  const [, level = '', index = '', width] = parts ?? []
  const tile: Tile = { level: level === 'entries' ? level : Number(level), index: parseNumberPath(index), width: Number(width ?? tileWidth) }
  const inRange = tile.width >= 1 && tile.width <= tileWidth && (tile.level === 'entries' || tile.level <= 63)
  if (!inRange || tilePath(tile) !== path) throw new Malformed('tile_path', `“${path.slice(0, 80)}”`)
  return tile
}

/** The tile of a tree of `size` that holds number `index` of `level` there; its width is what that size gives it. */
function tileAt(level: number | 'entries', index: number, size: number): Tile {
  const count = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level))
  return { level, index, width: Math.min(tileWidth, count - index * tileWidth) }
}

/** Every tile and bundle that a tree of `size` has and one of `since` has not: what a log writes when it grows, bundles first. */
export function tilesBetween(since: number, size: number): Tile[] {
  return [...levelBetween('entries', since, size), ...hashLevels(size).flatMap((level) => levelBetween(level, since, size))]
}

function levelBetween(level: number | 'entries', since: number, size: number): Tile[] {
  const unit = tileWidth ** (level === 'entries' ? 0 : level)
  const [had, has] = [Math.floor(since / unit), Math.floor(size / unit)]
  const tiles: Tile[] = []
  for (let index = Math.floor(had / tileWidth); had < has && index * tileWidth < has; index++) tiles.push(tileAt(level, index, size))
  return tiles
}

function hashLevels(size: number): number[] {
  const levels: number[] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) levels.push(level)
  return levels
}

/** The tree nodes whose hashes, one after the other, are the tile. */
export function tileNodes(tile: Tile & { level: number }): NodeId[] {
  return Array.from({ length: tile.width }, (_, i) => ({ level: tile.level * tileHeight, index: tile.index * tileWidth + i }))
}

/** The tile of a tree of `size` from which a complete subtree's hash follows. */
export function tileOfNode({ level, index }: NodeId, size: number): Tile & { level: number } {
  const tileLevel = Math.floor(level / tileHeight)
  const first = index * 2 ** (level % tileHeight)
  return { ...tileAt(tileLevel, Math.floor(first / tileWidth), size), level: tileLevel }
}

/** Computes the hash of a complete subtree from the tile that `tileOfNode` names. */
export function nodeFromTile({ level, index }: NodeId, hashes: readonly Uint8Array[]): Bytes {
  const count = 2 ** (level % tileHeight)
  const start = (index * count) % tileWidth
  if (start + count > hashes.length) throw new Malformed('tile', `too narrow for node ${level}/${index}`)
  return fold(pairUp(hashes.slice(start, start + count)))
}

function pairUp(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  if (hashes.length === 1) return hashes
  return pairUp(Array.from({ length: hashes.length / 2 }, (_, i) => nodeHash(hashes[2 * i]!, hashes[2 * i + 1]!)))
}

export function parseTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * hashLength) throw new Malformed('tile', `${bytes.length} bytes where ${width} hashes are due`)
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashLength, (i + 1) * hashLength))
}

/** Entries one after the other, each after its length as a big-endian uint16. */
export function formatBundle(entries: readonly Uint8Array[]): Bytes {
  return concat(...entries.flatMap((entry) => [lengthPrefix(entry.length), entry]))
}

function lengthPrefix(length: number): Bytes {
  if (length > 0xffff) throw new Malformed('bundle', `an entry of ${length} bytes; 65535 is the most`)
  return Uint8Array.of(length >> 8, length & 0xff)
}

export function parseBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const end = at + 2 > bytes.length ? Infinity : at + 2 + view.getUint16(at)
    if (end > bytes.length) throw new Malformed('bundle', 'cut short')
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw new Malformed('bundle', `${entries.length} entries where ${width} are due`)
  return entries
}
