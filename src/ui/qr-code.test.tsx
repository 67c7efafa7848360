import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeQR } from 'qr/decode.js'
import { QrCode } from './qr-code.tsx'

test('it is read by a camera as the text that was drawn', () => {
  const text = 'otpauth://totp/Example:ada%40example.org?issuer=Example&secret=NB2W45DFOIZA&algorithm=SHA1&digits=6&period=30'
  assert.equal(decodeQR(painted(QrCode({ text, label: 'Code' }).toString())), text)
})

/** The drawing as pixels, four to a module, as a camera would see it. */
function painted(svg: string): { width: number; height: number; data: Uint8Array } {
  const scale = 4
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]) * scale
  const data = new Uint8Array(size * size * 4).fill(255)
  for (const [, ...run] of svg.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    const [x, y, width] = run.map((n) => Number(n) * scale) as [number, number, number]
    for (let row = y; row < y + scale; row++) data.fill(0, (row * size + x) * 4, (row * size + x + width) * 4)
  }
  return { width: size, height: size, data }
}
