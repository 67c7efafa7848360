import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { BrokenSeal } from './box.ts'
import { CHUNK_BYTES, openChunk, pieces, sealChunk } from './chunks.ts'

const key = Buffer.alloc(32, 5)
const bound = Buffer.from('a file')

async function* inParts(content: Buffer, partBytes: number) {
  for (let at = 0; at < content.length; at += partBytes) yield content.subarray(at, at + partBytes)
}

async function sealed(content: Buffer, partBytes = 10_000) {
  const chunks: Buffer[] = []
  for await (const { plain, last } of pieces(inParts(content, partBytes))) chunks.push(sealChunk(key, bound, chunks.length, last, plain))
  return chunks
}

const opened = (chunks: Buffer[]) => Buffer.concat(chunks.map((chunk, i) => openChunk(key, bound, i, i === chunks.length - 1, chunk)))

test('it opens files of every size at the edges of a chunk, however they arrived', async () => {
  for (const size of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17]) {
    const content = randomBytes(size)
    for (const partBytes of [1000, CHUNK_BYTES, 5 * CHUNK_BYTES]) {
      const chunks = await sealed(content, partBytes)
      assert.equal(chunks.length, Math.max(1, Math.ceil(size / CHUNK_BYTES)))
      assert.deepEqual(opened(chunks), content)
    }
  }
})

test('it notices chunks that are cut off, left out, swapped, repeated or changed', async () => {
  const chunks = await sealed(randomBytes(3 * CHUNK_BYTES))
  const [a, b, c] = chunks as [Buffer, Buffer, Buffer]
  const flipped = Buffer.from(b)
  flipped[100]! ^= 1
  for (const wrong of [[a, b], [a, c], [b, a, c], [a, b, b, c], [a, b, c, c], [a, flipped, c], [a, b, c.subarray(0, 15)]]) {
    assert.throws(() => opened(wrong), BrokenSeal)
  }
})

test('it opens for the file that it was sealed for alone', async () => {
  const [chunk] = await sealed(Buffer.from('hello'))
  assert.throws(() => openChunk(key, Buffer.from('another file'), 0, true, chunk!), BrokenSeal)
})
