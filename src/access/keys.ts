import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import type { Actor } from './actor.ts'
import { tokenHash } from './tokens.ts'
import './tables.ts'

/** Every key begins so, which lets scanners of leaked secrets know it. */
export const keyPrefix = 'avow_'

/**
 * The machine that holds this key; null when it is unknown, over or taken back, or whoever made it is no longer of the team. A key for
 * assistants opens nothing but MCP. Finding it counts as use.
 */
export async function machineOf(database: Database, organizationId: string, token: string, use: 'api' | 'assistant'): Promise<Machine | null> {
  const row = await database.read(organizationId, (tx) => tx.db.selectFrom('api_keys').select(['id', 'roles', 'verbs', stale(tx).as('stale')])
    .where('token_hash', '=', tokenHash(token)).where('assistant', '=', use === 'assistant')
    .where('revoked_at', 'is', null).where('expires_at', '>', timestampOf(tx.now)).where(makerStays(tx)).executeTakeFirst())
  if (row?.stale) await database.write(organizationId, (tx) => noteKeyUse(tx, row.id))
  return row ? { kind: 'machine', keyId: row.id, roles: row.roles, verbs: row.verbs ?? 'all' } : null
}

type Machine = Extract<Actor, { kind: 'machine' }>

const noteKeyUse = (tx: Tx, id: string) => tx.db.updateTable('api_keys').set({ used_at: timestampOf(tx.now) }).where('id', '=', id).execute()

/** A use is written down once a minute. */
const stale = (tx: Tx) => sql<boolean>`coalesce(used_at < ${tx.now}::timestamptz - interval '1 minute', true)`

const makerStays = (tx: Tx) => sql<boolean>`not exists (
  select from memberships where account_id = created_by and (ended_at is not null or ends_at <= ${tx.now}))`

/** Takes back every key that this person has made in this organisation. The caller appends an entry for each id in the answer. */
export async function endKeysOf(tx: Tx, accountId: string): Promise<string[]> {
  const ended = await tx.db.updateTable('api_keys').set({ revoked_at: timestampOf(tx.now) })
    .where('created_by', '=', accountId).where('revoked_at', 'is', null).returning('id').execute()
  return ended.map(({ id }) => id)
}
