import { CompactTree, cover, nodeFromTile, tileOfNode, tileWidth, type Bytes } from 'avow-verify'

/** The right edge of a log: for each level of tiles the hashes of its partial tile. Whatever the log's length, a few hundred hashes. */
export interface LogState {
  readonly size: number
  readonly partial: readonly (readonly Bytes[])[]
}

export interface FullTile { readonly level: number; readonly index: number; readonly hashes: Bytes; readonly root: Bytes }

export const emptyLog: LogState = { size: 0, partial: [] }

/** The tree's right edge, folded from the partial tiles. */
export function treeOf({ size, partial }: LogState): CompactTree {
  const edge = cover(0, size).map((node) => nodeFromTile(node, partial[tileOfNode(node, size).level] ?? []))
  return new CompactTree(size, edge)
}

/** Appends leaf hashes. The state that it started from stays as it is, so that a commit that fails leaves nothing behind. */
export function grow(state: LogState, leafHashes: readonly Bytes[]): { state: LogState; root: Bytes; tiles: FullTile[] } {
  const tree = treeOf(state)
  const partial = state.partial.map((hashes) => [...hashes])
  const tiles: FullTile[] = []
  for (const leaf of leafHashes) {
    tree.append(leaf, (node, hash) => {
      if (node.level % 8 !== 0) return
      const level = node.level / 8
      if (level > 0) tiles.push({ level: level - 1, index: node.index, hashes: Buffer.concat(partial[level - 1]!.splice(0)), root: hash })
      ;(partial[level] ??= []).push(hash)
    })
  }
  return { state: { size: tree.size, partial }, root: tree.root(), tiles }
}

/** How many hashes a level has in all, and so where its partial tile begins. */
export function partialRange(level: number, size: number): { from: number; to: number } {
  const to = Math.floor(size / tileWidth ** level)
  return { from: to - (to % tileWidth), to }
}
