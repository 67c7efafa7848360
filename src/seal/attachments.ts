import { ReadableStream } from 'node:stream/web'
import type { Database } from '../db/database.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { NotFound, Refused } from '../lib/errors.ts'
import {
  BATCH, aboutContext, chunkBinding, defaultLimits, fileKeyContext, forget, megabytes, openFileKey, type About, type Attachment, type AttachmentRow, type Owner,
} from './attachment-rows.ts'
import { BrokenSeal } from './box.ts'
import { CHUNK_BYTES, openChunk } from './chunks.ts'
import { openJson, sealBytes, sealJson } from './envelope.ts'

export { defaultLimits, type Attachment, type AttachmentLimits, type Owner } from './attachment-rows.ts'
export { stageAttachment } from './stage-attachment.ts'

/**
 * Gives staged files to their owner: from now on they open with the owner's data key and are erased with it.
 * Throws `NotFound` where one is not staged, `Refused` where the owner would hold too much.
 */
export async function claimAttachments(tx: Tx, ids: readonly string[], keyId: string, owner: Owner, limits = defaultLimits): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const staged = await tx.db.selectFrom('attachments').selectAll()
    .where('id', 'in', ids).where('owner_id', 'is', null).where('about', 'is not', null).where('held_until', 'is', null).orderBy('id').forUpdate().execute()
  if (staged.length !== new Set(ids).size) throw new NotFound()
  const all = [...await listRows(tx, owner), ...staged]
  if (all.length > limits.filesPerOwner) throw new Refused('too_many_attachments', `At most ${limits.filesPerOwner} files can be attached.`)
  const total = all.reduce((sum, { size }) => sum + size, 0)
  if (total > limits.perOwner) throw new Refused('attachments_too_large', `The attached files may have ${megabytes(limits.perOwner)} together.`)
  const claimed: Attachment[] = []
  for (const row of staged) claimed.push(await claim(tx, row, keyId, owner))
  return claimed
}

export async function listAttachments(tx: Tx, owner: Owner): Promise<Attachment[]> {
  const rows = await listRows(tx, owner)
  return Promise.all(rows.map(async (row) => ({ id: row.id, size: row.size, ...await openJson<About>(tx, row.key_id, aboutContext(row.id), row.about!) })))
}

/**
 * The file of this owner, to be streamed out; a chunk that does not open ends the stream with `BrokenSeal`. `NotFound` also
 * where it belongs to somebody else.
 */
export async function readAttachment(
  database: Database, organizationId: string, owner: Owner, id: string,
): Promise<Attachment & { content: ReadableStream<Uint8Array> }> {
  const { fileKey, attachment } = await database.read(organizationId, async (tx) => {
    const row = (await listRows(tx, owner)).find((one) => one.id === id)
    if (!row) throw new NotFound()
    const about = await openJson<About>(tx, row.key_id, aboutContext(id), row.about!)
    return { fileKey: await openFileKey(tx, row), attachment: { id, size: row.size, ...about } }
  })
  return { ...attachment, content: ReadableStream.from(openContent(database, organizationId, attachment, fileKey)) }
}

/** A file that is still staged, for whoever staged it; it stays so. Throws `NotFound` where it is not. */
export async function readStaged(database: Database, organizationId: string, id: string): Promise<Attachment & { content: AsyncGenerator<Uint8Array> }> {
  return database.read(organizationId, async (tx) => {
    const row = await tx.db.selectFrom('attachments').selectAll()
      .where('id', '=', id).where('owner_id', 'is', null).where('about', 'is not', null).executeTakeFirst()
    if (!row) throw new NotFound()
    const staged = { id, size: row.size, ...await openJson<About>(tx, row.key_id, aboutContext(id), row.about!) }
    return { ...staged, content: openContent(database, organizationId, staged, await openFileKey(tx, row)) }
  })
}

/** Takes a staged file out of staging, whole in memory; what is to stay of it is kept elsewhere. Throws `NotFound` where it is not staged. */
export async function takeStaged(tx: Tx, id: string): Promise<Attachment & { content: Buffer }> {
  const row = await tx.db.selectFrom('attachments').selectAll()
    .where('id', '=', id).where('owner_id', 'is', null).where('about', 'is not', null).where('held_until', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  const [about, fileKey] = [await openJson<About>(tx, row.key_id, aboutContext(id), row.about!), await openFileKey(tx, row)]
  const chunks = await tx.db.selectFrom('attachment_chunks').select(['number', 'sealed']).where('attachment_id', '=', id).orderBy('number').execute()
  const bound = chunkBinding(tx.organizationId, id)
  const content = Buffer.concat(chunks.map(({ number, sealed }, i) => openChunk(fileKey, bound, number, i === chunks.length - 1, sealed)))
  await forget(tx, [row])
  return { id, size: row.size, ...about, content }
}

/** Deletes what was staged before `before` and never claimed, and what was held and its time is over. Answers how many files. */
export async function sweepStaged(tx: Tx, before: Temporal.Instant): Promise<number> {
  const rows = await tx.db.selectFrom('attachments').select(['id', 'key_id', 'owner_id'])
    .where('owner_id', 'is', null).where('staged_at', '<', timestampOf(before))
    .where((is) => is.or([is('held_until', 'is', null), is('held_until', '<', timestampOf(tx.now))])).limit(1000).execute()
  await forget(tx, rows)
  return rows.length
}

/** Deletes what opens with this key alone: the chunks go with their files. */
export async function deleteAttachments(tx: Tx, keyId: string): Promise<void> {
  await tx.db.deleteFrom('attachments').where('key_id', '=', keyId).where('owner_id', 'is not', null).execute()
}

/**
 * Headers of a download that no browser will run or show inside our pages, whatever the file is.
 * The name is encoded as RFC 8187 says.
 */
export function downloadHeaders({ name, size }: Attachment): Record<string, string> {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return {
    'content-type': 'application/octet-stream',
    'content-length': String(size),
    'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encoded}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  }
}

async function claim(tx: Tx, row: AttachmentRow, keyId: string, owner: Owner): Promise<Attachment> {
  const { id, size } = row
  const about = await openJson<About>(tx, row.key_id, aboutContext(id), row.about!)
  await tx.db.updateTable('attachments').set({
    key_id: keyId,
    file_key: await sealBytes(tx, keyId, fileKeyContext(id), await openFileKey(tx, row)),
    about: await sealJson(tx, keyId, aboutContext(id), about),
    owner_kind: owner.kind,
    owner_id: owner.id,
    claimed_at: timestampOf(tx.now),
  }).where('id', '=', id).execute()
  await tx.db.deleteFrom('data_keys').where('id', '=', row.key_id).execute()
  return { id, size, ...about }
}

async function* openContent(database: Database, organizationId: string, { id, size }: Attachment, fileKey: Buffer): AsyncGenerator<Uint8Array> {
  const bound = chunkBinding(organizationId, id)
  const chunks = Math.max(1, Math.ceil(size / CHUNK_BYTES))
  for (let from = 0; from < chunks; from += BATCH) {
    const batch = await database.read(organizationId, (tx) => tx.db.selectFrom('attachment_chunks').select('sealed')
      .where('attachment_id', '=', id).where('number', '>=', from).where('number', '<', from + BATCH).orderBy('number').execute())
    if (batch.length !== Math.min(BATCH, chunks - from)) throw new BrokenSeal('an attachment')
    for (const [i, { sealed }] of batch.entries()) yield openChunk(fileKey, bound, from + i, from + i === chunks - 1, sealed)
  }
}

/** Every column by its name, so that the statement of each case stays prepared. */
const columns = [
  'organization_id', 'id', 'key_id', 'file_key', 'about', 'size', 'staged_at', 'owner_kind', 'owner_id', 'claimed_at', 'held_until',
] as const satisfies (keyof AttachmentRow)[]

const listRows = (tx: Tx, owner: Owner): Promise<AttachmentRow[]> =>
  tx.db.selectFrom('attachments').select(columns).where('owner_kind', '=', owner.kind).where('owner_id', '=', owner.id).orderBy('id').execute()
