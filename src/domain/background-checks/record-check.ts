import { z } from 'zod'
import { accountOf } from '../../access/people.ts'
import { personBehind } from '../../access/person-behind.ts'
import { personKey } from '../../access/person-key.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { getPerson } from '../people/index.ts'
import { backgroundChecked } from '../systems/index.ts'
import { lawOf } from './laws.ts'

export const results = ['cleared', 'not-cleared', 'not-permitted'] as const

/** A word and a date. There is no field for the report, and whoever wants to keep one keeps it elsewhere. */
export const recordBackgroundCheck = verb({
  name: 'background-check.record', summary: 'Record what a background check came to: a word and a date, never the report.', may: 'people.manage',
  entries: results.map((result) => `background-check.${result}`),
  input: z.object({
    person: z.uuid(), result: z.enum(results, 'Choose one.'), decided_on: z.iso.date('Write the day of the result: 2026-01-31.'),
    reason: z.string().trim().max(500).default('').describe('Only where it is not permitted: why. Else the country’s own reason stands in'),
  }),
  async run({ tx, actor }, { person, result, decided_on, reason }) {
    const { country } = await getPerson(tx, person)
    refuseIf(await personBehind(tx, actor) === await accountOf(tx, person), 'second_person_needed', 'Somebody else records your own result.')
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
