import type { Tx } from '../db/tx.ts'
import { refuseIf, Unauthenticated } from '../lib/errors.ts'
import type { Actor } from './actor.ts'

/** The person behind the actor: a key stands for whoever made it, so that nobody approves twice by having a key. */
export async function personBehind(tx: Tx, actor: Actor): Promise<string> {
  if (actor.kind === 'member' || actor.kind === 'person') return actor.accountId
  if (actor.kind === 'system') return `system:${actor.job}`
  if (actor.kind !== 'machine') throw new Unauthenticated()
  const key = await tx.db.selectFrom('api_keys').select('created_by').where('id', '=', actor.keyId).executeTakeFirst()
  return key?.created_by ?? `key:${actor.keyId}`
}

interface Acting { readonly tx: Tx; readonly actor: Actor }

/** The person behind the actor, who has to be somebody else than this one: what takes two people is never done by one. */
export async function demandAnother({ tx, actor }: Acting, than: string | null, message?: string, code = 'second_person_needed'): Promise<string> {
  const me = await personBehind(tx, actor)
  refuseIf(me === than, code, message)
  return me
}
