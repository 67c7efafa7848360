import assert from 'node:assert/strict'
import { createHmac, hash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hmacSha256 } from './crypto-web.ts'
import { sha256 } from './sha256.ts'

describe('the browser’s SHA-256', () => {
  it('agrees with Node for every length around the block size', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 167 + 13) & 0xff)
    for (let length = 0; length <= bytes.length; length++) {
      const message = bytes.subarray(0, length)
      assert.equal(Buffer.from(sha256(message)).toString('hex'), hash('sha256', message))
    }
  })

  it('agrees with Node for any bytes, and so does its HMAC', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 100 }), (message, key) => {
      assert.equal(Buffer.from(sha256(message)).toString('hex'), hash('sha256', message))
      assert.equal(Buffer.from(hmacSha256(key, message)).toString('hex'), createHmac('sha256', key).update(message).digest('hex'))
    }))
  })
})
