/** One entry as the log holds it: canonical JSON that names only its time and stream, and commits to the rest. docs/formats/ledger.md, "Leaf". */
import { hmacSha256 } from '#crypto'
import { base64, equal, fromBase64, fromUtf8, utf8, type Bytes } from './bytes.ts'
import { canonical, canonicalBytes, fromCanonical } from './canonical.ts'
import { Malformed } from './malformed.ts'

export interface Leaf {
  /** Milliseconds since 1970 UTC. Set by the sequencer, never decreasing. */
  readonly at: number
  readonly stream: string
  /** HMAC-SHA256(salt1, canonical {kind, cases, marks: HMAC-SHA256(salt3, canonical marks)}). */
  readonly label: Uint8Array
  /** HMAC-SHA256(salt2, canonical facts). */
  readonly seal: Uint8Array
}

/** The marks have a commitment of their own inside the label's, so that a case under embargo can show its kind and hold its marks back. */
export type Label = LabelHead & (OpenMarks | HeldMarks)

export interface LabelHead {
  /** `report.received` */
  readonly kind: string
  /** Subject kind → pseudonym of the subject in this stream. */
  readonly cases: Readonly<Record<string, string>>
  readonly salt1: Uint8Array
}

export interface OpenMarks {
  readonly marks: Readonly<Record<string, string>>
  readonly salt3: Uint8Array
}

export interface HeldMarks {
  /** HMAC-SHA256(salt3, canonical marks), while salt3 and the marks are held back. */
  readonly held: Uint8Array
}

export type Facts = Readonly<Record<string, unknown>>

/** Salts have one length: HMAC pads short keys with zeros, so that two salts of different lengths could stand for each other. */
export const saltLength = 32

export function labelMac(label: Label): Bytes {
  const { kind, cases, salt1 } = label
  const marks = 'held' in label ? label.held : marksMac(label)
  return hmacSha256(salt(salt1), canonicalBytes({ kind, cases, marks: mac(marks) }))
}

export function marksMac({ marks, salt3 }: OpenMarks): Bytes {
  return hmacSha256(salt(salt3), canonicalBytes(marks))
}

export function sealMac(salt2: Uint8Array, facts: Facts): Bytes {
  return hmacSha256(salt(salt2), canonicalBytes(facts))
}

export function leafBytes({ at, stream, label, seal }: Leaf): Bytes {
  return utf8(canonical({ v: 1, at: new Date(at).toISOString(), stream: streamName(stream), label: mac(label), seal: mac(seal) }))
}

export function parseLeaf(bytes: Uint8Array): Leaf {
  const value = fromCanonical(fromUtf8(bytes), 'leaf')
  const { v, at, stream, label, seal, ...rest } = record(value, 'leaf')
  if (v !== 1 || Object.keys(rest).length > 0) throw new Malformed('leaf', 'not of version 1')
  if (typeof stream !== 'string' || typeof label !== 'string' || typeof seal !== 'string') throw new Malformed('leaf', 'a member is missing')
  return { at: timeOf(at), stream: streamName(stream), label: fromBase64(label, 32), seal: fromBase64(seal, 32) }
}

/** Whether the salts open the leaf's commitments to exactly this label and, where given, these facts. */
export function opensTo(leaf: Leaf, label: Label, facts?: { facts: Facts; salt2: Uint8Array }): boolean {
  return equal(labelMac(label), leaf.label) && (!facts || equal(sealMac(facts.salt2, facts.facts), leaf.seal))
}

/** An object with string keys, or the format is wrong. */
export function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(what, 'not an object')
  return value as Record<string, unknown>
}

/** `2026-01-05T09:00:00.000Z`, always in UTC with three decimals. */
function timeOf(at: unknown): number {
  const ms = typeof at === 'string' ? Date.parse(at) : NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== at) throw new Malformed('leaf', 'its time is not in the one accepted form')
  return ms
}

function streamName(stream: string): string {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(stream)) throw new Malformed('leaf', `“${stream.slice(0, 40)}” is no name of a stream`)
  return stream
}

function salt(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== saltLength) throw new Malformed('salt', `${bytes.length} bytes where ${saltLength} are due`)
  return bytes
}

function mac(bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new Malformed('leaf', `${bytes.length} bytes where 32 are due`)
  return base64(bytes)
}
