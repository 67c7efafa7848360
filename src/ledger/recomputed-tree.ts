import { CompactTree, leafHash, tileWidth, type Bytes } from 'avow-verify'
import type { TileRow } from './tables.ts'

/** The tree that the leaves give, from the first to the last, with every hash of every tile and the state at each size that was signed. */
export class RecomputedTree {
  readonly states = new Map<number, { root: Bytes; at: number }>()
  readonly #tree = new CompactTree()
  readonly #hashes: Bytes[][] = []
  readonly #signed: ReadonlySet<number>

  constructor(signedSizes: readonly number[]) { this.#signed = new Set(signedSizes) }

  get size(): number { return this.#tree.size }

  add(leaf: Uint8Array, at: number): void {
    this.#tree.append(leafHash(leaf), ({ level }, hash) => {
      if (level % 8 === 0) (this.#hashes[level / 8] ??= []).push(hash)
    })
    if (this.#signed.has(this.size)) this.states.set(this.size, { root: this.#tree.root(), at })
  }

  /** How many full tiles there have to be. */
  get fullTiles(): number {
    return this.#hashes.reduce((count, hashes) => count + Math.floor(hashes.length / tileWidth), 0)
  }

  fits({ level, index, hashes, root }: Pick<TileRow, 'level' | 'index' | 'hashes' | 'root'>): boolean {
    const expected = this.#hashes[level]?.slice(index * tileWidth, (index + 1) * tileWidth) ?? []
    return Buffer.concat(expected).equals(hashes) && root.equals(this.#hashes[level + 1]?.[index] ?? new Uint8Array())
  }
}
