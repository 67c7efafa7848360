import { z } from 'zod'
import { job } from '../../../jobs/index.ts'

/** Links that are over are removed every hour: what is not kept cannot be found. */
export const sweepLinksJob = job({
  name: 'mail-links.sweep', payload: z.object({}), every: '20 * * * *',
  async run({ database, organizationId }) {
    await database.write(organizationId, (tx) => tx.db.deleteFrom('mail_links').where('expires_at', '<', new Date()).execute())
  },
})
