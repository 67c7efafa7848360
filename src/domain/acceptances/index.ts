/**
 * Acceptances: who has read and accepted which text. What is accepted is one version, named by its hash. What may never happen:
 * somebody accepts for somebody else; a text counts as accepted that was not the one on the page.
 */
import { enqueue, verbJob, type Job } from '../../jobs/index.ts'
import { onEntry } from '../../ledger/index.ts'
import type { Module } from '../../web/module.ts'
import { acceptPolicy } from './accept-policy.ts'
import { askPeople } from './ask-people.ts'
import './duties.ts'
import { listMyAcceptances } from './my-acceptances.ts'
import { acceptancePages } from './pages/index.tsx'
import { holdUntilAccepted, requireAcceptance, requireFirst } from './require.ts'
import './tables.ts'
import { listAcceptances, listOfMyPeople } from './team-acceptances.ts'

holdUntilAccepted()
// Everybody is asked at once when a version is published. Whoever joins too: until they were, nobody knows whether they have something to accept first.
onEntry(['policy.published', 'person.joined', 'person.moved', 'person.roles-changed'], (tx) => enqueue(tx, 'acceptances.ask', {}, { key: 'now' }))

export const acceptances: Module = {
  name: 'acceptances',
  verbs: [acceptPolicy, requireAcceptance, requireFirst, askPeople],
  queries: [listAcceptances, listMyAcceptances, listOfMyPeople],
  pages: acceptancePages,
}

/** People are asked within minutes of whatever else calls for it. */
export const acceptanceJobs: readonly Job[] = [verbJob('acceptances.ask', '*/3 * * * *', askPeople)]

export { listMyAcceptances } from './my-acceptances.ts'
