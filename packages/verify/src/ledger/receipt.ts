/** A receipt: a tlog-proof of one entry whose `extra` carries the salts, and a content file with the facts. docs/formats/receipt.md. */
import { base64, fromBase64, fromUtf8, utf8, type Bytes } from './bytes.ts'
import { canonical, fromCanonical } from './canonical.ts'
import { leafBytes, parseLeaf, record, saltLength, type Facts, type LabelHead, type Leaf, type OpenMarks } from './leaf.ts'
import { Malformed } from './malformed.ts'
import { parseOpening } from './openings.ts'

/** What a receipt's `extra` line holds: the leaf itself, and how to open it. The facts are in the content file. */
export interface ReceiptExtra {
  readonly leaf: Leaf
  readonly opening: LabelHead & OpenMarks
  /** Opens the seal; absent once the facts have been erased. */
  readonly salt2?: Uint8Array
}

export function formatReceiptExtra({ leaf, opening, salt2 }: ReceiptExtra): Bytes {
  const { kind, cases, marks, salt3, salt1 } = opening
  const label = { kind, cases, marks, salt1: base64(salt1), salt3: base64(salt3) }
  return utf8(canonical({ v: 1, leaf: fromUtf8(leafBytes(leaf)), ...label, ...(salt2 && { salt2: base64(salt2) }) }))
}

export function parseReceiptExtra(extra: Uint8Array): ReceiptExtra {
  const { v, leaf, salt2, ...label } = record(fromCanonical(fromUtf8(extra), 'receipt'), 'receipt')
  if (v !== 1 || typeof leaf !== 'string') throw new Malformed('receipt', 'not of version 1')
  if (salt2 !== undefined && typeof salt2 !== 'string') throw new Malformed('receipt', 'salt2 is not text')
  const { index: _, ...opening } = parseOpening(canonical({ index: 0, ...label }))
  if ('held' in opening) throw new Malformed('receipt', 'its marks are held back')
  return { leaf: parseLeaf(utf8(leaf)), opening, ...(salt2 !== undefined && { salt2: fromBase64(salt2, saltLength) }) }
}

/** The content file: the facts in canonical form and a line feed. */
export function formatContent(facts: Facts): string {
  return `${canonical(facts)}\n`
}

export function parseContent(text: string): Facts {
  if (!text.endsWith('\n')) throw new Malformed('content', 'its line does not end')
  return record(fromCanonical(text.slice(0, -1), 'content'), 'content')
}

