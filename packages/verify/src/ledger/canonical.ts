import { utf8, type Bytes } from './bytes.ts'
import { Malformed } from './malformed.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Canonical JSON, RFC 8785: members sorted by UTF-16 code units, ECMAScript's numbers and strings, no white space. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonical(member)}`).join(',')}}`
  }
  throw new Malformed('json', `a ${typeof value} has no JSON form`)
}

export function canonicalBytes(value: unknown): Bytes {
  return utf8(canonical(value))
}

/** Reads JSON that must already be canonical: one value, one spelling (so a repeated member or a stray space is refused). */
export function fromCanonical(text: string, what = 'json'): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw new Malformed(what, 'not JSON')
  }
  if (canonical(value) !== text) throw new Malformed(what, 'not in canonical form (RFC 8785)')
  return value
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new Malformed('json', 'a lone surrogate has no UTF-8 form')
  return JSON.stringify(text)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Malformed('json', `${value} has no JSON form`)
  return JSON.stringify(value)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
