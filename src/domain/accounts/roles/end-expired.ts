import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import { job } from '../../../jobs/index.ts'
import { endMembership } from './end-membership.ts'

/**
 * Writes down the end of memberships whose last day is over, and takes back the keys that they made. Nobody depends on it: an access that is over
 * opens nothing from that moment on.
 */
export const endExpiredJob = job({
  name: 'memberships.end', payload: z.object({}), every: '*/5 * * * *',
  run: ({ database, organizationId, actor }) => database.write(organizationId, async (plain) => {
    const tx = { ...plain, actor }
    const over = await tx.db.selectFrom('memberships').select('account_id').where('ended_at', 'is', null)
      .where('ends_at', '<=', timestampOf(tx.now)).forUpdate().execute()
    for (const { account_id } of over) await endMembership(tx, account_id)
  }),
})
