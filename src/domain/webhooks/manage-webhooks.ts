import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { enqueue } from '../../jobs/index.ts'
import { append, listKinds } from '../../ledger/index.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { eraseKey, newSubjectKey } from '../../seal/envelope.ts'
import { verb } from '../../verbs/verb.ts'
import { jobName } from './deliver.ts'
import { getWebhook, openBox, sealBox, webhooks } from './find.ts'
import { webhookAdded, webhookEnded } from './kinds.ts'
import { newSecret } from './secret.ts'

const most = 20
const id = z.uuid().describe('The webhook’s id')

const Wanted = z.string().trim().refine(isWanted, 'There is no such kind of entry. Write one from the list, report.* for all of a noun, or * for all.')

function isWanted(text: string): boolean {
  return text === '*' || listKinds().some(({ kind }) => kind === text || (text.endsWith('.*') && kind.startsWith(text.slice(0, -1))))
}

export const addWebhook = verb({
  name: 'webhook.add', summary: 'Tell a program outside what happens. Its secret is shown this once.', may: 'webhooks.manage', stepUp: true,
  entries: ['webhook.added'],
  input: z.object({
    name: z.string().trim().min(1, 'Say what it is for.').max(100),
    url: z.url({ protocol: /^https?$/, error: 'Write the whole address, such as https://tools.example.org/avow.' }).max(2000),
    kinds: z.array(Wanted).min(1, 'Say which kinds of entries it is told of.').max(100),
  }),
  output: z.object({ webhook: z.uuid(), secret: z.string() }),
  async run({ tx }, { name, url, kinds }) {
    refuseIf((await webhooks(tx)).length >= most, 'too_many_webhooks', `There are ${most} webhooks. End one first.`)
    const webhook = tx.newId()
    const keyId = await newSubjectKey(tx, 'webhook', webhook)
    const secret = newSecret()
    await tx.db.insertInto('webhooks').values({
      organization_id: tx.organizationId, id: webhook, name, key_id: keyId, box: await sealBox(tx, keyId, webhook, { url, secret }),
      kinds, created_at: timestampOf(tx.now),
    }).execute()
    await append(tx, webhookAdded, { subjects: { webhook }, marks: {}, facts: { name, host: new URL(url).host, kinds } })
    return { webhook, secret }
  },
})

const overlapHours = 24

export const rotateSecret = verb({
  name: 'webhook.rotate-secret', summary: 'Make a new secret for a webhook. The old one signs too for a day.', may: 'webhooks.manage', stepUp: true,
  entries: [],
  input: z.object({ webhook: id }),
  output: z.object({ webhook: z.uuid(), secret: z.string() }),
  async run({ tx }, given) {
    const webhook = await getWebhook(tx, given.webhook)
    const { url, secret: old } = await openBox(tx, webhook)
    const secret = newSecret()
    const until = tx.now.add({ hours: overlapHours }).toString()
    const box = await sealBox(tx, webhook.key_id, webhook.id, { url, secret, old: { secret: old, until } })
    await tx.db.updateTable('webhooks').set({ box }).where('id', '=', webhook.id).execute()
    return { webhook: webhook.id, secret }
  },
})

export const resumeWebhook = verb({
  name: 'webhook.resume', summary: 'Switch a webhook on again that was stopped because nothing answered.', may: 'webhooks.manage', entries: [],
  input: z.object({ webhook: id }),
  async run({ tx }, given) {
    const webhook = await getWebhook(tx, given.webhook)
    await tx.db.updateTable('webhooks').set({ stopped_at: null, failing_since: null }).where('id', '=', webhook.id).execute()
  },
})

/** Address and secrets are gone with their key; what was sent stays in the log until it is swept. */
export const endWebhook = verb({
  name: 'webhook.end', summary: 'No longer tell this program what happens.', may: 'webhooks.manage', entries: ['webhook.ended'],
  input: z.object({ webhook: id }),
  async run({ tx }, given) {
    const webhook = await getWebhook(tx, given.webhook)
    await tx.db.updateTable('webhooks').set({ ended_at: timestampOf(tx.now) }).where('id', '=', webhook.id).execute()
    await eraseKey(tx, webhook.key_id)
    await append(tx, webhookEnded, { subjects: { webhook: webhook.id }, marks: {}, facts: {} })
  },
})

export const tryWebhook = verb({
  name: 'webhook.try', summary: 'Send one message to a webhook that tells nothing, to see what it answers.', may: 'webhooks.manage', entries: [],
  input: z.object({ webhook: id }),
  output: z.object({ delivery: z.uuid() }),
  async run({ tx }, given) {
    const webhook = await getWebhook(tx, given.webhook)
    refuseIf(webhook.stopped_at, 'webhook_stopped', 'It is stopped. Switch it on first.')
    const delivery = tx.newId()
    await tx.db.insertInto('webhook_deliveries').values({
      organization_id: tx.organizationId, id: delivery, webhook_id: webhook.id, kind: 'webhook.tried',
      data: JSON.stringify({ entry: null, subjects: {}, marks: {} }), made_at: timestampOf(tx.now),
    }).execute()
    await enqueue(tx, jobName, { delivery })
    return { delivery }
  },
})

export const sendAgain = verb({
  name: 'webhook.send-again', summary: 'Send once more what a webhook was told, with the same id.', may: 'webhooks.manage', entries: [],
  input: z.object({ delivery: z.uuid().describe('Id of the delivery') }),
  output: z.object({ webhook: z.uuid() }),
  async run({ tx }, { delivery: asked }) {
    const delivery = await tx.db.selectFrom('webhook_deliveries').select(['id', 'webhook_id', 'state']).where('id', '=', asked).executeTakeFirst()
    if (!delivery) throw new NotFound()
    const webhook = await getWebhook(tx, delivery.webhook_id)
    refuseIf(webhook.stopped_at, 'webhook_stopped', 'It is stopped. Switch it on first.')
    refuseIf(delivery.state === 'waiting', 'delivery_waits', 'It has not been delivered yet and is tried again by itself.')
    await tx.db.updateTable('webhook_deliveries').set({ state: 'waiting', tries: 0 }).where('id', '=', delivery.id).execute()
    await enqueue(tx, jobName, { delivery: delivery.id })
    return { webhook: webhook.id }
  },
})
