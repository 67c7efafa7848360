import {
  formatContent, formatReceiptExtra, formatTlogProof, inclusionNodes, parseLeaf, readProof, type LabelHead, type Leaf, type OpenMarks,
} from 'avow-verify'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { NotFound, Refused } from '../lib/errors.ts'
import { Erased } from '../seal/envelope.ts'
import { committedColumns, saltsOf, sequenced } from './entry.ts'
import { factsBoxOf, factsOf } from './facts.ts'
import { rest } from './leader.ts'
import { formatCosigned } from './cosigned.ts'
import { newestCheckpoint, nodeReader } from './storage.ts'
import type { CheckpointRow } from './tables.ts'

/**
 * The receipt of an entry, docs/formats/receipt.md: what was recorded, where and when, provable without us. It shows the earliest state of the
 * log that a witness cosigned, for that bounds the time best; else the newest. Undefined while the entry waits for its place.
 */
export async function receiptFor(tx: Tx, entryId: string): Promise<string | undefined> {
  const proven = await provenEntry(tx, entryId)
  if (!proven) return undefined
  const { leaf, opening, proof } = proven
  const salt2 = await livingSalt2(tx, entryId)
  return formatTlogProof({ ...proof, extra: formatReceiptExtra({ leaf, opening, ...(salt2 && { salt2 }) }) })
}

export interface Place {
  readonly index: number
  readonly leaf: Leaf
  /** What opens the leaf's label: not for whoever may not know what the entry is. */
  readonly opening: LabelHead & OpenMarks
  /** A tlog-proof that the leaf is there, which tells nothing else. */
  readonly inclusion: string
}

/** Where an entry stands in the log. Undefined while it waits for its place. */
export async function placeOf(tx: Tx, entryId: string): Promise<Place | undefined> {
  const proven = await provenEntry(tx, entryId)
  if (!proven) return undefined
  const { leaf, opening, proof } = proven
  return { index: proof.index, leaf, opening, inclusion: formatTlogProof(proof) }
}

/** The entry of a place in the log. */
export const entryAt = (tx: Tx, index: number): Promise<{ id: string; kind: string } | undefined> =>
  sequenced(tx).select(['entries.id', 'kind']).where('index', '=', index).executeTakeFirst()

async function provenEntry(tx: Tx, entryId: string) {
  const entry = await sequenced(tx).select(['index', 'leaf', ...committedColumns]).where('entry_id', '=', entryId).executeTakeFirst()
  const checkpoint = entry && (await checkpointFor(tx, entry.index))
  if (!entry || !checkpoint) return undefined
  const { index, kind, cases, marks } = entry
  const hashes = await readProof(inclusionNodes(index, checkpoint.size), nodeReader(tx, checkpoint.size))
  const proof = { index, hashes, checkpoint: await formatCosigned(tx, checkpoint) }
  return { leaf: parseLeaf(entry.leaf), opening: { kind, cases, marks, ...saltsOf(entry) }, proof }
}

/** What the receipt's seal covers: the facts in canonical form. Throws `Erased` when they are gone. */
export const contentFor = async (tx: Tx, entryId: string): Promise<string> => formatContent(await factsOf(tx, entryId))

/** Waits until the entry has its place, which takes well under a second. Refuses with `receipt_not_ready` after `timeoutMs`. */
export async function awaitReceipt(database: Database, organizationId: string, entryId: string, timeoutMs = 5000): Promise<string> {
  const deadline = performance.now() + timeoutMs
  let call = new AbortController()
  const silence = await database.listen('avow_sequenced', (payload) => { if (payload === organizationId || payload === '') call.abort() })
  try {
    for (;;) {
      call = new AbortController()
      const receipt = await database.read(organizationId, (tx) => receiptFor(tx, entryId))
      if (receipt !== undefined) return receipt
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) throw await whyNot(database, organizationId, entryId)
      await rest(Math.min(leftMs, 1000), call.signal)
    }
  } finally {
    await silence()
  }
}

async function whyNot(database: Database, organizationId: string, entryId: string): Promise<Error> {
  const entry = await database.read(organizationId, (tx) => tx.db.selectFrom('entries').select('id').where('id', '=', entryId).executeTakeFirst())
  return entry ? new Refused('receipt_not_ready', 'The receipt is not ready yet. Try again in a moment.') : new NotFound()
}

async function checkpointFor(tx: Tx, index: number): Promise<CheckpointRow | undefined> {
  const cosigned = await tx.db.selectFrom('checkpoints').selectAll('checkpoints').where('size', '>', index)
    .where(({ exists, selectFrom }) => exists(selectFrom('cosignatures').select('size').whereRef('cosignatures.size', '=', 'checkpoints.size')))
    .orderBy('size').limit(1).executeTakeFirst()
  return cosigned ?? newestCheckpoint(tx)
}

async function livingSalt2(tx: Tx, entryId: string): Promise<Buffer | undefined> {
  try {
    return Buffer.from((await factsBoxOf(tx, entryId)).salt2, 'base64')
  } catch (error) {
    if (error instanceof Erased) return undefined
    throw error
  }
}
