import { createHmac, randomBytes } from 'node:crypto'
import { partMac, partSalt, partsOf, partsRoot, sealParts, type OpenPart, type SealedPart } from 'avow-verify'
import type { Tx } from '../../../db/tx.ts'
import { factsOf } from '../../../ledger/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { openBytes, sealBytes } from '../../../seal/envelope.ts'
import type { Report } from '../find.ts'
import type { ReportedFacts } from '../kinds.ts'

/*
 * The entry of every report commits to each of its parts apart (docs/formats/duplicates.md), so that what is published can be proven to be
 * what was reported, and what is not published stays sealed.
 */

const context = (reportId: string) => `report-parts:${reportId}`

/** The commitment to a new report's parts, and the seed of their salts to keep with it. */
export async function newParts(tx: Tx, reportId: string, contentKey: string, facts: ReportedFacts): Promise<{ root: string; seed: Buffer }> {
  const seed = randomBytes(32)
  return { root: partsRoot(sealParts(partsOf(facts), seed)), seed: await sealBytes(tx, contentKey, context(reportId), seed) }
}

/** The commitment of a report that was deposited, for the entry that says that it was received. */
export async function partsRootOf(tx: Tx, report: Report, facts: ReportedFacts): Promise<string | undefined> {
  if (!report.parts_seed) return undefined
  return partsRoot(sealParts(partsOf(facts), await openBytes(tx, report.content_key_id, context(report.id), report.parts_seed)))
}

/** The seed of a message's parts: of the report's own, so that it ends with it. Null for a report from before parts were committed to. */
async function seedOfMessage(tx: Tx, report: Report, messageId: string): Promise<Buffer | null> {
  if (!report.parts_seed) return null
  const seed = await openBytes(tx, report.content_key_id, context(report.id), report.parts_seed)
  return createHmac('sha256', seed).update(`message ${messageId}`).digest()
}

/** The commitment to each line of a message, for the entry that says what it says. */
export async function messageRoot(tx: Tx, report: Report, messageId: string, facts: { message: string }): Promise<string | undefined> {
  const seed = await seedOfMessage(tx, report, messageId)
  return seed ? partsRoot(sealParts(partsOf(facts), seed)) : undefined
}

/** The lines of a message that its entry committed to. Empty where no entry did. Throws `Erased`. */
export async function partsOfMessage(tx: Tx, report: Report, { id, entry }: { id: string; entry: string | null }): Promise<OpenPart[]> {
  const seed = entry && await seedOfMessage(tx, report, id)
  return seed ? partsOf(await factsOf<{ message: string }>(tx, entry)).map((part, n) => ({ ...part, salt: partSalt(seed, n) })) : []
}

/** Every part of a report, by its number. Empty for a report from before parts were committed to. Throws `Erased`. */
export async function everyPart(tx: Tx, report: Report): Promise<OpenPart[]> {
  if (!report.parts_seed) return []
  const seed = await openBytes(tx, report.content_key_id, context(report.id), report.parts_seed)
  return partsOf(await factsOf<ReportedFacts>(tx, report.received_entry_id)).map((part, n) => ({ ...part, salt: partSalt(seed, n) }))
}

/** The parts as others may have them: those that are open, and of all others the commitment alone. */
export const partsForOthers = (tx: Tx, report: Report): Promise<(OpenPart | SealedPart)[]> => openedOf(tx, report, report.open_parts)

/** The parts with these open, and of all others the commitment alone. Throws `Erased`. */
export async function openedOf(tx: Tx, report: Report, numbers: readonly number[]): Promise<(OpenPart | SealedPart)[]> {
  return withOpen(await everyPart(tx, report), numbers)
}

/** These parts open, and of all others the commitment alone. */
export function withOpen(parts: readonly OpenPart[], numbers: readonly number[]): (OpenPart | SealedPart)[] {
  const open = new Set(numbers)
  return parts.map((part, n) => (open.has(n) ? part : { of: part.of, mac: partMac(part) }))
}

/** Opens parts of a report to others, by number. What is open stays open. */
export async function openParts(tx: Tx, reportId: string, numbers: readonly number[]): Promise<void> {
  const report = await tx.db.selectFrom('reports').select('open_parts').where('id', '=', reportId).forUpdate().executeTakeFirst()
  if (!report) throw new NotFound()
  const open = [...new Set([...report.open_parts, ...numbers])].sort((a, b) => a - b)
  await tx.db.updateTable('reports').set({ open_parts: open }).where('id', '=', reportId).execute()
}

/** What may be known of any report that is public: where it was, and which kind of weakness. */
const always: readonly string[] = ['asset', 'weakness']

/** The numbers of the parts that publication opens by itself; whoever publishes more opens more. */
export const partsOpenedByDisclosure = async (tx: Tx, report: Report): Promise<number[]> =>
  (await everyPart(tx, report)).flatMap(({ of }, n) => (always.includes(of) ? [n] : []))
