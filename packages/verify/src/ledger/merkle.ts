/** Merkle tree hashes and proofs of RFC 6962, section 2.1, over SHA-256. Sizes and indices are numbers below 2^53. */
import { sha256 } from '#crypto'
import { concat, equal, type Bytes } from './bytes.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

export function emptyRoot(): Bytes {
  return sha256(new Uint8Array())
}

export function leafHash(entry: Uint8Array): Bytes {
  return sha256(concat(leafPrefix, entry))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  return sha256(concat(nodePrefix, left, right))
}

/** Root of the complete subtree of 2^level leaves that begins at leaf index · 2^level. */
export interface NodeId {
  readonly level: number
  readonly index: number
}

/** The complete subtrees that make up the leaves `start` up to `end`, from left to right. `start` must be a multiple of the largest of them. */
export function cover(start: number, end: number): NodeId[] {
  const nodes: NodeId[] = []
  for (let from = start; from < end; ) {
    const level = Math.floor(Math.log2(end - from))
    const exact = 2 ** level > end - from ? level - 1 : level
    nodes.push({ level: exact, index: from / 2 ** exact })
    from += 2 ** exact
  }
  return nodes
}

/** Joins the hashes of `cover(start, end)` to the one hash of that range; the whole tree's is its root. */
export function fold(hashes: readonly Uint8Array[]): Bytes {
  if (hashes.length === 0) return emptyRoot()
  return hashes.reduceRight((right, left) => nodeHash(left, right)) as Bytes
}

/** The nodes whose folded hashes are, in order, the proof that leaf `index` is in the tree of `size` leaves. */
export function inclusionNodes(index: number, size: number): NodeId[][] {
  if (index < 0 || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  return path(index, 0, size)
}

function path(index: number, start: number, end: number): NodeId[][] {
  if (end - start === 1) return []
  const split = start + splitPoint(end - start)
  return index < split ? [...path(index, start, split), cover(split, end)] : [...path(index, split, end), cover(start, split)]
}

/** The nodes whose folded hashes are, in order, the proof that the tree of `from` leaves is a prefix of that of `to`. Empty when `from` is 0 or `to`. */
export function consistencyNodes(from: number, to: number): NodeId[][] {
  if (from < 0 || from > to) throw new RangeError(`a tree of ${from} is no prefix of one of ${to}`)
  return from === 0 || from === to ? [] : subproof(from, 0, to, true)
}

function subproof(size: number, start: number, end: number, whole: boolean): NodeId[][] {
  if (size === end) return whole ? [] : [cover(start, end)]
  const split = start + splitPoint(end - start)
  return size <= split
    ? [...subproof(size, start, split, whole), cover(split, end)]
    : [...subproof(size, split, end, false), cover(start, split)]
}

/** The largest power of two below `count`. */
function splitPoint(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** Algorithm of RFC 9162, section 2.1.3.2. */
export function verifyInclusion(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, root, ...proof])) return false
  let hash = leaf
  let node = index
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equal(hash, root)
}

/**
 * Algorithm of RFC 9162, section 2.1.4.2. From size 0 the proof is empty and says nothing about `to`, except that the old root must be the empty
 * tree's (docs/formats/ledger.md, "Size 0").
 */
export function verifyConsistency(from: number, to: number, proof: readonly Uint8Array[], fromRoot: Uint8Array, toRoot: Uint8Array): boolean {
  if (!isSize(from) || !isSize(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false
  if (from === to) return proof.length === 0 && equal(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && equal(fromRoot, emptyRoot())
  return walkConsistency(from, to, isPowerOfTwo(from) ? [fromRoot, ...proof] : proof, fromRoot, toRoot)
}

function walkConsistency(from: number, to: number, proof: readonly Uint8Array[], fromRoot: Uint8Array, toRoot: Uint8Array): boolean {
  const [seed, ...siblings] = proof
  if (seed === undefined || siblings.length === 0) return false
  let [node, last] = [from - 1, to - 1]
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  let [old, now] = [seed, seed]
  for (const sibling of siblings) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      old = nodeHash(sibling, old)
      now = nodeHash(sibling, now)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      now = nodeHash(now, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equal(old, fromRoot) && equal(now, toRoot)
}

// Bitwise operators would cut numbers to 32 bits.
const isOdd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const isPowerOfTwo = (n: number): boolean => 2 ** Math.floor(Math.log2(n)) === n
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === 32)
