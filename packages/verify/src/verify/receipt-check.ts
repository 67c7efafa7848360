/** Verifies a receipt without its log: what was reported, that the log holds it, and who saw it when. docs/formats/receipt.md. */
import { sha256 } from '#crypto'
import { fromUtf8, hex } from '../ledger/bytes.ts'
import { canonical } from '../ledger/canonical.ts'
import { leafBytes, opensTo, type Facts } from '../ledger/leaf.ts'
import { leafHash, verifyInclusion } from '../ledger/merkle.ts'
import { parseContent, parseReceiptExtra, type ReceiptExtra } from '../ledger/receipt.ts'
import { parseTlogProof, type TlogProof } from '../ledger/tlog-proof.ts'
import type { Sighting } from './dates.ts'
import { Findings, type Finding } from './findings.ts'
import { openCheckpoint, type Trust, type TrustedCheckpoint } from './trust.ts'

export interface ReceiptVerification {
  readonly ok: boolean
  readonly faults: readonly Finding[]
  readonly notes: readonly Finding[]
  /** What the receipt says, whether or not it is true. */
  readonly entry?: { origin: string; index: number; size: number; at: number; stream: string; kind: string; cases: Facts; marks: Facts }
  /** The facts, where a content file was given that the receipt proves. */
  readonly facts?: Facts
  /** The earliest sighting by a witness that the reader trusts. */
  readonly notAfter?: Sighting
}

export interface ReceiptFiles {
  /** Text of the `.tlog-proof` file. */
  readonly receipt: string
  /** Text of the content file. */
  readonly content?: string | undefined
  /** Attached files: the content file has to name their SHA-256. */
  readonly attachments?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** Faults: `malformed_…`, `checkpoint_untrusted`, `not_included`, `label_differs`, `content_differs`, `attachment_differs`. */
export async function verifyReceipt(files: ReceiptFiles, trust: Pick<Trust, 'keys' | 'witnesses'>): Promise<ReceiptVerification> {
  const findings = new Findings()
  const parsed = await findings.check('malformed_receipt', async () => readReceipt(files.receipt))
  if (!parsed) return { ok: false, ...findings }
  const { proof, extra } = parsed
  const checkpoint = await findings.check('checkpoint_untrusted', () => openCheckpoint(proof.checkpoint, trust))
  if (checkpoint) checkEntry(proof, extra, checkpoint, findings)
  const facts = await findings.check('content_differs', async () => checkContent(extra, files, findings))
  const notAfter = checkpoint && firstSighting(checkpoint, findings)
  return {
    ok: findings.faults.length === 0,
    ...findings,
    ...(checkpoint && { entry: entryOf(proof, extra, checkpoint) }),
    ...(facts && { facts }),
    ...(notAfter && { notAfter }),
  }
}

function readReceipt(text: string): { proof: TlogProof; extra: ReceiptExtra } {
  const proof = parseTlogProof(text)
  if (!proof.extra) throw new Error('the proof has no extra line, so it is no receipt of Avow')
  return { proof, extra: parseReceiptExtra(proof.extra) }
}

function checkEntry({ index, hashes }: TlogProof, { leaf, opening }: ReceiptExtra, { size, root }: TrustedCheckpoint, findings: Findings): void {
  if (!verifyInclusion(leafHash(leafBytes(leaf)), index, size, hashes, root)) {
    findings.fault('not_included', `the log of ${size} entries does not hold this one as number ${index}`)
  }
  if (!opensTo(leaf, opening)) findings.fault('label_differs', 'kind, cases and marks are not those that the log committed to')
}

function checkContent({ leaf, opening, salt2 }: ReceiptExtra, { content, attachments = [] }: ReceiptFiles, findings: Findings): Facts | undefined {
  if (content === undefined) {
    if (attachments.length > 0) findings.fault('attachment_differs', 'attached files can only be checked together with the content file')
    else findings.note('content_absent', 'without its content file the receipt proves that something was recorded, but not what')
    return undefined
  }
  if (!salt2) throw new Error('the receipt has no salt for the facts: they had been erased when it was made')
  const facts = parseContent(content)
  if (!opensTo(leaf, opening, { facts, salt2 })) throw new Error('the content file is not what the log committed to')
  checkAttachments(facts, attachments, findings)
  return facts
}

function checkAttachments(facts: Facts, attachments: NonNullable<ReceiptFiles['attachments']>, findings: Findings): void {
  const named = new Set(canonical(facts).match(/"[0-9a-f]{64}"/g)?.map((quoted) => quoted.slice(1, -1)))
  for (const { name, bytes } of attachments) {
    if (!named.has(hex(sha256(bytes)))) findings.fault('attachment_differs', `${name} is not among the files that were recorded`)
  }
}

function firstSighting({ cosignatures, origin }: TrustedCheckpoint, findings: Findings): Sighting | undefined {
  const sightings = cosignatures.filter(({ at }) => at > 0).map(({ witness, at }) => ({ witness: witness.name, at }))
  if (sightings.length === 0) findings.note('date_unwitnessed', `no witness that you trust saw this checkpoint: its date is the word of ${origin}`)
  return sightings.sort((a, b) => a.at - b.at)[0]
}

function entryOf({ index }: TlogProof, { leaf, opening }: ReceiptExtra, { origin, size }: TrustedCheckpoint): NonNullable<ReceiptVerification['entry']> {
  const { kind, cases, marks } = opening
  return { origin, index, size, at: leaf.at, stream: leaf.stream, kind, cases, marks }
}

/** The origin that a receipt names, so that the right key can be looked for. Nothing of it is verified. */
export function originOfReceipt(receipt: Uint8Array): string {
  return parseTlogProof(fromUtf8(receipt)).checkpoint.split('\n', 1)[0] ?? ''
}
