import { createHmac } from 'node:crypto'
import { tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { eraseKey, openJson } from '../../seal/envelope.ts'
import type { SubscriberRow } from './tables.ts'

/** What is known of a subscriber, sealed under a key of their own. The token ends the subscription, and is in every letter. */
export interface Subscriber { readonly address: string; readonly token: string }

export const boxContext = (id: string) => `subscriber:${id}`

export const openSubscriber = (tx: Tx, { id, key_id, box }: Pick<SubscriberRow, 'id' | 'key_id' | 'box'>): Promise<Subscriber> =>
  openJson<Subscriber>(tx, key_id, boxContext(id), box)

/** The newest hash first, which is the one that is stored. */
export const addressHashes = (tx: Tx, address: string): Buffer[] => tx.keyring.epochs().toSorted((a, b) => b.epoch - a.epoch).map(({ epoch }) =>
  createHmac('sha256', tx.keyring.derive('subscriber-address',
    epoch)).update(`${tx.organizationId}\n${address.trim().normalize('NFKC').toLowerCase()}`).digest())

export const findByToken = (tx: Tx, token: string): Promise<SubscriberRow | undefined> =>
  tx.db.selectFrom('subscribers').selectAll().where('token_hash', '=', tokenHash(token)).forUpdate().executeTakeFirst()

/** Nothing stays of it. */
export async function forget(tx: Tx, { id, key_id }: Pick<SubscriberRow, 'id' | 'key_id'>): Promise<void> {
  await tx.db.deleteFrom('subscribers').where('id', '=', id).execute()
  await eraseKey(tx, key_id)
}

const unconfirmedDays = 7

/** Who never confirmed is forgotten. For the daily job. */
export async function forgetUnconfirmed(tx: Tx): Promise<void> {
  const rows = await tx.db.selectFrom('subscribers').select(['id', 'key_id']).where('confirmed_at', 'is', null)
    .where('asked_at', '<', timestampOf(tx.now.subtract({ hours: 24 * unconfirmedDays }))).execute()
  for (const row of rows) await forget(tx, row)
}
