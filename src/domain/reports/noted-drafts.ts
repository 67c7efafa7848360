import type { Actor } from '../../access/actor.ts'
import { openPersonal, sealPersonal } from '../../access/personal-box.ts'
import type { Tx } from '../../db/tx.ts'

/*
 * Somebody who is signed in finds their drafts again from any browser. The drafts' phrases lie under that person's own key for it: of these drafts,
 * and of no others, our keys open the text.
 */

/** How many an account lists. Of more, the newest: an older one is opened by its phrase, as any other. */
const MOST = 50

const place = (hash: Buffer) => `begun_by_accounts.phrase:${hash.toString('hex')}`

const ownerOf = (tx: Tx, actor: Actor) => actor.kind !== 'person' && actor.kind !== 'member' ? undefined
  : tx.db.selectFrom('accounts').select(['id', 'key_epoch', 'wrapped_key']).where('id', '=', actor.accountId).executeTakeFirst()

export async function noteDraft(tx: Tx, actor: Actor, { phrase, hash }: { phrase: string; hash: Buffer }): Promise<void> {
  const owner = await ownerOf(tx, actor)
  if (!owner) return
  const box = await sealPersonal(tx.keyring, owner, place(hash), phrase)
  await tx.db.insertInto('begun_by_accounts').values({ organization_id: tx.organizationId, account_id: owner.id, phrase_hash: hash, phrase: box })
    .onConflict((conflict) => conflict.doNothing()).execute()
  await tx.db.deleteFrom('begun_by_accounts').where('account_id', '=', owner.id).where('phrase_hash', 'in', (noted) => noted
    .selectFrom('begun_by_accounts as own').innerJoin('begun_reports', 'begun_reports.phrase_hash', 'own.phrase_hash').select('own.phrase_hash')
    .where('own.account_id', '=', owner.id).orderBy('kept_until', 'desc').orderBy('own.phrase_hash').offset(MOST)).execute()
}

/** The phrases of the actor's drafts, whichever ends last first. */
export async function notedDrafts(tx: Tx, actor: Actor): Promise<string[]> {
  const owner = await ownerOf(tx, actor)
  if (!owner) return []
  const rows = await tx.db.selectFrom('begun_by_accounts').innerJoin('begun_reports', 'begun_reports.phrase_hash', 'begun_by_accounts.phrase_hash')
    .select(['begun_by_accounts.phrase_hash', 'phrase']).where('account_id', '=', owner.id).orderBy('kept_until', 'desc').execute()
  return Promise.all(rows.map(({ phrase_hash: hash, phrase }) => openPersonal<string>(tx.keyring, owner, place(hash), phrase)))
}
