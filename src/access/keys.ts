import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import type { Actor } from './actor.ts'
import { tokenHash } from './tokens.ts'
import './tables.ts'

/** Every key begins so, which lets scanners of leaked secrets know it. */
export const keyPrefix = 'avow_'

/** The machine that holds this key; null when it is unknown, over or taken back. A key for assistants opens nothing but MCP. */
export async function machineOf(tx: Tx, token: string, use: 'api' | 'assistant'): Promise<Extract<Actor, { kind: 'machine' }> | null> {
  const row = await tx.db.selectFrom('api_keys').select(['id', 'roles', 'verbs'])
    .where('token_hash', '=', tokenHash(token)).where('assistant', '=', use === 'assistant')
    .where('revoked_at', 'is', null).where('expires_at', '>', timestampOf(tx.now)).executeTakeFirst()
  return row ? { kind: 'machine', keyId: row.id, roles: row.roles, verbs: row.verbs ?? 'all' } : null
}

/** Takes back every key that this person has made in this organisation. The caller appends an entry for each id in the answer. */
export async function endKeysOf(tx: Tx, accountId: string): Promise<string[]> {
  const ended = await tx.db.updateTable('api_keys').set({ revoked_at: timestampOf(tx.now) })
    .where('created_by', '=', accountId).where('revoked_at', 'is', null).returning('id').execute()
  return ended.map(({ id }) => id)
}
