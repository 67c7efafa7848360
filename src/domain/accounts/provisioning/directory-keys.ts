import { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import { newToken, tokenHash } from '../../../access/tokens.ts'
import type { Database } from '../../../db/database.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import { NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { directoryKeyCreated, directoryKeyRevoked } from './kinds.ts'
import './tables.ts'

/** Not that of an API key: neither is taken for the other, and a scanner of leaked secrets knows both. */
const prefix = 'avow_directory_'

export const createDirectoryKey = verb({
  name: 'directory-key.create', summary: 'Makes a key for the identity provider’s directory (SCIM). It is shown this once.', may: 'sign-in.manage',
  stepUp: true, entries: ['directory-key.created'],
  input: z.object({
    name: z.string().trim().min(1, 'Say which directory it is for.').max(100),
    days: z.int().min(1).max(730).default(365),
  }),
  output: z.object({ id: z.uuid(), key: z.string(), expires_at: z.iso.datetime() }),
  async run({ tx, actor }, { name, days }) {
    if (actor.kind !== 'member') return refuseIf(true, 'keys_make_no_keys', 'A key cannot make keys. Sign in to make one.') as never
    const [id, key] = [tx.newId(), `${prefix}${newToken()}`]
    const expires_at = new Date(tx.now.epochMilliseconds + days * 86_400_000)
    await tx.db.insertInto('directory_keys').values({
      organization_id: tx.organizationId, id, token_hash: tokenHash(key), name, created_by: actor.accountId, created_at: timestampOf(tx.now), expires_at,
      used_at: null, revoked_at: null,
    }).execute()
    await append(tx, directoryKeyCreated, { subjects: { key: id }, marks: {}, facts: { name, expires_at: expires_at.toISOString() } })
    return { id, key, expires_at: expires_at.toISOString() }
  },
})

export const revokeDirectoryKey = verb({
  name: 'directory-key.revoke', summary: 'Takes a key of the directory back: it changes nothing here from now on.', may: 'sign-in.manage', stepUp: true,
  entries: ['directory-key.revoked'],
  input: z.object({ key: z.uuid() }),
  async run({ tx }, { key }) {
    const { numUpdatedRows } = await tx.db.updateTable('directory_keys').set({ revoked_at: timestampOf(tx.now) })
      .where('id', '=', key).where('revoked_at', 'is', null).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await append(tx, directoryKeyRevoked, { subjects: { key }, marks: {}, facts: {} })
  },
})

/** The directory that holds this key; null when it is unknown, over or taken back. It may do what a directory does, and nothing else. */
export function directoryOf(database: Database, organizationId: string, token: string, operations: readonly string[]): Promise<Actor | null> {
  return database.write(organizationId, async (tx) => {
    const row = await tx.db.updateTable('directory_keys').set({ used_at: timestampOf(tx.now) })
      .where('token_hash', '=', tokenHash(token)).where('revoked_at', 'is', null).where('expires_at', '>', timestampOf(tx.now))
      .returning('id').executeTakeFirst()
    return row ? { kind: 'machine', keyId: row.id, roles: ['directory'], verbs: operations } : null
  })
}
