import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { openText, organizationKey } from '../../../seal/envelope.ts'
import { query } from '../../../verbs/verb.ts'
import { reasonPlace } from './recovery.ts'

const Recovery = z.object({
  id: z.uuid(), person: z.string(), asked_by: z.string(), asked_by_id: z.uuid(), reason: z.string(), asked_at: z.iso.datetime(), expires_at: z.iso.datetime(),
  approved: z.boolean(),
})

export const listRecoveries = query({
  name: 'recovery.list', summary: 'Lists the lost second factors that wait to be removed.', may: 'access.manage', input: z.object({}),
  output: z.object({ recoveries: z.array(Recovery) }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('recoveries').selectAll().where('finished_at', 'is', null).where('refused_at', 'is', null)
      .where('expires_at', '>', timestampOf(tx.now)).orderBy('asked_at', 'desc').execute()
    const key = await organizationKey(tx)
    const recoveries = rows.map(async (row) => ({
      id: row.id, person: await nameOf(tx, row.account_id), asked_by: await nameOf(tx, row.asked_by), asked_by_id: row.asked_by,
      reason: await openText(tx, key, reasonPlace(row.id), row.reason_box), asked_at: row.asked_at.toISOString(), expires_at: row.expires_at.toISOString(),
      approved: row.approved_at !== null,
    }))
    return { recoveries: await Promise.all(recoveries) }
  },
})

async function nameOf(tx: Tx, accountId: string): Promise<string> {
  const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst()
  return account ? (await identityOf(tx.keyring, account)).name : 'Somebody'
}
