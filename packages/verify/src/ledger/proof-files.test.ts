import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { base64, hex, type Bytes } from './bytes.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'
import { formatAddCheckpoint, parseAddCheckpoint } from './witness.ts'

const hash = base64(new Uint8Array(32).fill(7))
const hashes = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 })
const checkpoint = `log.example\n9\n${hash}\n\n— log.example AAAAAAA=\n`

describe('tlog-proof files', () => {
  it('come back as they were, with and without extra', () => {
    fc.assert(fc.property(fc.maxSafeNat(), hashes, fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined }), (index, proof, extra) => {
      const text = formatTlogProof({ index, hashes: proof, checkpoint, ...(extra && { extra }) })
      const parsed = parseTlogProof(text)
      assert.equal(formatTlogProof(parsed), text)
      assert.deepEqual(parsed.hashes.map(hex), proof.map(hex))
    }))
  })

  it('have the lines of the specification', () => {
    const text = formatTlogProof({ extra: new Uint8Array(3) as Bytes, index: 5, hashes: [new Uint8Array(32).fill(7)], checkpoint })
    assert.equal(text, `c2sp.org/tlog-proof@v1\nextra AAAA\nindex 5\n${hash}\n\n${checkpoint}`)
  })

  const refused = ['', 'c2sp.org/tlog-proof@v2\nindex 1\n\nx', 'c2sp.org/tlog-proof@v1\nindex 1\n', 'c2sp.org/tlog-proof@v1\nindex 01\n\nx',
    'c2sp.org/tlog-proof@v1\nindex -1\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 1 \n\nx', 'c2sp.org/tlog-proof@v1\n\nx', `c2sp.org/tlog-proof@v1\nindex 1\n${hash}=\n\nx`,
      `c2sp.org/tlog-proof@v1\nindex 1\n${hash.slice(4)}\n\nx`,
    'c2sp.org/tlog-proof@v1\nextra AB==\nindex 1\n\nx', 'c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nx',
      'c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nx',
    ' c2sp.org/tlog-proof@v1\nindex 1\n\nx', 'c2sp.org/tlog-proof@v1\r\nindex 1\n\nx', `c2sp.org/tlog-proof@v1\nindex 1\n${`${hash}\n`.repeat(64)}\nx`]
  for (const text of refused) it(`refuse ${JSON.stringify(text.slice(0, 50))}`, () => assert.throws(() => parseTlogProof(text), /^Malformed/))
})

describe('requests to a witness', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(fc.maxSafeNat(), hashes, (oldSize, proof) => {
      const body = formatAddCheckpoint({ oldSize, proof, checkpoint })
      assert.equal(formatAddCheckpoint(parseAddCheckpoint(body)), body)
    }))
  })

  const refused = ['', 'old 1\n', 'old 01\n\nx', 'old\n\nx', 'old 1 2\n\nx', 'size 1\n\nx', `old 1\n${hash.slice(1)}\n\nx`,
    `old 1\n${`${hash}\n`.repeat(64)}\nx`]
  for (const body of refused) it(`refuse ${JSON.stringify(body.slice(0, 50))}`, () => assert.throws(() => parseAddCheckpoint(body), /^Malformed/))
})
