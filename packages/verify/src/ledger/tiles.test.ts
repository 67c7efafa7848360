import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { concat, equal, utf8, type Bytes } from './bytes.ts'
import { cover, fold, leafHash } from './merkle.ts'
import { formatBundle, nodeFromTile, numberPath, parseBundle, parseNumberPath, parseTile, parseTilePath, tileNodes, tileOfNode, tilePath,
  tilesBetween } from './tiles.ts'
import { CompactTree, edgeNodes } from './tree.ts'

const size = 70_000
const nodes = new Map<string, Bytes>()
const tree = new CompactTree()
for (let i = 0; i < size; i++) tree.append(leafHash(utf8(`entry ${i}`)), ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash))
const node = (level: number, index: number): Bytes => nodes.get(`${level}/${index}`)!

describe('tile paths', () => {
  it('spell the specification’s own examples', () => {
    assert.equal(numberPath(1_234_067), 'x001/x234/067')
    assert.equal(numberPath(0), '000')
    assert.equal(tilePath({ level: 2, index: 1_000, width: 17 }), 'tile/2/x001/000.p/17')
    assert.equal(tilePath({ level: 'entries', index: 5, width: 256 }), 'tile/entries/005')
  })

  it('come back as they were', () => {
    fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 63 }), fc.integer({ min: 1, max: 256 }), (index, level, width) => {
      assert.equal(parseNumberPath(numberPath(index)), index)
      assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width })
    }))
  })

  const refused = ['tile/0/0', 'tile/0/0000', 'tile/0/x000/001', 'tile/00/001', 'tile/64/001', 'tile/0/001.p/0', 'tile/0/001.p/256', 'tile/0/001.p/07',
    'tile/0/001/',
    'tile/0/001.p/', '/tile/0/001', 'tile/0/x001', 'tile/x/001', 'tile/0/001.p/1\n', 'tile/0/../001', 'tile/entries', `tile/0/${'x999/'.repeat(8)}999`]
  for (const path of refused) it(`refuse ${JSON.stringify(path)}`, () => assert.throws(() => parseTilePath(path), { code: 'malformed_tile_path' }))
})

describe('tiles', () => {
  it('are those the specification counts for 70,000 entries', () => {
    const tiles = tilesBetween(0, size)
    const count = (level: number | 'entries', full: boolean) => tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length
    assert.deepEqual([count(0, true), count(0, false), count(1, true), count(1, false), count(2, true), count(2, false)], [273, 1, 1, 1, 0, 1])
    assert.deepEqual(tilesBetween(0, 256).map(tilePath), ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
    assert.deepEqual(tilesBetween(256, 257).map(tilePath), ['tile/entries/001.p/1', 'tile/0/001.p/1'])
    assert.deepEqual(tilesBetween(257, 257), [])
    assert.deepEqual(tilesBetween(0, 0), [])
  })

  it('written step by step cover what is written at once', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: size }), { minLength: 1, maxLength: 6 }), (stops) => {
      const sizes = [0, ...stops.toSorted((a, b) => a - b)]
      const last = sizes.at(-1)!
      const steps = new Set(sizes.slice(1).flatMap((to, i) => tilesBetween(sizes[i]!, to)).map(tilePath))
      for (const tile of tilesBetween(0, last)) assert.ok(steps.has(tilePath(tile)), tilePath(tile))
    }))
  })

  it('give back the hash of every complete subtree', () => {
    fc.assert(fc.property(fc.nat({ max: 16 }), fc.nat(), (level, any) => {
      const index = any % Math.floor(size / 2 ** level)
      const tile = tileOfNode({ level, index }, size)
      const hashes = tileNodes(tile).map((id) => node(id.level, id.index))
      assert.ok(equal(nodeFromTile({ level, index }, parseTile(concat(...hashes), tile.width)), node(level, index)))
    }))
  })

  it('give back the root', () => {
    const hashes = edgeNodes(size).map((id) => nodeFromTile(id, tileNodes(tileOfNode(id, size)).map(({ level, index }) => node(level, index))))
    assert.ok(equal(fold(hashes), tree.root()))
    assert.deepEqual(cover(0, 7), [{ level: 2, index: 0 }, { level: 1, index: 2 }, { level: 0, index: 6 }])
  })

  it('of a wrong width are refused', () => {
    assert.throws(() => parseTile(new Uint8Array(33), 1), { code: 'malformed_tile' })
    assert.throws(() => parseTile(new Uint8Array(32), 2), { code: 'malformed_tile' })
    assert.throws(() => nodeFromTile({ level: 1, index: 0 }, [new Uint8Array(32)]), { code: 'malformed_tile' })
  })
})

describe('entry bundles', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
      const parsed = parseBundle(formatBundle(entries), entries.length)
      assert.ok(entries.every((entry, i) => equal(entry, parsed[i]!)))
    }))
  })

  it('cut short, too long or of a wrong count are refused', () => {
    const bundle = formatBundle([utf8('one'), utf8('two')])
    for (const bytes of [bundle.subarray(0, -1), concat(bundle, Uint8Array.of(0)), concat(bundle, Uint8Array.of(0, 0)), bundle.subarray(0, 5)]) {
      assert.throws(() => parseBundle(bytes, 2), { code: 'malformed_bundle' })
    }
    assert.throws(() => formatBundle([new Uint8Array(65_536)]), { code: 'malformed_bundle' })
  })
})
