import type { Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { openJson, sealJson } from '../../seal/envelope.ts'
import type { WebhookRow } from './tables.ts'

export type Webhook = Selectable<WebhookRow>

/** What is sealed of a webhook. The old secret signs beside the new one until `until`, so that whoever receives has time to change it. */
export interface Box { readonly url: string; readonly secret: string; readonly old?: { readonly secret: string; readonly until: string } }

const context = (id: string) => `webhook:${id}`
export const sealBox = (tx: Tx, keyId: string, id: string, box: Box): Promise<Buffer> => sealJson(tx, keyId, context(id), box)
export const openBox = (tx: Tx, { key_id, id, box }: Webhook): Promise<Box> => openJson<Box>(tx, key_id, context(id), box)

/** The secrets that count now, the newest first. */
export const secretsOf = ({ secret, old }: Box, now: Temporal.Instant): string[] =>
  old && Temporal.Instant.compare(old.until, now) > 0 ? [secret, old.secret] : [secret]

export const webhooks = (tx: Tx): Promise<Webhook[]> =>
  tx.db.selectFrom('webhooks').selectAll().where('ended_at', 'is', null).orderBy('created_at').execute()

export async function getWebhook(tx: Tx, id: string): Promise<Webhook> {
  const found = await tx.db.selectFrom('webhooks').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
  if (!found) throw new NotFound()
  return found
}
