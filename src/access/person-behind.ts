import type { Tx } from '../db/tx.ts'
import { Unauthenticated } from '../lib/errors.ts'
import type { Actor } from './actor.ts'

/** The person behind the actor: a key stands for whoever made it, so that nobody approves twice by having a key. */
export async function personBehind(tx: Tx, actor: Actor): Promise<string> {
  if (actor.kind === 'member' || actor.kind === 'person') return actor.accountId
  if (actor.kind === 'system') return `system:${actor.job}`
  if (actor.kind !== 'machine') throw new Unauthenticated()
  const key = await tx.db.selectFrom('api_keys').select('created_by').where('id', '=', actor.keyId).executeTakeFirst()
  return key?.created_by ?? `key:${actor.keyId}`
}
