import { defaultCalendar } from 'avow-verify'
import { z } from 'zod'
import { listKinds } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
import { checkPolicy } from './check.ts'
import { PolicyBody } from './draft-policy.ts'

/** Entry kinds that this Avow writes by itself. */
export const knownKinds = (): Set<string> => new Set(listKinds().map(({ kind }) => kind))

export const checkPolicyQuery = query({
  name: 'policy.check',
  summary: 'Say of every sentence of a policy what it will mean, with example dates, before it is published.',
  may: 'policies.read',
  input: z.object({ text: PolicyBody }),
  assistants: true,
  async run({ tx }, { text }) {
    const { zone } = await tx.db.selectFrom('organizations').select('zone').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
    return checkPolicy(text, { known: knownKinds(), calendar: { ...defaultCalendar, zone }, from: tx.now.epochMilliseconds })
  },
})
