import type { Tx } from '../db/tx.ts'
import { binding } from './box.ts'
import { openBytes } from './envelope.ts'

declare module '../db/tables.ts' {
  interface Tables {
    attachments: AttachmentRow
    attachment_chunks: AttachmentChunkRow
  }
}

export interface AttachmentRow {
  organization_id: string
  id: string
  key_id: string
  file_key: Buffer
  about: Buffer | null
  size: number
  staged_at: Date
  owner_kind: string | null
  owner_id: string | null
  claimed_at: Date | null
  /** With a draft, whose phrase alone opens its key and name until then. */
  held_until: Date | null
}

export interface AttachmentChunkRow { organization_id: string; attachment_id: string; number: number; sealed: Buffer }

/** What an owner may hold, and what may wait unclaimed in an organisation, as an upload and with a draft. In bytes. */
export interface AttachmentLimits { file: number; perOwner: number; filesPerOwner: number; staged: number; held: number }

const MB = 1024 * 1024
export const defaultLimits: AttachmentLimits = { file: 100 * MB, perOwner: 250 * MB, filesPerOwner: 20, staged: 4096 * MB, held: 2048 * MB }

export interface Attachment {
  id: string
  name: string
  /** As the sender said: never a reason to trust it. */
  type: string
  size: number
  /** Of the plaintext, in hexadecimal. */
  sha256: string
}

/** What is sealed about a file: what its sender said of it, and the hash that we took. */
export interface About { name: string; type: string; sha256: string }

/** Whose it is: a report, a message. */
export interface Owner { kind: string; id: string }

/** Deletes files with their chunks. A staged file's own key goes too. */
export async function forget(tx: Tx, rows: readonly Pick<AttachmentRow, 'id' | 'key_id' | 'owner_id'>[]): Promise<void> {
  if (rows.length === 0) return
  await tx.db.deleteFrom('attachments').where('id', 'in', rows.map(({ id }) => id)).execute()
  const own = rows.filter(({ owner_id }) => owner_id === null).map(({ key_id }) => key_id)
  if (own.length > 0) await tx.db.deleteFrom('data_keys').where('id', 'in', own).execute()
}

export const openFileKey = (tx: Tx, { id, key_id, file_key }: AttachmentRow): Promise<Buffer> => openBytes(tx, key_id, fileKeyContext(id), file_key)

export const chunkBinding = (organizationId: string, id: string): Buffer => binding('avow/chunk/v1', organizationId, id)
export const fileKeyContext = (id: string): string => `attachment/file-key/${id}`
export const aboutContext = (id: string): string => `attachment/about/${id}`
export const megabytes = (bytes: number): string => `${Math.floor(bytes / MB)} MB`

/** Chunks that are written or read at once: a stream holds this much of a file in memory, and no connection while it waits. */
export const BATCH = 16
