import type { Selectable } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueue, job, type OrganizationJob } from '../../jobs/index.ts'
import { outbound } from '../../lib/outbound.ts'
import { post, toTeam } from '../../mail/index.ts'
import { openBox, secretsOf, type Webhook } from './find.ts'
import { signatures } from './secret.ts'
import type { WebhookDeliveryRow } from './tables.ts'

export const jobName = 'webhook.deliver'

/** Pauses before the next try, in seconds: the ones that Standard Webhooks proposes, about three days together. */
const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
/** After so long without one answer nothing more is sent. */
const stoppedAfterHours = 24 * 5

export type Delivery = Selectable<WebhookDeliveryRow>
interface Answer { readonly status: number | null; readonly problem: string | null; readonly took: number }
interface Settings { readonly privateNetwork: boolean; baseOf(organizationId: string): Promise<string> }

/** One try. What the other side answers is data on the delivery's row; the next try is a job of its own, so that the pauses are ours. */
export const deliveryJob = ({ privateNetwork, baseOf }: Settings): OrganizationJob => job({
  name: jobName, payload: z.object({ delivery: z.uuid() }),
  async run({ database, organizationId, signal }, { delivery: id }) {
    const due = await database.read(organizationId, (tx) => readDue(tx, id))
    if (!due) return
    const body = bodyOf(due.delivery, await baseOf(organizationId))
    const answer = await send(due.url, { body, id, secrets: due.secrets, signal, privateNetwork })
    await database.write(organizationId, (tx) => settle(tx, due.delivery, answer))
  },
})

async function readDue(tx: Tx, id: string) {
  const delivery = await tx.db.selectFrom('webhook_deliveries').selectAll().where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst()
  const webhook = delivery && await living(tx, delivery)
  if (!webhook || webhook.stopped_at) return undefined
  const box = await openBox(tx, webhook)
  return { delivery, url: box.url, secrets: secretsOf(box, tx.now) }
}

const living = (tx: Tx, { webhook_id: id }: Delivery): Promise<Webhook | undefined> =>
  tx.db.selectFrom('webhooks').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()

/** The body is the same at every try: who receives it may compare. Links lead to the desk, where the reader signs in. */
function bodyOf({ kind, data, made_at }: Delivery, base: string): string {
  const link = data.subjects['report'] ? { link: `${base}/desk/reports/${data.subjects['report']}` } : {}
  return JSON.stringify({ type: kind, timestamp: made_at.toISOString(), data: { ...data, ...link } })
}

interface Sending {
  readonly body: string
  readonly id: string
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
  readonly privateNetwork: boolean
}

async function send(url: string, { body, id, secrets, signal, privateNetwork }: Sending): Promise<Answer> {
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = {
    'content-type': 'application/json', 'user-agent': 'Avow webhooks',
    'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures({ id, timestamp, body }, secrets),
  }
  try {
    const { status } = await outbound(url, { method: 'POST', headers, body, signal }, { privateNetwork, maxBytes: 64 * 1024 })
    return { status, problem: null, took: took() }
  } catch (error) {
    if (signal.aborted) throw error
    return { status: null, problem: wordFor(error), took: took() }
  }
}

/** A word for the delivery log: never the other side's text, which nobody has checked. */
function wordFor(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string }
  return name === 'TimeoutError' ? 'no answer in time' : code ?? 'no connection'
}

async function settle(tx: Tx, { id, webhook_id, tries, made_at }: Delivery, { status, problem, took }: Answer): Promise<void> {
  const taken = status !== null && status >= 200 && status < 300
  const gone = status === 410
  const pause = gone ? undefined : pauses[tries]
  const state = taken ? 'delivered' : pause === undefined ? 'given-up' : 'waiting'
  await tx.db.updateTable('webhook_deliveries').set({ state, tries: tries + 1, tried_at: timestampOf(tx.now), status, problem, took_ms: took })
    .where('id', '=', id).execute()
  if (taken) return void await tx.db.updateTable('webhooks').set({ failing_since: null }).where('id', '=', webhook_id).execute()
  if (pause !== undefined) await enqueue(tx, jobName, { delivery: id }, { runAt: tx.now.add({ seconds: pause }) })
  await noteFailure(tx, webhook_id, gone, made_at)
}

async function noteFailure(tx: Tx, id: string, gone: boolean, since: Date): Promise<void> {
  const webhook = await tx.db.selectFrom('webhooks').selectAll().where('id', '=', id).where('stopped_at', 'is', null).forUpdate().executeTakeFirst()
  if (!webhook) return
  const failing = webhook.failing_since ?? since
  const stops = gone || tx.now.epochMilliseconds - failing.getTime() > stoppedAfterHours * 3_600_000
  await tx.db.updateTable('webhooks').set({ failing_since: failing, ...stops && { stopped_at: timestampOf(tx.now) } }).where('id', '=', id).execute()
  if (!stops) return
  await tx.db.updateTable('webhook_deliveries').set({ state: 'given-up' }).where('webhook_id', '=', id).where('state', '=', 'waiting').execute()
  await post(tx, { to: await toTeam(tx, 'webhooks.manage'), ...stoppedLetter })
}

const stoppedLetter = {
  subject: 'A webhook was stopped',
  text: `A program that is told what happens here has not answered for days, or has said that it is gone. Nothing more is sent to it.

See what it answered, and switch it on again:

{link:/desk/webhooks}`,
}
