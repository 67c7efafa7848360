import { sql } from 'kysely'
import { z } from 'zod'
import { namesOf } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { standingOf } from '../../access/memberships.ts'
import type { Database } from '../../db/database.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueue, job } from '../../jobs/index.ts'
import { onEntries } from '../../ledger/index.ts'
import { Forbidden, NotFound, refuseIf } from '../../lib/errors.ts'
import { openText, organizationKey, sealText } from '../../seal/envelope.ts'
import { runVerb } from '../../verbs/run.ts'
import { verb } from '../../verbs/verb.ts'
import { queues, type Queue } from '../gates/index.ts'
import { closeAsSpam, countClosable, lockClosable, MessageText, Minutes, noteTime, spamEntries } from '../reports/index.ts'

const BATCH = 500
const message = MessageText.describe('What the reporters will read')
const minutes = Minutes.default(0).describe('Minutes that it took')
const batchContext = (id: string) => `bulk-closure:${id}`

/** Who closed a report as spam is kept, and that it was spam is counted apart; whatever way it was closed. What a program closes never counts. */
onEntries(['report.closed'], (tx, written) => {
  const spam = written.filter(({ marks }) => marks.reason === 'spam' && marks.by === 'human')
  if (spam.length === 0 || tx.actor?.kind !== 'member') return
  const row = { closed_by: tx.actor.accountId, closed_at: timestampOf(tx.now) }
  tx.send(tx.db.insertInto('spam_closures').values(spam.map(({ subjects }) => ({ organization_id: tx.organizationId, report_id: subjects.report!, ...row })))
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(row)).execute())
})
onEntries(['report.reopened'], (tx, written) => {
  const reports = written.map(({ subjects }) => subjects.report!)
  tx.send(tx.db.deleteFrom('spam_closures').where(sql<boolean>`report_id = any (${reports})`).execute())
})

export const closeTicked = verb({
  name: 'report.close-as-spam', summary: 'Close several reports as spam. Their reporters can appeal.', may: 'reports.triage', entries: spamEntries,
  input: z.object({
    reports: z.array(z.uuid(), 'Tick the reports that are spam.').min(1, 'Tick the reports that are spam.').max(BATCH).describe('Ids of the reports'),
      message, minutes,
  }),
  output: z.object({ closed: z.number() }),
  async run(work, given) {
    const reports = await lockClosable(work.tx, work.actor, { ids: given.reports, limit: BATCH })
    await closeAsSpam(work, reports, given.message)
    await noteTime(work.tx, work.actor, reports.map(({ id }) => id), given.minutes)
    return { closed: reports.length }
  },
})

/** All that stand in one class by now: what arrives after the click is not meant. It is done in batches, in the name of whoever asked. */
export const closeAll = verb({
  name: 'report.close-all-as-spam', summary: 'Close all open reports of one class as spam, up to this moment. Their reporters can appeal.',
  may: 'reports.triage', entries: [],
  input: z.object({ queue: z.enum(queues).describe('The class'), message, minutes }), output: z.object({ meant: z.number() }),
  async run({ tx, actor }, { queue, ...given }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.triage')
    const meant = await countClosable(tx, actor, { queue, upTo: timestampOf(tx.now) })
    refuseIf(meant === 0, 'nothing_to_close', 'Nothing is open in this class.')
    const [id, now] = [tx.newId(), timestampOf(tx.now)]
    await tx.db.insertInto('bulk_closures').values({
      organization_id: tx.organizationId, id, account_id: actor.accountId, queue, up_to: now, minutes: given.minutes, meant, began_at: now,
      message: await sealText(tx, await organizationKey(tx), batchContext(id), given.message),
    }).execute()
    await enqueue(tx, 'reports.close-spam', { closure: id }, { key: id })
    return { meant }
  },
})

/** The next of them. Whoever asked has to be allowed still, at each batch. */
export const closeNext = verb({
  name: 'report.close-next-as-spam', summary: 'Go on with what you asked to be closed as spam.', may: 'reports.triage', entries: spamEntries,
  input: z.object({ closure: z.uuid().describe('What report.close-all-as-spam began') }), output: z.object({ closed: z.number() }),
  async run(work, { closure }) {
    const { tx, actor } = work
    const order = await tx.db.selectFrom('bulk_closures').selectAll().where('id', '=', closure).where('ended_at', 'is', null).forUpdate().executeTakeFirst()
    if (!order || actor.kind !== 'member' || order.account_id !== actor.accountId) throw new NotFound()
    const reports = await lockClosable(tx, actor, { queue: order.queue as Queue, upTo: order.up_to, limit: BATCH })
    await closeAsSpam(work, reports, await openText(tx, await organizationKey(tx), batchContext(closure), order.message))
    await noteTime(tx, actor, reports.map(({ id }) => id), Number(order.minutes) * reports.length / order.meant)
    const ended_at = reports.length < BATCH ? timestampOf(tx.now) : null
    await tx.db.updateTable('bulk_closures').set((is) => ({ closed: is('closed', '+', reports.length), ended_at })).where('id', '=', closure).execute()
    return { closed: reports.length }
  },
})

export const closeSpamJob = job({
  name: 'reports.close-spam', payload: z.object({ closure: z.uuid() }),
  async run({ database, organizationId, signal }, { closure }) {
    const asker = await askerOf(database, organizationId, closure)
    if (!asker) return
    while (!signal.aborted && (await runVerb({ database }, closeNext, asker, organizationId, { closure })).closed === BATCH);
    signal.throwIfAborted()
  },
})

/** Whoever asked, with what they may do today; null where it is done, or they are of the team no more. */
async function askerOf(database: Database, organizationId: string, closure: string): Promise<Actor | null> {
  return database.read(organizationId, async (tx) => {
    const order = await tx.db.selectFrom('bulk_closures').select(['account_id', 'ended_at']).where('id', '=', closure).executeTakeFirst()
    const standing = order && !order.ended_at ? await standingOf(tx, order.account_id) : null
    if (!order || !standing) return null
    const { until, ...held } = standing
    return { kind: 'member', accountId: order.account_id, personName: (await namesOf(tx, [order.account_id]))(order.account_id), ...held, ...until
      && { until } }
  })
}

/** What is still being closed, for the page. */
export const closuresUnderWay = (tx: Tx) =>
  tx.db.selectFrom('bulk_closures').select(['queue', 'meant', 'closed']).where('ended_at', 'is', null).orderBy('began_at').execute()
