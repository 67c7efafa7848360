/**
 * Acceptances: who has read and accepted which text. What is accepted is one version, named by its hash. What may never happen:
 * somebody accepts for somebody else; a text counts as accepted that was not the one on the page.
 */
import { z } from 'zod'
import { enqueue, job, type Job } from '../../jobs/index.ts'
import { onEntry } from '../../ledger/index.ts'
import { runVerb } from '../../verbs/run.ts'
import type { Module } from '../../web/module.ts'
import { acceptPolicy } from './accept-policy.ts'
import { askPeople } from './ask-people.ts'
import { holdUntilAccepted, requireFirst } from './before-access.ts'
import './duties.ts'
import './kinds.ts'
import { listMyAcceptances } from './my-acceptances.ts'
import { acceptancePages } from './pages/index.tsx'
import { remindPeople } from './remind.ts'
import { requireAcceptance } from './require-acceptance.ts'
import './sampled.ts'
import './tables.ts'
import { listAcceptances, listOfMyPeople } from './team-acceptances.ts'

holdUntilAccepted()
// Everybody is asked at once when a version is published. Whoever joins too: until they were, nobody knows whether they have something to accept first.
onEntry(['policy.published', 'person.joined', 'person.moved', 'person.roles-changed'], (tx) => enqueue(tx, 'acceptances.ask', {}, { key: 'now' }))

export const acceptances: Module = {
  name: 'acceptances',
  verbs: [acceptPolicy, requireAcceptance, requireFirst, askPeople, remindPeople],
  queries: [listAcceptances, listMyAcceptances, listOfMyPeople],
  pages: acceptancePages,
}

const nothing = z.object({})

/** People are asked within minutes of whatever else calls for it, and reminded on the mornings of working days while they are a week behind. */
export const acceptanceJobs: readonly Job[] = [
  job({
    name: 'acceptances.ask', payload: nothing, every: '*/3 * * * *',
    async run({ database, actor, organizationId, signal }) {
      while (!signal.aborted && (await runVerb({ database }, askPeople, actor, organizationId, {})).more);
    },
  }),
  job({
    name: 'acceptances.remind', payload: nothing, every: '0 8 * * 1-5',
    async run({ database, actor, organizationId }) { await runVerb({ database }, remindPeople, actor, organizationId, { after_days: 7 }) },
  }),
]
