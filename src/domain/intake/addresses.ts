import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid, NotFound } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'

const Address = z.email('This is not an e-mail address.').max(254).trim().toLowerCase().describe('An address at which reports arrive')

/** Mail to this address is this organisation's. Where a deployment serves one organisation alone, the setting is enough. */
export const addIntakeAddress = verb({
  name: 'intake.add-address',
  summary: 'Take mail to an address as this organisation’s.',
  may: 'organization.manage',
  input: z.object({ address: Address }),
  entries: [],
  async run({ tx }, { address }) {
    const added = await tx.db.insertInto('intake_addresses').values({ organization_id: tx.organizationId, address, added_at: timestampOf(tx.now) })
      .onConflict((conflict) => conflict.doNothing()).returning('address').executeTakeFirst()
    if (!added) throw new Invalid({ address: 'This address is taken already.' })
    return { address }
  },
})

export const removeIntakeAddress = verb({
  name: 'intake.remove-address',
  summary: 'Take mail to an address no longer.',
  may: 'organization.manage',
  input: z.object({ address: Address }),
  entries: [],
  async run({ tx }, { address }) {
    const { numDeletedRows } = await tx.db.deleteFrom('intake_addresses').where('address', '=', address).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    return { address }
  },
})

export const listIntakeAddresses = async (tx: Tx): Promise<string[]> =>
  (await tx.db.selectFrom('intake_addresses').select('address').orderBy('address').execute()).map(({ address }) => address)
