/**
 * Webhooks: programs outside are told that something happened, in the format of Standard Webhooks. What may never happen: what was
 * reported, or who somebody is, leaves by this way; a message goes out unsigned, or to an address that nobody with a second factor chose.
 */
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { job, type Job } from '../../jobs/index.ts'
import { onEveryEntry } from '../../ledger/index.ts'
import type { Module } from '../../web/module.ts'
import { deliveryJob } from './deliver.ts'
import { queueDeliveries } from './follow.ts'
import './kinds.ts'
import { listWebhooks, readWebhook } from './list-webhooks.ts'
import { addWebhook, endWebhook, resumeWebhook, rotateSecret, sendAgain, tryWebhook } from './manage-webhooks.ts'
import { webhookPages } from './pages/index.tsx'
import './tables.ts'

export const webhooks: Module = {
  name: 'webhooks',
  verbs: [addWebhook, rotateSecret, resumeWebhook, endWebhook, tryWebhook, sendAgain],
  queries: [listWebhooks, readWebhook],
  pages: webhookPages,
}

onEveryEntry(queueDeliveries)

const keptDays = 30

export const webhookJobs = (settings: Parameters<typeof deliveryJob>[0]): Job[] => [
  deliveryJob(settings),
  job({
    name: 'webhooks.sweep', payload: z.object({}), every: '40 3 * * *',
    async run({ database, organizationId }) {
      await database.write(organizationId, (tx) => tx.db.deleteFrom('webhook_deliveries').where('state', '<>', 'waiting')
        .where('made_at', '<', timestampOf(tx.now.subtract({ hours: 24 * keptDays }))).execute())
    },
  }),
]
