import { z } from 'zod'
import { timestampOf } from '../db/timestamp.ts'
import { days } from '../seal/key-schedule.ts'
import { job } from '../jobs/index.ts'

const KEPT_DAYS = 30

/** Letters hold addresses, and nobody needs them for long: every night those older than 30 days go. */
export const forgetMailsJob = job({
  name: 'mail.forget',
  payload: z.object({}),
  every: '17 3 * * *',
  async run({ database, organizationId }) {
    await database.write(organizationId, (tx) => tx.db.deleteFrom('mails')
      .where('created_at', '<', timestampOf(tx.now.subtract(days(KEPT_DAYS)))).execute())
  },
})
