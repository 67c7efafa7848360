import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const ofWebhook = { stream: 'systems', subjects: ['webhook'], marks: z.object({}), vouch: 'machine' } as const

export const webhookAdded = defineKind({
  kind: 'webhook.added', about: 'A program outside is told what happens from now on.', ...ofWebhook,
  facts: z.object({ name: z.string(), host: z.string(), kinds: z.array(z.string()) }),
})
export const webhookEnded = defineKind({
  kind: 'webhook.ended', about: 'A program outside is no longer told what happens.', ...ofWebhook, facts: z.object({}),
})
