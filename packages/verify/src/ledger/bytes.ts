import { Malformed } from './malformed.ts'

// A byte order mark is a byte like any other here: whatever was signed must come back exactly.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

export type Bytes = Uint8Array<ArrayBuffer>

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

/** Throws `malformed_utf8` instead of replacing what cannot be read. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Malformed('utf8', 'not valid UTF-8')
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** For public values only: it stops at the first difference. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** RFC 4648, section 4, with padding. */
export function base64(bytes: Uint8Array): string {
  // A log is mostly base64; browsers of before 2025 do it by hand.
  if (bytes.toBase64) return bytes.toBase64()
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** Accepts only what `base64` prints, so that one value has one spelling (no white space, no missing padding, no stray bits). */
export function fromBase64(text: string, length?: number): Bytes {
  const bytes = decodeBase64(text)
  if (base64(bytes) !== text) throw new Malformed('base64', 'not the canonical spelling')
  if (length !== undefined && bytes.length !== length) throw new Malformed('base64', `${bytes.length} bytes where ${length} are due`)
  return bytes
}

function decodeBase64(text: string): Bytes {
  try {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text)
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    throw new Malformed('base64', 'characters outside the alphabet')
  }
}

/** Unsigned 64-bit, big-endian. */
export function uint64(value: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** A decimal without leading zeros, at most 2^53 − 1; anything else is malformed. */
export function fromDecimal(text: string, what: string): number {
  const value = Number(text)
  if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(value)) throw new Malformed(what, `“${text.slice(0, 40)}” is not a size`)
  return value
}
