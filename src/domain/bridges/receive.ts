import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { sameSecret } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueue } from '../../jobs/index.ts'
import type { Handler } from '../../web/module.ts'
import { readText } from '../../web/posted.ts'
import { findBridge, openBridge } from './find.ts'
import { syncJobName } from './sync.ts'
import type { TrackerKind } from './tables.ts'

const longest = 1024 * 1024

/**
 * What a tracker tells us. It counts for nothing but as a reason to look: how an issue stands is asked of the tracker itself, so that a message
 * that is repeated, late or out of order changes nothing. A bridge that there is not and a wrong proof are one answer.
 */
export const receiveEvent: Handler = async (page) => {
  const body = await readText(page.request, longest)
  const id = z.uuid().safeParse(page.param('bridge')).data
  const taken = id !== undefined && await page.deps.database.write(page.organization.id, (tx) => take(tx, id, page.request.headers, body))
  return new Response(null, { status: taken ? 202 : 401 })
}

async function take(tx: Tx, id: string, headers: Headers, body: string): Promise<boolean> {
  const bridge = await findBridge(tx, id)
  if (!bridge || !proofs[bridge.kind](headers, body, (await openBridge(tx, bridge)).secret)) return false
  await tx.db.updateTable('bridges').set({ heard_at: timestampOf(tx.now) }).where('id', '=', id).execute()
  const number = numberIn(body)
  const issue = number === undefined ? undefined : await tx.db.updateTable('bridge_issues').set({ next_at: timestampOf(tx.now) })
    .where('bridge_id', '=', id).where('number', '=', number).where('state', '=', 'sent').where('erased_at', 'is', null).returning('id').executeTakeFirst()
  if (issue) await enqueue(tx, syncJobName, { issue: issue.id }, { key: issue.id })
  return true
}

/** GitHub signs the raw body; GitLab sends the secret itself along. Compared in a time that tells nothing. */
const proofs: Record<TrackerKind, (headers: Headers, body: string, secret: string) => boolean> = {
  github: (headers, body, secret) =>
    sameSecret(headers.get('x-hub-signature-256') ?? '', `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`),
  gitlab: (headers, _, secret) => sameSecret(headers.get('x-gitlab-token') ?? '', secret),
}

const Number = z.int().positive().max(2 ** 31 - 1)
const Event = z.union([
  z.object({ issue: z.object({ number: Number }) }).transform(({ issue }) => issue.number),
  z.object({ object_kind: z.literal('issue'), object_attributes: z.object({ iid: Number }) }).transform(({ object_attributes: { iid } }) => iid),
])

/** Of which issue it tells, if of any. */
function numberIn(body: string): number | undefined {
  try {
    return Event.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
