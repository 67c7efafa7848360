import { z } from 'zod'
import { absenceAttested, allStandings } from '../../commitments/index.ts'
import { append } from '../../ledger/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { Slug } from './system.ts'

/** The company's dated word that what should never happen has not happened. It holds for a year. */
export const attestAbsence = verb({
  name: 'absence.attest',
  summary: 'Say, dated and for a year, that what a promise says never happens has not happened.',
  may: 'policies.publish',
  input: z.object({
    policy: Slug,
    mark: z.string().max(64).describe('The footnote’s mark'),
    statement: z.string().trim().min(1, 'Say it in words.').max(2000),
  }),
  entries: ['absence.attested'],
  async run({ tx }, { policy: slug, mark, statement }) {
    const { standings } = await allStandings(tx)
    const policy = await tx.db.selectFrom('policies').select('id').where('slug', '=', slug).executeTakeFirst()
    if (!policy || !standings.some((one) => one.policy === slug && one.mark === mark)) throw new NotFound('No policy in force makes this promise.')
    const { entryId } = await append(tx, absenceAttested, { subjects: { policy: policy.id }, marks: { policy: slug, mark }, facts: { statement } })
    return { entry: entryId }
  },
})
