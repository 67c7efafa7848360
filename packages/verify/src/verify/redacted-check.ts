/** Verifies a report as it was published, without the log. docs/formats/redaction.md. */
import { equal, fromUtf8 } from '../ledger/bytes.ts'
import { canonicalBytes, fromCanonical } from '../ledger/canonical.ts'
import { leafSha256 } from '../ledger/duplicate.ts'
import { leafBytes, opensTo } from '../ledger/leaf.ts'
import { leafHash, verifyInclusion } from '../ledger/merkle.ts'
import { partsOf, type OpenPart, type Part, type SealedPart } from '../ledger/parts.ts'
import { parseReceiptExtra } from '../ledger/receipt.ts'
import { parseRedacted, type Redacted, type RedactedEntry } from '../ledger/redacted.ts'
import { parseTlogProof } from '../ledger/tlog-proof.ts'
import { partsIn } from './duplicate-check.ts'
import { Findings, type Finding } from './findings.ts'
import { verifyReceipt } from './receipt-check.ts'
import { openCheckpoint, type Trust } from './trust.ts'

export interface RedactedVerification {
  readonly ok: boolean
  readonly faults: readonly Finding[]
  readonly notes: readonly Finding[]
  /** Where the report stands in the log, and since when. */
  readonly report?: { readonly index: number; readonly at: number; readonly kind: string }
  /** What it says, as far as it was published. `shown`: how the publisher renders a sealed part, if at all. */
  readonly published?: readonly PublishedPart[]
  /** What was published of what the two sides wrote to each other, as the file has them. */
  readonly messages?: readonly PublishedMessage[]
}

export type PublishedPart = Part | { readonly of: string; readonly shown: string | null }
/** `kind` tells who wrote it: `report.answered` is the reporter, `report.update-sent` the team. */
export interface PublishedMessage { readonly index: number; readonly at: number; readonly kind: string; readonly parts: readonly PublishedPart[] }

export interface RedactedFiles {
  /** Text of the `….redacted.json` file. */
  readonly redacted: string
  /** Receipt and content file of the reporter: with both, that nothing else was changed or left out is checked against the original. */
  readonly receipt?: string | undefined
  readonly content?: string | undefined
}

const reported = ['report.received', 'report.deposited']
/** The kinds of entries that hold, word for word, what one side wrote to the other. */
const written = [
  'report.acknowledged', 'report.question-asked', 'report.answered', 'report.update-sent', 'report.resolved', 'report.closed', 'report.reopened',
  'report.appealed', 'report.appeal-decided', 'retest.requested', 'retest.passed', 'retest.failed',
]

/**
 * Faults: those of a receipt, `malformed_redacted`, `malformed_part`, `report_not_included`, `message_not_included`, `another_case`, `opening_differs`,
 * `parts_differ`, `rendering_of_open_part`, `another_entry`, `original_text_differs`, `rendering_differs`.
 */
export async function verifyRedacted(files: RedactedFiles, trust: Pick<Trust, 'keys' | 'witnesses'>): Promise<RedactedVerification> {
  const findings = new Findings()
  const file = await findings.check('malformed_redacted', async () => parseRedacted(files.redacted))
  if (!file) return { ok: false, ...findings }
  const index = await findings.check('report_not_included', () => checkIncluded(file, trust))
  const parts = checkOpening(file, reported, findings)
  const messages = await checkMessages(file, trust, findings)
  if (files.receipt !== undefined) await checkOriginal(file, files.receipt, files.content, trust, findings)
  else findings.note('original_absent',
    'that a sealed part holds what was marked, and nothing else, can be checked with the reporter’s receipt and content file')
  return {
    ok: findings.faults.length === 0,
    ...findings,
    ...(index !== undefined && { report: { index, at: file.leaf.at, kind: file.opening.kind } }),
    ...(parts && { published: parts }),
    ...(messages.length > 0 && { messages }),
  }
}

async function checkMessages({ messages = [], opening: { cases } }: Redacted, trust: Pick<Trust, 'keys' | 'witnesses'>, findings: Findings) {
  const found: PublishedMessage[] = []
  for (const [n, message] of messages.entries()) {
    const index = await findings.check('message_not_included', () => checkIncluded(message, trust))
    if (message.opening.cases['report'] !== cases['report']) findings.fault('another_case', `message ${n + 1} was not written about this report`)
    const parts = checkOpening(message, written, findings)
    if (index !== undefined && parts) found.push({ index, at: message.leaf.at, kind: message.opening.kind, parts })
  }
  return found
}

async function checkIncluded({ leaf, proof }: RedactedEntry, trust: Pick<Trust, 'keys' | 'witnesses'>): Promise<number> {
  const { index, hashes, checkpoint } = parseTlogProof(proof)
  const { size, root } = await openCheckpoint(checkpoint, trust)
  if (!verifyInclusion(leafHash(leafBytes(leaf)), index, size, hashes,
    root)) throw new Error(`the log of ${size} entries does not hold it as number ${index}`)
  return index
}

function checkOpening({ leaf, opening, rendered }: RedactedEntry, kinds: readonly string[], findings: Findings): PublishedPart[] | undefined {
  if (!kinds.includes(opening.kind) || !opensTo(leaf, opening)) {
    findings.fault('opening_differs', 'the opening is not what the log committed to')
    return undefined
  }
  if (opening.marks['parts'] === undefined || opening.parts === undefined) {
    findings.fault('parts_differ', 'the entry committed to no parts, so none can be proven')
    return undefined
  }
  const parts = partsIn(opening, findings)
  if (parts.length === 0) return undefined
  const shown = new Map(rendered.map(({ part, text }) => [part, text]))
  if (rendered.some(({ part }) => parts[part] !== null)) findings.fault('rendering_of_open_part', 'a part that is open, or none, is shown in another wording')
  return parts.map((part, n) => part ?? { of: opening.parts![n]!.of, shown: shown.get(n) ?? null })
}

async function checkOriginal(
  { leaf, opening, rendered }: Redacted, receipt: string, content: string | undefined, trust: Pick<Trust, 'keys' | 'witnesses'>, findings: Findings,
): Promise<void> {
  const own = await verifyReceipt({ receipt, content }, trust)
  findings.faults.push(...own.faults)
  if (!own.entry) return
  const { leaf: ownLeaf } = parseReceiptExtra(parseTlogProof(receipt).extra!)
  if (!equal(leafSha256(ownLeaf), leafSha256(leaf))) {
    return findings.fault('another_entry', 'the receipt is of another entry than the one that was published')
  }
  if (!own.facts) return
  const whole = partsOf(own.facts)
  if (!agree(opening.parts ?? [], whole)) return findings.fault('original_text_differs', 'a part that is open is not what was reported')
  for (const { part, text } of rendered) {
    if (rendersOnly(text, whole[part]?.value)) continue
    findings.fault('rendering_differs', `the wording shown of part ${part} is not the original with passages left out`)
  }
}

/** Whether the original is cut into the same parts, and each that is open says what the original says there. */
function agree(parts: readonly (SealedPart | OpenPart)[], whole: readonly Part[]): boolean {
  return whole.length === parts.length && parts.every((part, n) => part.of === whole[n]!.of
    && ('mac' in part || equal(canonicalBytes({ value: part.value }), canonicalBytes({ value: whole[n]!.value }))))
}

/** Whether the wording is the original with a mark in the place of one passage or more, and nothing else changed. */
function rendersOnly(text: string, original: Part['value'] | undefined): boolean {
  if (typeof original !== 'string') return false
  const [first, ...kept] = text.split(mark)
  const last = kept.pop()
  if (last === undefined || !original.startsWith(first!) || !original.endsWith(last)) return false
  let at = first!.length
  const end = original.length - last.length
  // Each mark stands for at least one character; taking what is kept as early as it comes leaves most for what follows.
  for (const piece of kept) {
    const found = original.indexOf(piece, at + 1)
    if (found < 0) return false
    at = found + piece.length
  }
  return at < end
}

const mark = '████'

/** Whether the bytes are such a file. */
export function isRedactedFile(bytes: Uint8Array): boolean {
  try {
    const json = fromCanonical(fromUtf8(bytes).trimEnd())
    return typeof json === 'object' && json !== null && 'redacted' in json
  } catch {
    return false
  }
}

/** The origin that the file names, so that the right key can be looked for. Nothing of it is verified. */
export const originOfRedacted = (text: string): string => parseTlogProof(parseRedacted(text).proof).checkpoint.split('\n', 1)[0] ?? ''
