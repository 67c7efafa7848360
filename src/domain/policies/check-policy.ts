import { z } from 'zod'
import { withEngine } from '../../commitments/index.ts'
import type { Tx } from '../../db/tx.ts'
import { listKinds } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
import { checkPolicy, type CheckedAgainst } from './check.ts'
import { PolicyBody } from './draft-policy.ts'

/** Every entry kind that there is. */
export const knownKinds = (): Set<string> => new Set(listKinds().map(({ kind }) => kind))

/** What a policy of this organisation is checked against: its calendar, and what feeds its ledger. */
export async function checkedHere(tx: Tx): Promise<CheckedAgainst> {
  const known = knownKinds()
  const from = tx.now.epochMilliseconds
  return withEngine(tx, ({ engine }) => ({ known, fed: new Set([...known].filter((kind) => engine.isFed(kind))), calendar: engine.calendar, from }))
}

export const checkPolicyQuery = query({
  name: 'policy.check',
  summary: 'Say of every sentence of a policy what it will mean, with example dates, before it is published.',
  may: 'policies.read',
  input: z.object({ text: PolicyBody }),
  assistants: true,
  run: async ({ tx }, { text }) => checkPolicy(text, await checkedHere(tx)),
})
