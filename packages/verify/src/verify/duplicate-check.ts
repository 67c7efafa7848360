/** Verifies what the reporter of a duplicate was given, without the log. docs/formats/duplicates.md. */
import { equal, fromUtf8 } from '../ledger/bytes.ts'
import { fromCanonical } from '../ledger/canonical.ts'
import { leafSha256, namedFacts, parseDuplicate, type Duplicate, type OriginalOpening } from '../ledger/duplicate.ts'
import { leafBytes, opensTo } from '../ledger/leaf.ts'
import { leafHash, verifyInclusion } from '../ledger/merkle.ts'
import { partsMatch, type Part } from '../ledger/parts.ts'
import { formatContent } from '../ledger/receipt.ts'
import { parseTlogProof } from '../ledger/tlog-proof.ts'
import { Findings, type Finding } from './findings.ts'
import { verifyReceipt, type ReceiptVerification } from './receipt-check.ts'
import { openCheckpoint, type Trust } from './trust.ts'

export interface DuplicateVerification {
  readonly ok: boolean
  readonly faults: readonly Finding[]
  readonly notes: readonly Finding[]
  /** When the company named the original, and by which entry. */
  readonly choice?: ReceiptVerification['entry']
  /** Where the original stands in the log, and since when. */
  readonly original?: { readonly index: number; readonly at: number }
  /** What it says, as far as it was opened, with a `null` for each part that was not. */
  readonly opened?: { readonly kind: string; readonly parts: readonly (Part | null)[] }
}

export interface DuplicateFiles {
  /** Text of the `….duplicate.json` file. */
  readonly duplicate: string
  /** Text of the receipt of one's own report. Without it, that the original came before one's own is not checked. */
  readonly receipt?: string | undefined
}

/** The kinds of entries that can be an original. */
const originals = ['report.received', 'report.deposited', 'finding.opened']

/**
 * Faults: those of a receipt, `malformed_duplicate`, `malformed_part`, `original_differs`, `original_not_included`, `original_later`,
 * `another_report`, `opening_differs`, `parts_differ`.
 */
export async function verifyDuplicate({ duplicate, receipt }: DuplicateFiles, trust: Pick<Trust, 'keys' | 'witnesses'>): Promise<DuplicateVerification> {
  const findings = new Findings()
  const file = await findings.check('malformed_duplicate', async () => parseDuplicate(duplicate))
  if (!file) return { ok: false, ...findings }
  const choice = await verifyReceipt({ receipt: file.choice, content: formatContent(namedFacts(file.named)) }, trust)
  findings.faults.push(...choice.faults)
  findings.notes.push(...choice.notes)
  checkNamed(file, choice, findings)
  await findings.check('original_not_included', () => checkIncluded(file, trust))
  if (receipt !== undefined) await checkOwn(file, choice, receipt, trust, findings)
  else findings.note('own_receipt_absent', 'without the receipt of your own report it is not known whether the original came before it')
  return {
    ok: findings.faults.length === 0,
    ...findings,
    ...(choice.entry && { choice: choice.entry }),
    original: { index: file.named.index, at: file.original.leaf.at },
    ...openedOf(file, findings),
  }
}

function checkNamed({ named, original }: Duplicate, { entry }: ReceiptVerification, findings: Findings): void {
  if (entry && entry.kind !== 'report.original-named') findings.fault('original_differs', `the entry ${entry.kind} names no original`)
  if (!equal(leafSha256(original.leaf), named.leafSha256)) findings.fault('original_differs', 'this is not the entry that was named')
}

async function checkIncluded({ named, original }: Duplicate, trust: Pick<Trust, 'keys' | 'witnesses'>): Promise<void> {
  const { index, hashes, checkpoint } = parseTlogProof(original.proof)
  const { size, root } = await openCheckpoint(checkpoint, trust)
  const isIn = index === named.index && verifyInclusion(leafHash(leafBytes(original.leaf)), index, size, hashes, root)
  if (!isIn) throw new Error(`the log of ${size} entries does not hold the original as number ${named.index}`)
}

async function checkOwn(
  { named }: Duplicate, choice: ReceiptVerification, receipt: string, trust: Pick<Trust, 'keys' | 'witnesses'>, findings: Findings,
): Promise<void> {
  const own = await verifyReceipt({ receipt }, trust)
  findings.faults.push(...own.faults)
  if (!own.entry) return
  if (own.entry.cases['report'] !== choice.entry?.cases['report']) findings.fault('another_report', 'this file is about another report than the receipt')
  if (named.index >= own.entry.index) findings.fault('original_later', 'what is called the original was recorded after your own report')
}

function openedOf({ original: { leaf }, opening }: Duplicate, findings: Findings): Pick<DuplicateVerification, 'opened'> {
  if (!opening) {
    findings.note('original_sealed', 'the original is not disclosed yet, so what it says is not known; ask for the file again when it is')
    return {}
  }
  const { facts, salt2, kind } = opening
  if (!opensTo(leaf, opening, facts && salt2 && { facts, salt2 })) {
    findings.fault('opening_differs', 'the opening is not what the log committed to')
    return {}
  }
  if (!originals.includes(kind)) findings.fault('original_differs', `an entry ${kind} is no original of a report`)
  return { opened: { kind, parts: partsIn(opening, findings) } }
}

/** What the parts of an opening say, `null` where one stays sealed. Empty where they are not what the entry committed to. */
export function partsIn({ parts = [], facts, marks }: OriginalOpening, findings: Findings): (Part | null)[] {
  if (facts) return Object.entries(facts).map(([of, value]) => ({ of, value: value as Part['value'] }))
  if (marks['parts'] === undefined) findings.note('parts_absent', 'the original is from before parts were committed to: nothing of its text can be opened')
  else if (!partsMatch(parts, marks['parts'])) {
    findings.fault('parts_differ', 'the parts are not those that were recorded')
    return []
  }
  return parts.map((part) => ('mac' in part ? null : { of: part.of, value: part.value }))
}

/** Whether the bytes are such a file, and not a receipt or a content file. */
export function isDuplicateFile(bytes: Uint8Array): boolean {
  try {
    const json = fromCanonical(fromUtf8(bytes).trimEnd())
    return typeof json === 'object' && json !== null && 'choice' in json && 'named' in json
  } catch {
    return false
  }
}

/** The origin that the file names, so that the right key can be looked for. Nothing of it is verified. */
export const originOfDuplicate = (text: string): string => parseTlogProof(parseDuplicate(text).choice).checkpoint.split('\n', 1)[0] ?? ''
