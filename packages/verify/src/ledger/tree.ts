import type { Bytes } from './bytes.ts'
import { cover, fold, nodeHash, type NodeId } from './merkle.ts'

/** A growing tree that keeps only its right edge: one hash for each bit set in its size. Appending costs O(1) on average, the root O(log n). */
export class CompactTree {
  #size: number
  readonly #edge: Bytes[]

  /** Continues a tree of `size` leaves whose right edge (`edgeNodes(size)`, left to right) is `edge`. */
  constructor(size = 0, edge: readonly Uint8Array[] = []) {
    const due = edgeNodes(size).length
    if (edge.length !== due) throw new RangeError(`a tree of ${size} leaves has an edge of ${due} hashes, not ${edge.length}`)
    this.#size = size
    this.#edge = edge.map((hash) => Uint8Array.from(hash))
  }

  get size(): number {
    return this.#size
  }

  get edge(): readonly Bytes[] {
    return this.#edge
  }

  /** Adds one leaf hash. `completed` hears of every subtree that this completes, from the leaf upwards. */
  append(hash: Bytes, completed?: (node: NodeId, hash: Bytes) => void): void {
    let top = hash
    let node = { level: 0, index: this.#size }
    completed?.(node, top)
    while (node.index % 2 === 1) {
      top = nodeHash(this.#edge.pop()!, top)
      node = { level: node.level + 1, index: Math.floor(node.index / 2) }
      completed?.(node, top)
    }
    this.#edge.push(top)
    this.#size += 1
  }

  root(): Bytes {
    return fold(this.#edge)
  }
}

export function edgeNodes(size: number): NodeId[] {
  return cover(0, size)
}

/** Reads hashes of complete subtrees, in the order asked for. */
export type NodeReader = (nodes: readonly NodeId[]) => Promise<Uint8Array[]> | Uint8Array[]

/** Turns `inclusionNodes`, `consistencyNodes` or `[edgeNodes(size)]` into hashes, reading all that is needed at once. */
export async function readProof(ranges: readonly (readonly NodeId[])[], read: NodeReader): Promise<Bytes[]> {
  const hashes = await read(ranges.flat())
  let at = 0
  return ranges.map((range) => fold(hashes.slice(at, (at += range.length))))
}
