/**
 * Facts in parts, each with a commitment of its own, so that some can be opened and the others stay sealed. The root of all of them is the mark
 * `parts` of the entry, and so in its leaf from the moment it was recorded. docs/formats/duplicates.md, "Parts".
 */
import { hmacSha256, sha256 } from '#crypto'
import { base64, equal, fromBase64, hex, utf8, type Bytes } from './bytes.ts'
import { canonicalBytes, type Json } from './canonical.ts'
import { record, saltLength, type Facts } from './leaf.ts'
import { Malformed } from './malformed.ts'

export interface Part {
  /** The member that it is a part of: `description`, `tools/0/output`. */
  readonly of: string
  /** A line of a text with its line feed; of what is no text, the value itself. */
  readonly value: Json
}

export type SealedPart = Pick<Part, 'of'> & { readonly mac: Uint8Array }
export type OpenPart = Part & { readonly salt: Uint8Array }

/** The most parts that one text is cut into. */
const mostPieces = 500

/** All parts of the facts, in the order of their canonical form. */
export const partsOf = (facts: Facts): Part[] => partsOfValue('', facts as Json)

function partsOfValue(of: string, value: Json): Part[] {
  if (typeof value === 'string') return linesOf(value).map((line) => ({ of, value: line }))
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return [{ of, value }]
  const members = Array.isArray(value) ? value.map((item, i) => [String(i), item] as const) : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return members.flatMap(([name, member]) => partsOfValue(of === '' ? name : `${of}/${name}`, member as Json))
}

/** Lines with their line feeds; where there are more than 500, as many together as it takes. */
function linesOf(text: string): string[] {
  const lines = text.split(/(?<=\n)/)
  if (lines.length <= mostPieces) return lines
  const together = Math.ceil(lines.length / mostPieces)
  return Array.from({ length: Math.ceil(lines.length / together) }, (_, i) => lines.slice(i * together, (i + 1) * together).join(''))
}

/** The salt of the nth part, so that one seed of 32 bytes stands for all of them and a salt tells nothing of its neighbours. */
export const partSalt = (seed: Uint8Array, n: number): Bytes => hmacSha256(seed, utf8(`part ${n}`))

export const partMac = ({ of, value, salt }: OpenPart): Bytes => hmacSha256(salt, canonicalBytes({ of, value }))

export const sealParts = (parts: readonly Part[], seed: Uint8Array): SealedPart[] =>
  parts.map((part, n) => ({ of: part.of, mac: partMac({ ...part, salt: partSalt(seed, n) }) }))

/** What the mark `parts` holds: the SHA-256, in hexadecimal, of all commitments in order. */
export const partsRoot = (parts: readonly SealedPart[]): string => hex(sha256(canonicalBytes(parts.map(({ of, mac }) => [of, base64(mac)]))))

/** Whether these parts, open or sealed, are exactly those that the root commits to. */
export function partsMatch(parts: readonly (SealedPart | OpenPart)[], root: string): boolean {
  const found = partsRoot(parts.map((part) => ('mac' in part ? part : { of: part.of, mac: partMac(part) })))
  return equal(utf8(found), utf8(root))
}

export const writePart = (part: SealedPart | OpenPart): Json =>
  'mac' in part ? { of: part.of, mac: base64(part.mac) } : { of: part.of, value: part.value, salt: base64(part.salt) }

export function readPart(json: unknown): SealedPart | OpenPart {
  const { of, mac, value, salt, ...rest } = record(json, 'part')
  if (typeof of !== 'string' || Object.keys(rest).length > 0) throw new Malformed('part', 'members too many or too few')
  if (typeof mac === 'string' && value === undefined && salt === undefined) return { of, mac: fromBase64(mac, 32) }
  if (mac !== undefined || value === undefined || typeof salt !== 'string') throw new Malformed('part', 'it is either open or sealed')
  return { of, value: value as Json, salt: fromBase64(salt, saltLength) }
}
