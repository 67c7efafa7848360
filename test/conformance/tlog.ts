/** Logs in the files of c2sp.org/tlog-tiles, one folder each: checkpoints (`checkpoint`, `checkpoint.N`), hash tiles and entry bundles. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import * as log from 'avow-verify'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

export const tlog: Judge = async function* (folder, { tlogKey }) {
  const files = filesBelow(folder)
  const logs = new Set(files.filter((file) => /^checkpoint(\.\d+)?$/.test(basename(file))).map(dirname))
  for (const home of logs) {
    const key = log.parseVkey(keyBeside(home) ?? tlogKey)
    const tree = new LocalLog(home)
    for (const file of files.filter((candidate) => candidate.startsWith(`${home}/`))) {
      const name = relative(folder, file)
      const path = relative(home, file)
      if (path.startsWith('checkpoint')) yield await attempt(name, () => judgeCheckpoint(tree, key, readFileSync(file)))
      else if (path.startsWith('tile/')) yield await attempt(name, () => judgeTile(tree, log.parseTilePath(path), readFileSync(file)))
      else yield skipped(name, 'no file of a log')
    }
  }
}

/** A verifier key in a text file of the log's folder or of the one above. */
function keyBeside(home: string): string | undefined {
  const candidates = ['key', 'key.pub', 'vkey', 'log.pub', 'log.vkey'].flatMap((name) => [join(home, name), join(home, '..', name)])
  const found = candidates.find((file) => existsSync(file))
  return found && readFileSync(found, 'utf8').trim()
}

/** The leaves that the bundles of a folder hold, and every tree over a prefix of them. */
class LocalLog {
  readonly #home: string
  readonly #leaves: Uint8Array[] = []

  constructor(home: string) {
    this.#home = home
    const bundles = filesBelow(home).map((file) => relative(home, file)).filter((path) => path.startsWith('tile/entries/')).map(log.parseTilePath)
    const widest = Map.groupBy(bundles, ({ index }) => index)
    for (let index = 0; widest.has(index); index++) {
      const tile = widest.get(index)!.reduce((a, b) => (a.width > b.width ? a : b))
      this.#leaves.push(...this.entries(tile).map(log.leafHash))
    }
  }

  get size(): number {
    return this.#leaves.length
  }

  entries(tile: log.Tile): Uint8Array[] {
    return log.parseBundle(readFileSync(join(this.#home, log.tilePath(tile))), tile.width)
  }

  leaves(start: number, end: number): Uint8Array[] {
    return this.#leaves.slice(start, end)
  }

  read: log.NodeReader = (nodes) => nodes.map((node) => this.#subtree(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level))

  #subtree(start: number, end: number): Uint8Array {
    const tree = new log.CompactTree()
    for (const leaf of this.leaves(start, end)) tree.append(leaf as log.Bytes)
    return tree.root()
  }

  async root(size: number): Promise<Uint8Array> {
    const [root] = await log.readProof([log.edgeNodes(size)], this.read)
    return root!
  }
}

async function judgeCheckpoint(tree: LocalLog, key: log.VerifierKey, note: Uint8Array): Promise<string | undefined> {
  const checkpoint = log.parseCheckpoint(log.fromUtf8(note))
  if (!(await log.isSignedBy(key, checkpoint.note))) return `not signed by ${key.name}`
  if (checkpoint.size > tree.size) return `of size ${checkpoint.size}, but the bundles hold ${tree.size} entries`
  if (!log.equal(await tree.root(checkpoint.size), checkpoint.root)) return 'its root does not follow from the entries'
  return judgeProofs(tree, checkpoint)
}

/** Every entry's inclusion proof, and the consistency proof from every smaller size (from a sample where the log is long). */
async function judgeProofs(tree: LocalLog, { size, root }: log.Checkpoint): Promise<string | undefined> {
  const step = Math.max(1, Math.floor(size / 32))
  for (let index = 0; index < size; index += step) {
    const [leaf] = tree.leaves(index, index + 1)
    const inclusion = await log.readProof(log.inclusionNodes(index, size), tree.read)
    if (!log.verifyInclusion(leaf!, index, size, inclusion, root)) return `no proof that it includes entry ${index}`
    const consistency = await log.readProof(log.consistencyNodes(index, size), tree.read)
    if (!log.verifyConsistency(index, size, consistency, await tree.root(index), root)) return `no proof that it continues size ${index}`
  }
  return undefined
}

async function judgeTile(tree: LocalLog, tile: log.Tile, bytes: Uint8Array): Promise<string | undefined> {
  if (tile.level === 'entries') {
    const entries = log.parseBundle(bytes, tile.width)
    const leaves = tree.leaves(tile.index * log.tileWidth, tile.index * log.tileWidth + tile.width)
    if (!entries.every((entry, i) => log.equal(log.leafHash(entry), leaves[i]!))) return 'its entries differ from those of a wider bundle'
    return log.equal(log.formatBundle(entries), bytes) ? undefined : 'we would write it otherwise'
  }
  const hashes = await tree.read(log.tileNodes({ ...tile, level: tile.level }))
  return log.equal(log.concat(...hashes), bytes) ? undefined : 'its hashes do not follow from the entries'
}
