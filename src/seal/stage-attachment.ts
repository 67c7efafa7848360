import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { Refused } from '../lib/errors.ts'
import {
  BATCH, aboutContext, chunkBinding, defaultLimits, fileKeyContext, forget, megabytes,
  type About, type Attachment, type AttachmentChunkRow, type AttachmentLimits,
} from './attachment-rows.ts'
import { pieces, sealChunk } from './chunks.ts'
import { newSubjectKey, sealBytes, sealJson } from './envelope.ts'

/**
 * Takes a file while it arrives, before there is anything that could own it: sealed chunk by chunk, in constant memory, under a key of its own.
 * Refuses with `attachment_too_large` or `attachments_full`, and then keeps nothing.
 */
export async function stageAttachment(
  database: Database, organizationId: string, said: { name: string; type: string }, content: AsyncIterable<Uint8Array>, limits = defaultLimits,
): Promise<Attachment> {
  const fileKey = randomBytes(32)
  const { id, keyId } = await database.write(organizationId, (tx) => openStaging(tx, fileKey, limits))
  try {
    const { size, sha256 } = await sealContent(database, organizationId, id, fileKey, content, limits)
    const about: About = { name: plainName(said.name), type: said.type.slice(0, 200), sha256 }
    await database.write(organizationId, async (tx) => tx.db.updateTable('attachments')
      .set({ size, about: await sealJson(tx, keyId, aboutContext(id), about) }).where('id', '=', id).execute())
    return { id, size, ...about }
  } catch (error) {
    await database.write(organizationId, (tx) => forget(tx, [{ id, key_id: keyId, owner_id: null }]))
    throw error
  }
}

async function openStaging(tx: Tx, fileKey: Buffer, limits: AttachmentLimits): Promise<{ id: string; keyId: string }> {
  const { staged } = await tx.db.selectFrom('attachments').select((row) => row.fn.coalesce(row.fn.sum<number>('size'), row.lit(0)).as('staged'))
    .where('owner_id', 'is', null).where('held_until', 'is', null).executeTakeFirstOrThrow()
  const full = 'Too many files are waiting to be sent. Try again in an hour, or send your report without files.'
  if (Number(staged) >= limits.staged) throw new Refused('attachments_full', full)
  const id = tx.newId()
  const keyId = await newSubjectKey(tx, 'attachment', id)
  await tx.db.insertInto('attachments').values({
    organization_id: tx.organizationId, id, key_id: keyId, file_key: await sealBytes(tx, keyId, fileKeyContext(id), fileKey), about: null, size: 0,
    staged_at: timestampOf(tx.now), owner_kind: null, owner_id: null, claimed_at: null, held_until: null,
  }).execute()
  return { id, keyId }
}

async function sealContent(
  database: Database, organizationId: string, id: string, fileKey: Buffer, content: AsyncIterable<Uint8Array>, limits: AttachmentLimits,
): Promise<{ size: number; sha256: string }> {
  const digest = createHash('sha256')
  const bound = chunkBinding(organizationId, id)
  let [size, number, batch] = [0, 0, [] as AttachmentChunkRow[]]
  for await (const { plain, last } of pieces(content)) {
    size += plain.length
    if (size > limits.file) throw new Refused('attachment_too_large', `A file may have at most ${megabytes(limits.file)}.`)
    digest.update(plain)
    batch.push({ organization_id: organizationId, attachment_id: id, number, sealed: sealChunk(fileKey, bound, number, last, plain) })
    number++
    if (batch.length < BATCH && !last) continue
    await database.write(organizationId, (tx) => writeChunks(tx, batch, id, size))
    batch = []
  }
  return { size, sha256: digest.digest('hex') }
}

async function writeChunks(tx: Tx, batch: AttachmentChunkRow[], id: string, size: number): Promise<void> {
  await tx.db.updateTable('attachments').set({ size }).where('id', '=', id).execute()
  await tx.db.insertInto('attachment_chunks').values(batch).execute()
}

/** The last part of a path, without what could mislead: control characters and marks that turn the writing direction. Always text that can be encoded. */
const plainName = (name: string) => name.split(/[/\\]/).at(-1)!.replace(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 200).toWellFormed() || 'file'
