import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'
import type { Delivery } from './deliver.ts'
import { getWebhook, openBox, webhooks, type Webhook } from './find.ts'

async function viewOf(tx: Tx, webhook: Webhook) {
  const { url } = await openBox(tx, webhook)
  return {
    id: webhook.id, name: webhook.name, url, kinds: webhook.kinds, created_at: webhook.created_at.toISOString(),
    failing_since: webhook.failing_since?.toISOString() ?? null, stopped_at: webhook.stopped_at?.toISOString() ?? null,
  }
}

export const listWebhooks = query({
  name: 'webhook.list', summary: 'List the programs that are told what happens, never their secrets.', may: 'webhooks.manage', input: z.object({}),
  async run({ tx }) { return { webhooks: await Promise.all((await webhooks(tx)).map((webhook) => viewOf(tx, webhook))) } },
})

export const readWebhook = query({
  name: 'webhook.read', summary: 'Read what a webhook was sent in the last 30 days, and what it answered.', may: 'webhooks.manage',
  input: z.object({ webhook: z.uuid().describe('The webhook’s id') }),
  async run({ tx }, { webhook: id }) {
    const webhook = await getWebhook(tx, id)
    const deliveries = await tx.db.selectFrom('webhook_deliveries').selectAll().where('webhook_id', '=', id)
      .orderBy('made_at', 'desc').orderBy('id').limit(100).execute()
    return { ...await viewOf(tx, webhook), deliveries: deliveries.map(lineOf) }
  },
})

const lineOf = ({ id, kind, made_at, state, tries, tried_at, status, problem, took_ms }: Delivery) =>
  ({ id, kind, state, tries, status, problem, took_ms, made_at: made_at.toISOString(), tried_at: tried_at?.toISOString() ?? null })

export type DeliveryLine = ReturnType<typeof lineOf>
