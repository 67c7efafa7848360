import { z } from 'zod'
import { holdersOf } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'

export const setEscalation = verb({
  name: 'escalation.set', summary: 'Say who is told, one after the other, where a reminder went unheard and a deadline comes near.', may: 'organization.manage',
  entries: [],
  input: z.object({
    area: z.string().trim().min(1, 'Say for which area.').max(100).describe('`reports`, or an owner that a rule names'),
    next: z.array(z.union([z.uuid(), z.literal('')])).max(5).default([]).describe('Accounts, in order; without any nobody else is told'),
    hours_before: z.coerce.number('Write a number of hours.').int().min(1, 'One hour at least.').max(720, 'A month at most.').default(24),
  }),
  async run({ tx }, { area, next, hours_before }) {
    const account_ids = [...new Set(next.filter(Boolean))]
    const team = await holdersOf(tx, 'duties.read')
    if (account_ids.some((id) => !team.includes(id))) throw new Invalid({ next: 'Choose people of the team who read duties.' })
    await tx.db.deleteFrom('escalations').where('area', '=', area).execute()
    if (account_ids.length > 0) await tx.db.insertInto('escalations').values({ organization_id: tx.organizationId, area, account_ids, hours_before }).execute()
    return { area }
  },
})

export const listEscalations = query({
  name: 'escalation.list', summary: 'Who is told next, by area, where a reminder went unheard.', may: 'duties.read', input: z.object({}),
  async run({ tx }) { return { escalations: [...(await escalations(tx)).values()].map(({ organization_id: _, ...row }) => row) } },
})

export async function escalations(tx: Tx) {
  const rows = await tx.db.selectFrom('escalations').selectAll().orderBy('area').execute()
  return new Map(rows.map((row) => [row.area, row]))
}
