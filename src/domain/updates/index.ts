/**
 * Updates: who is told when a policy changes, and the page where anybody reads it. What may never happen: an address is kept that
 * nobody confirmed, or longer than it is wanted; a letter goes out without the way to end them; the ledger says told where nobody was.
 */
import { verbJob, writeJob, type Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import { listUpdates } from './list-updates.ts'
import { updatePages } from './pages/index.tsx'
import { confirmSubscription, endSubscription, forgetUnconfirmed, subscribe } from './subscribe.ts'
import './tables.ts'
import { tellOfPolicies } from './tell.ts'

export const updates: Module = {
  name: 'updates',
  verbs: [subscribe, confirmSubscription, endSubscription, tellOfPolicies],
  queries: [listUpdates],
  pages: updatePages,
}

export const updateJobs: readonly Job[] = [
  verbJob('updates.tell', '*/3 * * * *', tellOfPolicies),
  writeJob('subscribers.sweep', '20 3 * * *', forgetUnconfirmed),
]
