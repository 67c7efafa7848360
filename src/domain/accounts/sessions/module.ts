import { z } from 'zod'
import { sweepSessions } from '../../../access/sessions.ts'
import { deploymentJob, type Job } from '../../../jobs/index.ts'
import type { Module } from '../../../web/module.ts'
import { sweepChallenges } from '../factors/passkey-questions.ts'
import { factorPages } from '../factors/pages.tsx'
import { secondFactorPages } from '../factors/second-factor-page.tsx'
import { listSecondFactors, requireSecondFactor } from '../factors/require-second-factor.ts'
import { teamFactorPages } from '../factors/team-page.tsx'
import { confirmation, confirmationPages } from './confirmation.tsx'
import { sessionPages } from './sessions-page.tsx'

/** Second factors, sessions, and showing once more who one is. What one changes of one's own belongs to no organisation, so it is no verb. */
export const ownAccess: Module = {
  name: 'own access', verbs: [requireSecondFactor], queries: [listSecondFactors], confirmation,
  pages(web) {
    factorPages(web)
    secondFactorPages(web)
    confirmationPages(web)
    sessionPages(web)
    teamFactorPages(web)
  },
}

/** What has ended by itself is not kept. */
export const sweepAccessJob: Job = deploymentJob({
  name: 'sessions.sweep', payload: z.object({}), every: '15 * * * *',
  async run({ database }) {
    await sweepSessions(database.global)
    await sweepChallenges(database.global)
  },
})
