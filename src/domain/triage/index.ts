/**
 * Triage: what the team does with how reports came in. Classes, spam in bulk, blocks, appeals, and what it all costs.
 * What may never happen: a program's closure counts as a person's; what arrived after somebody's click is closed by it; whoever closed a report
 * decides alone about the appeal, where somebody else can; what a blocked sender wrote is lost.
 */
import { z } from 'zod'
import { job, type Job } from '../../jobs/index.ts'
import { runVerb } from '../../verbs/run.ts'
import type { Module } from '../../web/module.ts'
import { openDeposits } from '../reports/index.ts'
import { appeal, decideAppeal } from './appeal.ts'
import { blockSender, unblockSender } from './block.ts'
import { closeAll, closeNext, closeSpamJob, closeTicked } from './close-spam.ts'
import './kinds.ts'
import { triagePages } from './pages/index.tsx'
import './pages/parts.tsx'
import { moveToQueue } from './queue.ts'
import './tables.ts'
import { readCost, spendTime } from './time.ts'

export const triage: Module = {
  name: 'triage',
  verbs: [moveToQueue, closeTicked, closeAll, closeNext, appeal, decideAppeal, blockSender, unblockSender, spendTime],
  queries: [readCost],
  pages: triagePages,
}

export const triageJobs: Job[] = [
  closeSpamJob,
  job({
    name: 'reports.open-deposits', payload: z.object({}), every: '* * * * *',
    async run({ database, actor, organizationId }) { while ((await runVerb({ database }, openDeposits, actor, organizationId, {})).more); },
  }),
]

export { reclassify } from './queue.ts'
