import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { Conflict, Refusal } from '../lib/errors.ts'
import { binding, openBox, sealBox } from './box.ts'
import { demandNotHeld } from './holds.ts'

declare module '../db/tables.ts' {
  interface Tables { data_keys: DataKeyRow }
}

/** One data key. `wrapped` is null once it is destroyed; `epoch` stays and says which wrapping key backups still need. */
export interface DataKeyRow {
  organization_id: string
  id: string
  purpose: string
  subject_id: string
  epoch: number
  wrapped: Buffer | null
  created_at: Date
  destroyed_at: Date | null
}

/** The key was destroyed on request: what it sealed can never be read again. */
export class Erased extends Refusal {
  readonly code = 'erased'
  constructor() { super('This was erased for good.') }
}

/** What a data key is for. One per subject: a person's identity and a report's content are erased apart. */
export type KeyPurpose = 'report' | 'person' | 'organization' | 'attachment' | (string & {})

/** Makes the subject's AES-256 data key and returns the key's id. A subject has one living key for each purpose. */
export async function newSubjectKey(tx: Tx, purpose: KeyPurpose, subjectId: string): Promise<string> {
  const { id, key, insert } = await makeKey(tx, purpose, subjectId)
  tx.send(insert.execute().catch((error: { code?: string }) => {
    throw error.code === uniqueViolation ? new Conflict('data_key_exists', `There is a living ${purpose} key for ${subjectId} already.`) : error
  }))
  keysOf(tx).set(id, key)
  return id
}

/** The organisation's own key, for what belongs to no single subject. Made when it is first asked for. */
export async function organizationKey(tx: Tx): Promise<string> {
  const known = ownKeys.get(tx.db)
  if (known && keysOf(tx).get(known) !== 'erased') return known
  const id = await findKey(tx, 'organization', tx.organizationId)
    ?? await insertKey(tx, 'organization', tx.organizationId)
    ?? (await findKey(tx, 'organization', tx.organizationId))!
  ownKeys.set(tx.db, id)
  return id
}

/** The subject's living key, if it has one. */
export async function findKey(tx: Tx, purpose: KeyPurpose, subjectId: string): Promise<string | undefined> {
  const row = await tx.db.selectFrom('data_keys').select(keyColumns)
    .where('purpose', '=', purpose).where('subject_id', '=', subjectId).where('destroyed_at', 'is', null)
    .executeTakeFirst()
  if (row) await keep(tx, row)
  return row?.id
}

const uniqueViolation = '23505'

/** Nothing where another transaction was faster. */
async function insertKey(tx: Tx, purpose: KeyPurpose, subjectId: string): Promise<string | undefined> {
  const { id, key, insert } = await makeKey(tx, purpose, subjectId)
  const inserted = await insert.onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  if (inserted) keysOf(tx).set(id, key)
  return inserted?.id
}

async function makeKey(tx: Tx, purpose: KeyPurpose, subjectId: string) {
  const id = tx.newId()
  const key = randomBytes(32)
  const { epoch, wrapped } = await tx.keyring.wrap(key, keyBinding(tx.organizationId, id, purpose, subjectId))
  const insert = tx.db.insertInto('data_keys')
    .values({ organization_id: tx.organizationId, id, purpose, subject_id: subjectId, epoch, wrapped, created_at: timestampOf(tx.now), destroyed_at: null })
  return { id, key, insert }
}

/** Seals `value` as JSON. `context` names the place (`report/description`): a box opens nowhere else. */
export async function sealJson(tx: Tx, keyId: string, context: string, value: unknown): Promise<Buffer> {
  return sealText(tx, keyId, context, JSON.stringify(value))
}

/** Throws `Erased` when the key was destroyed, `BrokenSeal` when the box is not what was sealed here. */
export async function openJson<T>(tx: Tx, keyId: string, context: string, box: Buffer): Promise<T> {
  return JSON.parse(await openText(tx, keyId, context, box)) as T
}

export async function sealText(tx: Tx, keyId: string, context: string, text: string): Promise<Buffer> {
  return sealBytes(tx, keyId, context, Buffer.from(text, 'utf8'))
}

export async function openText(tx: Tx, keyId: string, context: string, box: Buffer): Promise<string> {
  return (await openBytes(tx, keyId, context, box)).toString('utf8')
}

export async function sealBytes(tx: Tx, keyId: string, context: string, plain: Buffer): Promise<Buffer> {
  return sealBox(await dataKey(tx, keyId), boxBinding(tx.organizationId, keyId, context), plain)
}

export async function openBytes(tx: Tx, keyId: string, context: string, box: Buffer): Promise<Buffer> {
  return openBox(await dataKey(tx, keyId), boxBinding(tx.organizationId, keyId, context), box, context)
}

/** Fetches many keys at once, before a list of things is opened one by one. Erased ones stay erased. */
export async function loadKeys(tx: Tx, keyIds: readonly string[]): Promise<void> {
  const keys = keysOf(tx)
  const missing = [...new Set(keyIds)].filter((id) => !keys.has(id))
  if (missing.length === 0) return
  const rows = await tx.db.selectFrom('data_keys').select(keyColumns).where(sql<boolean>`id = any (${missing})`).execute()
  for (const row of rows) await keep(tx, row)
}

/**
 * Destroys the key: its wrapped bytes are overwritten. Throws `OnHold` where a legal hold covers its subject. The caller removes index rows
 * (`unindex`) and appends `erased`.
 */
export async function eraseKey(tx: Tx, keyId: string): Promise<void> {
  await demandNotHeld(tx, keyId)
  await eraseKeyAgain(tx, keyId)
}

/** What was erased once is erased again after a restore, whatever holds the backup knows of. */
export async function eraseKeyAgain(tx: Tx, keyId: string): Promise<void> {
  await tx.db.updateTable('data_keys').set({ wrapped: null, destroyed_at: timestampOf(tx.now) })
    .where('id', '=', keyId).where('wrapped', 'is not', null)
    .execute()
  keysOf(tx).set(keyId, 'erased')
}

/** The raw data key, for what derives from it (the blind index) or streams under it (attachments). */
export async function dataKey(tx: Tx, keyId: string): Promise<Buffer> {
  await loadKeys(tx, [keyId])
  const key = keysOf(tx).get(keyId)
  if (!key) throw new Error(`There is no data key ${keyId} in this organisation.`)
  if (key === 'erased') throw new Erased()
  return key
}

export const boxBinding = (organizationId: string, keyId: string, context: string) => binding('avow/box/v1', organizationId, keyId, context)

export const keyBinding = (organizationId: string, keyId: string, purpose: string, subjectId: string) =>
  binding('avow/data-key/v1', organizationId, keyId, purpose, subjectId)

/** Unwrapped keys live exactly as long as their transaction. */
const cache = new WeakMap<Tx['db'], Map<string, Buffer | 'erased'>>()
/** Which of them is the organisation's own. */
const ownKeys = new WeakMap<Tx['db'], string>()

function keysOf(tx: Tx): Map<string, Buffer | 'erased'> {
  const keys = cache.get(tx.db) ?? new Map<string, Buffer | 'erased'>()
  cache.set(tx.db, keys)
  return keys
}

const keyColumns = ['id', 'purpose', 'subject_id', 'epoch', 'wrapped'] as const

async function keep(tx: Tx, { id, purpose, subject_id: subjectId, epoch, wrapped }: Pick<DataKeyRow, (typeof keyColumns)[number]>): Promise<void> {
  const key = wrapped ? await tx.keyring.unwrap(epoch, wrapped, keyBinding(tx.organizationId, id, purpose, subjectId)) : 'erased'
  keysOf(tx).set(id, key)
}
