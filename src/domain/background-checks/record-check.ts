import { z } from 'zod'
import { accountOf } from '../../access/people.ts'
import { demandAnother, personBehind } from '../../access/person-behind.ts'
import { personKey } from '../../access/person-key.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { Country, getPerson } from '../people/index.ts'
import { backgroundChecked } from '../systems/index.ts'

export const results = ['cleared', 'not-cleared', 'not-permitted'] as const

/** A word and a date. There is no field for the report, and whoever wants to keep one keeps it elsewhere. */
export const recordBackgroundCheck = verb({
  name: 'background-check.record', summary: 'Record what a background check came to: a word and a date, never the report.', may: 'people.manage',
  entries: results.map((result) => `background-check.${result}`),
  input: z.object({
    person: z.uuid(), result: z.enum(results, 'Choose one.'), decided_on: z.iso.date('Write the day of the result: 2026-01-31.'),
    reason: z.string().trim().max(500).default('').describe('Only where it is not permitted: why. Else the country’s own reason stands in'),
  }),
  async run(work, { person, result, decided_on, reason }) {
    const { tx } = work
    const { country } = await getPerson(tx, person)
    await demandAnother(work, await accountOf(tx, person), 'Somebody else records your own result.')
    const at = await readMoment(tx, decided_on)
    if (Temporal.Instant.compare(at, tx.now) > 0) throw new Invalid({ decided_on: 'This day has not come yet.' })
    const why = await reasonFor(tx, result, reason, country)
    const { entryId } = await append(tx, backgroundChecked[result], {
      subjects: { person }, marks: {}, facts: { decided_on, note: why }, keyId: await personKey(tx, person), effectiveAt: at,
    })
    return { person, result, entry: entryId }
  },
})

async function reasonFor(tx: Tx, result: (typeof results)[number], given: string, country: string | null): Promise<string> {
  const law = await lawOf(tx, country)
  if (result !== 'not-permitted') {
    if (given) throw new Invalid({ reason: 'Only the word and the date are kept. A reason is given only where the law does not permit the check.' })
    if (law.permitted === false) throw new Invalid({ result: `You said that the law of ${country} does not permit it: ${law.reason}` })
    return ''
  }
  const why = given || (law.permitted === false ? law.reason : '')
  if (!why) throw new Invalid({ reason: 'Say why the law does not permit it. Your lawyer knows.' })
  return why
}

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
