/** What the reporter of a duplicate is given: which entry came first, and once that one is disclosed, what it says. docs/formats/duplicates.md. */
import { sha256 } from '#crypto'
import { base64, fromBase64, fromUtf8, utf8, type Bytes } from './bytes.ts'
import { canonical, fromCanonical } from './canonical.ts'
import { leafBytes, parseLeaf, record, type Facts, type LabelHead, type Leaf, type OpenMarks } from './leaf.ts'
import { Malformed } from './malformed.ts'
import { formatOpening, parseOpening } from './openings.ts'
import { readPart, writePart, type OpenPart, type SealedPart } from './parts.ts'

export interface Duplicate {
  /** Receipt of the entry `report.original-named`, a tlog-proof with its `extra`. */
  readonly choice: string
  /** That entry's facts. */
  readonly named: { readonly index: number; readonly leafSha256: Uint8Array }
  readonly original: {
    readonly leaf: Leaf
    /** A tlog-proof without `extra`. */
    readonly proof: string
  }
  /** Absent until the original is disclosed. */
  readonly opening?: OriginalOpening
}

export type OriginalOpening = LabelHead & OpenMarks & {
  /** A report is opened in parts. */
  readonly parts?: readonly (SealedPart | OpenPart)[]
  /** What is no report is opened whole. */
  readonly facts?: Facts
  readonly salt2?: Uint8Array
}

export const leafSha256 = (leaf: Leaf): Bytes => sha256(leafBytes(leaf))

/** The facts of `report.original-named`. */
export const namedFacts = ({ index, leafSha256: hash }: Duplicate['named']) => ({ index, leaf_sha256: base64(hash) })

/** One line of canonical JSON with its line feed. */
export function formatDuplicate({ choice, named, original, opening }: Duplicate): string {
  const { leaf, proof } = original
  return `${canonical({
    v: 1, choice, named: namedFacts(named), original: { leaf: fromUtf8(leafBytes(leaf)), proof }, ...(opening && { opening: writePartOpening(opening) }),
  })}\n`
}

export function parseDuplicate(text: string): Duplicate {
  if (!text.endsWith('\n')) throw new Malformed('duplicate', 'its line does not end')
  const { v, choice, named, original, opening, ...rest } = record(fromCanonical(text.slice(0, -1), 'duplicate'), 'duplicate')
  const { leaf, proof } = record(original, 'duplicate')
  if (v !== 1 || Object.keys(rest).length > 0) throw new Malformed('duplicate', 'not of version 1')
  if (typeof choice !== 'string' || typeof leaf !== 'string' || typeof proof !== 'string') throw new Malformed('duplicate', 'a member is missing')
  return {
    choice, named: readNamed(named), original: { leaf: parseLeaf(utf8(leaf)), proof }, ...(opening !== undefined && { opening: readPartOpening(opening) }),
  }
}

function readNamed(json: unknown): Duplicate['named'] {
  const { index, leaf_sha256: hash, ...rest } = record(json, 'duplicate')
  if (!Number.isSafeInteger(index) || (index as number) < 0 || typeof hash !== 'string' || Object.keys(rest).length > 0) {
    throw new Malformed('duplicate', 'it names no original')
  }
  return { index: index as number, leafSha256: fromBase64(hash, 32) }
}

/** An opening of an entry in parts. */
export function writePartOpening({ parts, ...label }: OriginalOpening) {
  const { index: _, ...written } = record(fromCanonical(formatOpening({ index: 0, ...label })), 'duplicate')
  return { ...written, ...(parts && { parts: parts.map(writePart) }) }
}

export function readPartOpening(json: unknown): OriginalOpening {
  const { parts, ...label } = record(json, 'duplicate')
  const { index: _, ...opening } = parseOpening(canonical({ index: 0, ...label }))
  if ('held' in opening) throw new Malformed('duplicate', 'its marks are held back')
  if (parts !== undefined && !Array.isArray(parts)) throw new Malformed('duplicate', 'its parts are no list')
  return { ...opening, ...(parts !== undefined && { parts: parts.map(readPart) }) }
}
