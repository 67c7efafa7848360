import { z } from 'zod'
import { sweepStaged } from '../seal/attachments.ts'
import { keepKeys } from '../seal/end-epochs.ts'
import type { KeySchedule } from '../seal/key-schedule.ts'
import type { Rewrap } from '../seal/rotate-keys.ts'
import { deploymentJob, job, type Job } from './job.ts'

/** How long a file may wait for the report that it belongs to: time enough for a slow network. */
const waitingHours = 6

/** What keeps sealed things in order: new epochs of the keyring, the end of old ones, and files that nobody claimed. */
export const sealingJobs = (schedule: KeySchedule, others: readonly Rewrap[]): Job[] => [
  deploymentJob({
    name: 'keys.keep',
    payload: z.object({}),
    every: '40 2 * * *',
    async run({ database }) { await keepKeys({ database, keyring: database.keyring, schedule, others }) },
  }),
  job({
    name: 'attachments.sweep',
    payload: z.object({}),
    every: '20 * * * *',
    async run({ database, organizationId }) {
      while (await database.write(organizationId, (tx) => sweepStaged(tx, tx.now.subtract({ hours: waitingHours }))) > 0);
    },
  }),
]
