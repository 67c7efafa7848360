import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { addDuties, inAudience, remindOf, type Asked } from '../obligations/index.ts'
import { readPromises, type Promises } from '../policies/index.ts'
import { addTextsTaken } from '../samples/index.ts'
import { askedFor } from './asked-for.ts'

async function policiesAsked(tx: Tx, promises: Promises, { since = tx.now } = {}): Promise<Asked> {
  const asked = await askedFor(tx, promises)
  return {
    columns: asked.map(({ versionId, title }) => ({ key: `policy/${versionId}`, title, place: '/desk/acceptances' })),
    cells: sql`select person_id, 'policy/' || version_id as key, due_at, accepted_at as done_at
      from team join acceptances using (person_id)
        join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as v ("versionId" uuid, roles text[], countries text[]) on v."versionId" = version_id
      where version_id = any (${asked.map(({ versionId }) => versionId)}::uuid[]) and asked_at <= ${timestampOf(since)} and ${inAudience('v')}`,
  }
}

addDuties({ name: 'policies', order: 10, managers: '/me/team', columns: policiesAsked })

export const remindPeople = verb({
  name: 'acceptance.remind', summary: 'Remind everybody who has not accepted what they were asked for.', may: 'people.manage', entries: [],
  input: z.object({ after_days: z.coerce.number().int().min(0).max(60).default(0).describe('Only of what was asked so many days ago, or longer') }),
  output: z.object({ reminded: z.number() }),
  run: async ({ tx }, { after_days: days }) => ({
    reminded: await remindOf(tx, await policiesAsked(tx, await readPromises(tx), { since: tx.now.subtract({ hours: 24 * days }) }), {},
      { subject: 'Still to read: a policy', text: 'A policy waits for you to read and accept it:\n\n{link:/me/policies}' }),
  }),
})

/** The texts that somebody accepted, as they stood on the page. */
addTextsTaken({
  name: 'accepted texts', noun: 'policy', nouns: 'policies', taken: sql`select person_id, version_id from acceptances where accepted_at is not null`,
})
