import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { activeFactor, secondFactorDeadline } from '../../../access/factors.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import { append } from '../../../ledger/index.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { secondFactorSettingChanged } from './kinds.ts'

export const requireSecondFactor = verb({
  name: 'second-factor.require', summary: 'Sets how many days a member may do without a second factor; the days count anew for whoever has none.',
  may: 'access.manage', stepUp: true, entries: ['second-factor.required'],
  input: z.object({ days: z.int('Enter a whole number of days.').min(0, 'Enter 0 or more.').max(90, 'Enter at most 90 days.') }),
  async run({ tx }, { days }) {
    const setting = { second_factor_days: days, second_factor_since: timestampOf(tx.now) }
    await tx.db.updateTable('organizations').set(setting).where('id', '=', tx.organizationId).execute()
    await append(tx, secondFactorSettingChanged, { subjects: {}, marks: { days: String(days) }, facts: {} })
  },
})

const Standing = z.object({ member: z.uuid(), name: z.string(), second_factor: z.boolean(), by: z.iso.datetime().describe('Until when they may do without') })

export const listSecondFactors = query({
  name: 'second-factor.list', summary: 'Who of the team has a second factor, and until when the others may do without.', may: 'access.manage',
  input: z.object({}), output: z.object({ days: z.int(), members: z.array(Standing) }),
  async run({ tx }) {
    const { days } = await tx.db.selectFrom('organizations').select('second_factor_days as days').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
    const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'memberships.account_id')
      .innerJoin('organizations', 'organizations.id', 'memberships.organization_id').where('ended_at', 'is', null).orderBy('joined_at')
      .selectAll('accounts').select([activeFactor.as('has'), secondFactorDeadline.as('by')]).execute()
    const members = await Promise.all(rows.map(async (row) => ({
      member: row.id, name: (await identityOf(tx.keyring, row)).name, second_factor: row.has, by: row.by.toISOString(),
    })))
    return { days, members }
  },
})
