import type { Tx } from '../db/tx.ts'
import { timestampOf } from '../db/timestamp.ts'
import { aboutContext, defaultLimits, fileKeyContext, forget, openFileKey, type About, type AttachmentRow } from './attachment-rows.ts'
import { binding, openBox, sealBox } from './box.ts'
import { openJson, sealBytes, sealJson } from './envelope.ts'

/*
 * Files that wait longer than an upload may: with a report that was begun. While a file is held, its key and its name are sealed by a secret that only
 * its sender has, so that neither our keys nor our database opens it.
 */

/** A file that waits for its report; `held` with a draft. */
export interface WaitingFile { readonly id: string; readonly name: string; readonly size: number; readonly held: boolean }

const bound = (tx: Tx, id: string, what: 'key' | 'about') => binding('avow/held-file/v1', tx.organizationId, id, what)

/** Holds these staged files until then; those that are held already, longer. What would be too much for one draft, or for all of them, stays as it was. */
export async function holdFiles(tx: Tx, ids: readonly string[], secret: Buffer, until: Temporal.Instant): Promise<void> {
  if (ids.length === 0) return
  const rows = await lockStaged(tx, ids)
  const held_until = timestampOf(until)
  let left = await roomLeft(tx)
  let ofDraft = defaultLimits.perOwner
  for (const row of rows) {
    ofDraft -= row.size
    if (row.held_until) await update(tx, row.id, { held_until })
    else if (ofDraft >= 0 && (left -= row.size) >= 0) await update(tx, row.id, { held_until, ...await sealedBy(tx, row, secret) })
  }
}

/** Lets go of them: from now on they wait as every upload does, and a verb may take them. Those that are of another secret stay. */
export async function releaseFiles(tx: Tx, ids: readonly string[], secret: Buffer): Promise<void> {
  const rows = ids.length === 0 ? [] : await lockStaged(tx, ids)
  for (const row of rows.filter(({ held_until }) => held_until)) {
    const opened = opening(tx, row, secret)
    if (!opened) continue
    await update(tx, row.id, {
      held_until: null, staged_at: timestampOf(tx.now),
      file_key: await sealBytes(tx, row.key_id, fileKeyContext(row.id), opened.key), about: await sealJson(tx, row.key_id, aboutContext(row.id), opened.about),
    })
  }
}

/** Names and sizes of those that wait: of the held ones, those that the secret opens. */
export async function waitingFiles(tx: Tx, ids: readonly string[], secret: Buffer | null): Promise<WaitingFile[]> {
  if (ids.length === 0) return []
  const rows = await tx.db.selectFrom('attachments').selectAll()
    .where('id', 'in', [...ids]).where('owner_id', 'is', null).where('about', 'is not', null).execute()
  const named = await Promise.all(rows.map(async (row) => {
    const about = row.held_until ? secret && opening(tx, row, secret)?.about : await openJson<About>(tx, row.key_id, aboutContext(row.id), row.about!)
    return about ? [{ id: row.id, name: about.name, size: row.size, held: row.held_until !== null }] : []
  }))
  const byId = new Map(named.flat().map((file) => [file.id, file]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Deletes them, with their keys. */
export async function forgetHeld(tx: Tx, ids: readonly string[], secret: Buffer): Promise<void> {
  const rows = ids.length === 0 ? [] : await lockStaged(tx, ids)
  await forget(tx, rows.filter((row) => row.held_until && opening(tx, row, secret)))
}

const lockStaged = (tx: Tx, ids: readonly string[]): Promise<AttachmentRow[]> => tx.db.selectFrom('attachments').selectAll()
  .where('id', 'in', [...ids]).where('owner_id', 'is', null).where('about', 'is not', null).orderBy('id').forUpdate().execute()

const update = (tx: Tx, id: string, change: Partial<AttachmentRow>) => tx.db.updateTable('attachments').set(change).where('id', '=', id).execute()

async function sealedBy(tx: Tx, row: AttachmentRow, secret: Buffer): Promise<Pick<AttachmentRow, 'file_key' | 'about'>> {
  const about = await openJson<About>(tx, row.key_id, aboutContext(row.id), row.about!)
  return {
    file_key: sealBox(secret, bound(tx, row.id, 'key'), await openFileKey(tx, row)),
    about: sealBox(secret, bound(tx, row.id, 'about'), Buffer.from(JSON.stringify(about))),
  }
}

/** Null where another secret holds it. */
function opening(tx: Tx, { id, file_key: key, about }: AttachmentRow, secret: Buffer): { key: Buffer; about: About } | null {
  try {
    return {
      key: openBox(secret, bound(tx, id, 'key'), key, 'a held file'),
      about: JSON.parse(openBox(secret, bound(tx, id, 'about'), about!, 'a held file').toString('utf8')) as About,
    }
  } catch {
    return null
  }
}

async function roomLeft(tx: Tx): Promise<number> {
  const { held } = await tx.db.selectFrom('attachments').select((row) => row.fn.coalesce(row.fn.sum<number>('size'), row.lit(0)).as('held'))
    .where('held_until', 'is not', null).executeTakeFirstOrThrow()
  return defaultLimits.held - Number(held)
}
