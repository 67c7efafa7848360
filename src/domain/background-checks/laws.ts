import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { Country } from '../people/index.ts'

/** What a company has found out about one country. Avow knows no law: where nobody has said anything, somebody has to ask. */
export interface Law { readonly permitted: boolean | null; readonly reason: string }

const unknown: Law = { permitted: null, reason: 'Nobody has said what the law of this country allows. Ask your lawyer.' }

export const setLaw = verb({
  name: 'background-check.set-law', summary: 'Say, as your lawyer told you, whether the law of a country allows a background check.', may: 'people.manage',
  entries: [],
  input: z.object({
    country: Country, permitted: z.enum(['yes', 'no'], 'Choose one.').describe('Whether a background check is allowed there'),
    reason: z.string().trim().min(3, 'Say on what this rests.').max(500).describe('On what this rests: the law, and who said so'),
  }),
  async run({ tx, actor }, { country, permitted, reason }) {
    const said = { permitted: permitted === 'yes', reason, said_by: await personBehind(tx, actor), said_at: timestampOf(tx.now) }
    await tx.db.insertInto('background_check_laws').values({ organization_id: tx.organizationId, country, ...said })
      .onConflict((conflict) => conflict.columns(['organization_id', 'country']).doUpdateSet(said)).execute()
    return { country }
  },
})

export async function lawOf(tx: Tx, country: string | null): Promise<Law> {
  const row = country === null ? undefined : await tx.db.selectFrom('background_check_laws').selectAll().where('country', '=', country).executeTakeFirst()
  return row ?? { ...unknown, ...country === null && { reason: 'Nobody has said in which country this person works.' } }
}

export const listLaws = (tx: Tx) =>
  tx.db.selectFrom('background_check_laws').select(['country', 'permitted', 'reason', 'said_at']).orderBy('country').execute()
