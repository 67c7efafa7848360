/**
 * How much two texts share, from signatures that hold no word of them: MinHash by one permutation (Li, Owen, Zhang 2012), empty bins filled
 * from full ones (Shrivastava 2017). The hash is keyed, so that a stored signature says nothing to whoever lacks the key.
 */
export const bins = 128
/** Bands of four bins: two texts whose shingles overlap by 0.6 meet in one of them with 98 in 100, by 0.2 with 5 in 100. */
export const bands = 32
const binsPerBand = bins / bands
const wordsPerShingle = 4
/** Of a longer text the beginning counts: about 100 pages. */
const mostShingles = 50_000
const empty = 0xffff_ffff

export type Signature = Uint32Array

/** `seed` is 8 bytes of a secret. Null for a text without words. */
export function signatureOf(text: string, seed: Uint8Array): Signature | null {
  const [low, high] = halves(seed)
  const signature = new Uint32Array(bins).fill(empty)
  for (const shingle of shinglesOf(text)) {
    const bin = hash(shingle, low) % bins
    signature[bin] = Math.min(signature[bin]!, hash(shingle, high) % empty)
  }
  return signature.every((value) => value === empty) ? null : filled(signature)
}

/** Estimate of the Jaccard similarity of the texts' shingles, 0 to 1; its standard error is at most 0.045. */
export function similarity(a: Signature, b: Signature): number {
  let same = 0
  for (let i = 0; i < bins; i++) if (a[i] === b[i]) same++
  return same / bins
}

/** One number for each band, 32 bits without sign: texts that share one are worth comparing. */
export function bandsOf(signature: Signature): number[] {
  return Array.from({ length: bands }, (_, band) => {
    let mixed = band + 1
    for (const value of signature.subarray(band * binsPerBand, (band + 1) * binsPerBand)) mixed = mix(mixed ^ value)
    return mixed
  })
}

export const toBytes = (signature: Signature): Buffer => Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength)
export const fromBytes = (bytes: Uint8Array): Signature => new Uint32Array(Uint8Array.from(bytes).buffer)

/** Words in a row, however they are written: case, width and what stands between them do not matter. */
function* shinglesOf(text: string): Generator<string> {
  const words: string[] = []
  let count = 0
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(/[\p{L}\p{N}_]+/gu)) {
    words.push(word)
    if (words.length < wordsPerShingle) continue
    yield words.join(' ')
    words.shift()
    if (++count === mostShingles) return
  }
  if (count === 0 && words.length > 0) yield words.join(' ')
}

/** An empty bin takes the value of a full one that chance, the same for every text, names. */
function filled(signature: Signature): Signature {
  const full = signature.slice()
  for (let bin = 0; bin < bins; bin++) {
    for (let step = 1; full[bin] === empty; step++) full[bin] = signature[mix(bin * 0x9e37_79b1 + step) % bins]!
  }
  return full
}

const halves = (seed: Uint8Array): [number, number] => {
  const view = new DataView(seed.buffer, seed.byteOffset, 8)
  return [view.getUint32(0), view.getUint32(4)]
}

/** MurmurHash3's steps (Appleby, public domain) over UTF-16 units. */
function hash(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) {
    const k = Math.imul(text.charCodeAt(i), 0xcc9e_2d51)
    h ^= Math.imul((k << 15) | (k >>> 17), 0x1b87_3593)
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64 | 0
  }
  return mix(h ^ text.length)
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return (h ^ (h >>> 16)) >>> 0
}
