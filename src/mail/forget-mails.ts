import { z } from 'zod'
import { timestampOf } from '../db/timestamp.ts'
import { days } from '../seal/key-schedule.ts'
import { free } from '../seal/holds.ts'
import { job } from '../jobs/index.ts'

const KEPT_DAYS = 30

/**
 * Letters hold addresses, and nobody needs them for long: every night those older than 30 days go. Of those to somebody outside about a
 * case it stays known that they were sent, so that an answer finds its case however late.
 */
export const forgetMailsJob = job({
  name: 'mail.forget',
  payload: z.object({}),
  every: '17 3 * * *',
  async run({ database, organizationId }) {
    await database.write(organizationId, async (tx) => {
      const old = timestampOf(tx.now.subtract(days(KEPT_DAYS)))
      await tx.db.deleteFrom('mails').where('created_at', '<', old).where('thread_with', 'is', null).where(free('mails.key_id')).execute()
      await tx.db.updateTable('mails').set({ recipient: null, body: null }).where('created_at', '<', old).where('recipient', 'is not', null)
        .where(free('mails.key_id')).execute()
    })
  },
})
