import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type Job } from '../../jobs/index.ts'
import { runVerb } from '../../verbs/run.ts'
import { verb } from '../../verbs/verb.ts'
import { getReport, type Report } from '../reports/index.ts'
import { endEmbargo } from './embargo.ts'
import { handlingOf } from './handling.ts'
import { tellParties } from './parties.ts'
import { approvedByBoth, publish } from './publish.ts'

/** So many cases in one transaction. */
const atOnce = 100

/** What the hour brings: reminders, embargoes that are over, and publications that both agreed on and whose text both approved. */
export const followClock = verb({
  name: 'disclosure.follow-clock',
  summary: 'Remind the parties of an embargo before it ends, end those that are over, and publish what both sides agreed on and approved.',
  may: 'reports.triage',
  input: z.object({}),
  output: z.object({ reminded: z.number(), ended: z.number(), published: z.number() }),
  entries: ['report.disclosed'],
  async run({ tx, actor }) {
    const reportOf = (id: string): Promise<Report> => getReport(tx, actor, id)
    const ended = await running(tx, tx.now)
    for (const id of ended) {
      await endEmbargo(tx, id, 'over')
      await tellParties(tx, await reportOf(id), 'the embargo is over')
    }
    const soon = (await running(tx, tx.now.add({ hours: 24 * (await handlingOf(tx)).remind_days }), 'unreminded'))
    for (const id of soon) {
      await tx.db.updateTable('embargoes').set({ reminded_at: timestampOf(tx.now) }).where('report_id', '=', id).execute()
      await tellParties(tx, await reportOf(id), 'its embargo ends soon')
    }
    let published = 0
    for (const id of await agreedFor(tx)) {
      if (!await approvedByBoth(tx, id)) continue
      await publish(tx, await reportOf(id), 'all')
      published++
    }
    return { reminded: soon.length, ended: ended.length, published }
  },
})

async function running(tx: Tx, until: Temporal.Instant, which?: 'unreminded'): Promise<string[]> {
  const rows = await tx.db.selectFrom('embargoes').select('report_id').where('ended_at', 'is', null).where('until', '<=', timestampOf(until))
    .$if(which !== undefined, (q) => q.where('reminded_at', 'is', null)).orderBy('until').limit(atOnce).forUpdate().skipLocked().execute()
  return rows.map(({ report_id: id }) => id)
}

/** Reports whose publication both agreed on for a moment that has come. */
async function agreedFor(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('disclosure_proposals as p').innerJoin('publications', 'publications.report_id', 'p.report_id')
    .innerJoin('reports', 'reports.id', 'p.report_id').select('p.report_id').distinct()
    .where('p.about', '=', 'disclosure').where('p.outcome', '=', 'agreed').where('published_at', 'is', null).where('erased_at', 'is', null)
    .where((is) => is.or([is('p.due_at', 'is', null), is('p.due_at', '<=', timestampOf(tx.now))]))
    .where((is) => is.not(is.exists(is.selectFrom('embargoes as e').select('e.report_id').whereRef('e.report_id', '=', 'p.report_id').where('e.ended_at',
      'is', null))))
    .where((is) => is.not(is.exists(is.selectFrom('disclosure_proposals as later').select('later.id').whereRef('later.report_id', '=', 'p.report_id')
      .where('later.about', '=', 'disclosure').whereRef('later.proposed_at', '>', 'p.proposed_at'))))
    .limit(atOnce).execute()
  return rows.map(({ report_id: id }) => id)
}

export const disclosureJobs: Job[] = [job({
  name: 'disclosure.follow-clock', payload: z.object({}), every: '*/10 * * * *',
  async run({ database, actor, organizationId }) { await runVerb({ database }, followClock, actor, organizationId, {}) },
})]
