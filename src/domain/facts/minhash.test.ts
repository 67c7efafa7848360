import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bandsOf, bins, fromBytes, signatureOf, similarity, toBytes } from './minhash.ts'

const seed = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])
const words = (count: number, salt: number) => Array.from({ length: count }, (_, i) => `word${(i * 7919 + salt * 104_729) % 1_000_003}`)
const of = (text: string) => signatureOf(text, seed)!
const alike = (a: string, b: string) => similarity(of(a), of(b))

/** The measure itself, computed from all shingles. */
function jaccard(a: string[], b: string[]): number {
  const shingles = (list: string[]) => new Set(list.slice(3).map((_, i) => list.slice(i, i + 4).join(' ')))
  const [left, right] = [shingles(a), shingles(b)]
  const both = [...left].filter((one) => right.has(one)).length
  return both / (left.size + right.size - both)
}

describe('what two texts share', () => {
  it('is everything where only case, spaces and punctuation differ', () => {
    assert.equal(alike('The cart, when EMPTY, shows somebody else’s order.', 'the cart when empty shows   somebody else s order'), 1)
  })

  it('is estimated close to what it is', () => {
    for (const changed of [0, 20, 60, 120, 240]) {
      const text = words(600, 1)
      const other = [...text.slice(0, 600 - changed), ...words(changed, 2)]
      const off = Math.abs(alike(text.join(' '), other.join(' ')) - jaccard(text, other))
      assert.ok(off < 0.14, `${changed} words changed: ${off}`)
    }
  })

  it('is next to nothing for texts about other things, and no band brings them together', () => {
    const [a, b] = [of(words(300, 1).join(' ')), of(words(300, 9).join(' '))]
    assert.ok(similarity(a, b) < 0.05)
    const shared = new Set(bandsOf(a))
    assert.ok(!bandsOf(b).some((band) => shared.has(band)))
  })

  it('brings together, by a band, what is nearly the same', () => {
    const text = words(400, 3)
    const other = [...text.slice(0, 370), ...words(30, 4)]
    const shared = new Set(bandsOf(of(text.join(' '))))
    assert.ok(bandsOf(of(other.join(' '))).some((band) => shared.has(band)))
  })

  it('depends on the key', () => {
    const text = words(200, 5).join(' ')
    assert.ok(similarity(of(text), signatureOf(text, Uint8Array.from([8, 7, 6, 5, 4, 3, 2, 1]))!) < 0.05)
  })

  it('has no signature without words, and one for a single word', () => {
    assert.equal(signatureOf(' \u0000 — ', seed), null)
    assert.equal(alike('XSS', 'xss'), 1)
  })

  it('is the same after it was stored, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const signature = signatureOf(text, seed)
      if (!signature) return
      assert.equal(signature.length, bins)
      assert.deepEqual(fromBytes(toBytes(signature)), signature)
      assert.equal(similarity(signature, of(text)), 1)
    }))
  })
})
