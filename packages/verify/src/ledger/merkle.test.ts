import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { concat, equal, hex, utf8, type Bytes } from './bytes.ts'
import { consistencyNodes, emptyRoot, inclusionNodes, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts'
import { CompactTree, edgeNodes, readProof, type NodeReader } from './tree.ts'

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(utf8(`entry ${i}`)))

/** RFC 6962, section 2.1, word for word. */
function treeHash(hashes: readonly Bytes[]): Bytes {
  if (hashes.length === 0) return emptyRoot()
  if (hashes.length === 1) return hashes[0]!
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)))
}

const read: NodeReader = (nodes) => nodes.map(({ level, index }) => treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))
const sizes = fc.integer({ min: 1, max: leaves.length })
const flipped = (hash: Uint8Array, bit: number): Bytes => concat(hash).map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('the tree', () => {
  it('has the hashes that certificate-transparency’s own test has', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const tree = new CompactTree()
    for (const input of inputs) tree.append(leafHash(Buffer.from(input, 'hex')))
    assert.equal(hex(tree.root()), '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    assert.equal(hex(emptyRoot()), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('grows to the root of the recursive definition at every size, also from a remembered edge', async () => {
    const tree = new CompactTree()
    for (const [i, leaf] of leaves.entries()) {
      assert.ok(equal(tree.root(), treeHash(leaves.slice(0, i))))
      assert.ok(equal(new CompactTree(i, tree.edge).root(), tree.root()))
      assert.deepEqual((await read(edgeNodes(i))).map(hex), tree.edge.map(hex))
      tree.append(leaf)
    }
  })

  it('tells of every complete subtree once', async () => {
    const tree = new CompactTree()
    const seen = new Map<string, string>()
    for (const leaf of leaves.slice(0, 64)) tree.append(leaf, (node, hash) => seen.set(`${node.level}/${node.index}`, hex(hash)))
    assert.equal(seen.size, 127)
    const [hash] = await read([{ level: 5, index: 1 }])
    assert.equal(seen.get('5/1'), hex(hash!))
  })

  it('refuses an edge that cannot belong to its size', () => assert.throws(() => new CompactTree(3, [leaves[0]!]), RangeError))
})

describe('proofs', () => {
  it('show that any leaf is in any tree that holds it, and nothing else', async () => {
    await fc.assert(fc.asyncProperty(sizes, fc.nat(), fc.nat({ max: 255 }), async (size, any, bit) => {
      const index = any % size
      const root = treeHash(leaves.slice(0, size))
      const proof = await readProof(inclusionNodes(index, size), read)
      assert.ok(verifyInclusion(leaves[index]!, index, size, proof, root))
      assert.ok(!verifyInclusion(flipped(leaves[index]!, bit), index, size, proof, root))
      assert.ok(!verifyInclusion(leaves[index]!, index, size, proof, flipped(root, bit)))
      assert.ok(!verifyInclusion(leaves[index]!, index, size, [...proof, leaves[0]!], root))
      for (const i of proof.keys()) assert.ok(!verifyInclusion(leaves[index]!, index, size, proof.with(i, flipped(proof[i]!, bit)), root))
      if (proof.length > 0) assert.ok(!verifyInclusion(leaves[index]!, index, size, proof.slice(1), root))
    }))
  })

  it('show that any tree continues any smaller one, and nothing else', async () => {
    await fc.assert(fc.asyncProperty(sizes, fc.nat(), fc.nat({ max: 255 }), async (to, any, bit) => {
      const from = any % (to + 1)
      const [old, now] = [treeHash(leaves.slice(0, from)), treeHash(leaves.slice(0, to))]
      const proof = await readProof(consistencyNodes(from, to), read)
      assert.ok(verifyConsistency(from, to, proof, old, now))
      assert.ok(!verifyConsistency(from, to, proof, flipped(old, bit), now))
      assert.ok(from === 0 || !verifyConsistency(from, to, proof, old, flipped(now, bit)))
      assert.ok(!verifyConsistency(from, to, [...proof, leaves[0]!], old, now))
      for (const i of proof.keys()) assert.ok(!verifyConsistency(from, to, proof.with(i, flipped(proof[i]!, bit)), old, now))
    }))
  })

  it('are refused for sizes and hashes that cannot be', () => {
    const [leaf] = leaves as [Bytes]
    assert.ok(!verifyInclusion(leaf, 1, 1, [], leaf))
    assert.ok(!verifyInclusion(leaf, -1, 1, [], leaf))
    assert.ok(!verifyInclusion(leaf, 0, 0, [], leaf))
    assert.ok(!verifyInclusion(leaf, 0.5, 1, [], leaf))
    assert.ok(!verifyInclusion(leaf.subarray(1), 0, 1, [], leaf.subarray(1)))
    assert.ok(!verifyConsistency(2, 1, [], leaf, leaf))
    assert.ok(!verifyConsistency(0, 1, [leaf], emptyRoot(), leaf))
    assert.throws(() => inclusionNodes(5, 5), RangeError)
    assert.throws(() => consistencyNodes(6, 5), RangeError)
  })
})
