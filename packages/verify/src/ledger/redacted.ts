/** What was reported, as it was published: the entry's own parts, some of them open and the others sealed. docs/formats/redaction.md. */
import { fromUtf8, utf8 } from './bytes.ts'
import { canonical, fromCanonical } from './canonical.ts'
import { readPartOpening, writePartOpening, type OriginalOpening } from './duplicate.ts'
import { leafBytes, parseLeaf, record, type Leaf } from './leaf.ts'
import { Malformed } from './malformed.ts'

/** One entry, opened in parts. */
export interface RedactedEntry {
  readonly leaf: Leaf
  /** A tlog-proof without `extra`. */
  readonly proof: string
  readonly opening: OriginalOpening
  /** What the publisher shows of a sealed part, by the part's number, counted from 0: its word alone. */
  readonly rendered: readonly Rendering[]
}

export interface Redacted extends RedactedEntry {
  /** What was written about it, of the same case; absent where nothing was published. */
  readonly messages?: readonly RedactedEntry[]
}

export interface Rendering { readonly part: number; readonly text: string }

/** One line of canonical JSON with its line feed. */
export function formatRedacted({ messages = [], ...report }: Redacted): string {
  return `${canonical({ v: 1, ...writeEntry(report), ...(messages.length > 0 && { messages: messages.map(writeEntry) }) })}\n`
}

const writeEntry = ({ leaf, proof, opening, rendered }: RedactedEntry) => ({
  redacted: { leaf: fromUtf8(leafBytes(leaf)), proof }, opening: writePartOpening(opening), rendered: rendered.map(({ part, text }) => ({ part, text })),
})

export function parseRedacted(text: string): Redacted {
  if (!text.endsWith('\n')) throw new Malformed('redacted', 'its line does not end')
  const { v, messages, ...report } = record(fromCanonical(text.slice(0, -1), 'redacted'), 'redacted')
  if (v !== 1) throw new Malformed('redacted', 'not of version 1')
  return { ...readEntry(report), ...(messages !== undefined && { messages: readMessages(messages) }) }
}

function readMessages(json: unknown): RedactedEntry[] {
  if (!Array.isArray(json) || json.length === 0) throw new Malformed('redacted', 'its messages are no list, or an empty one')
  return json.map((message) => readEntry(record(message, 'redacted')))
}

function readEntry({ redacted, opening, rendered, ...rest }: Record<string, unknown>): RedactedEntry {
  const { leaf, proof, ...more } = record(redacted, 'redacted')
  if (Object.keys({ ...rest, ...more }).length > 0) throw new Malformed('redacted', 'not of version 1')
  if (typeof leaf !== 'string' || typeof proof !== 'string' || !Array.isArray(rendered)) throw new Malformed('redacted', 'a member is missing')
  return { leaf: parseLeaf(utf8(leaf)), proof, opening: readPartOpening(opening), rendered: rendered.map(readRendering) }
}

function readRendering(json: unknown): Rendering {
  const { part, text, ...rest } = record(json, 'redacted')
  if (!Number.isSafeInteger(part) || (part as number) < 0 || typeof text !== 'string' || Object.keys(rest).length > 0) {
    throw new Malformed('redacted', 'a rendering is not of its form')
  }
  return { part: part as number, text }
}
