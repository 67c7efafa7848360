/** SHA-256, FIPS 180-4, synchronous and in plain TypeScript. Only browsers use it; its test holds it to Node's. */
import type { Bytes } from './bytes.ts'

/** Fractional parts of the roots of the first primes: square roots open the state, cube roots are the round constants (sections 4.2.2, 5.3.3). */
const primes = Array.from({ length: 312 }, (_, n) => n).filter((n) => n > 1 && !Array.from({ length: n }, (_, d) => d).some((d) => d > 1 && n % d === 0))
const fraction = (x: number): number => Math.floor((x - Math.floor(x)) * 2 ** 32)
const constants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
const opening = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const schedule = new Uint32Array(64)

export function sha256(message: Uint8Array): Bytes {
  const state = opening.slice()
  const whole = message.length - (message.length % 64)
  const view = new DataView(message.buffer, message.byteOffset, message.length)
  for (let at = 0; at < whole; at += 64) compress(state, view, at)

  const tail = padded(message, whole)
  for (let at = 0; at < tail.byteLength; at += 64) compress(state, tail, at)

  const digest = new DataView(new ArrayBuffer(32))
  state.forEach((word, i) => digest.setUint32(i * 4, word))
  return new Uint8Array(digest.buffer)
}

/** The last, incomplete block, then one bit, zeros, and the length in bits (section 5.1.1). */
function padded(message: Uint8Array, from: number): DataView {
  const rest = message.subarray(from)
  const tail = new Uint8Array(rest.length < 56 ? 64 : 128)
  tail.set(rest)
  tail[rest.length] = 0x80
  const view = new DataView(tail.buffer)
  view.setBigUint64(tail.length - 8, BigInt(message.length) * 8n)
  return view
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** Section 6.2.2. Indices are always in range, so the assertions below cost nothing and hide nothing. */
function compress(state: Uint32Array, block: DataView, at: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = block.getUint32(at + t * 4)
  for (let t = 16; t < 64; t++) {
    const far = schedule[t - 15]!
    const near = schedule[t - 2]!
    const s0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3)
    const s1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10)
    schedule[t] = schedule[t - 16]! + s0 + schedule[t - 7]! + s1
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t]! + schedule[t]!) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word))
}
