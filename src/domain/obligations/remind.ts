import { sql } from 'kysely'
import { z } from 'zod'
import { accountsOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { readColumns, team } from './find.ts'
import { remindOnce } from './reminded.ts'

/** One letter to each, whatever the number of things they owe, and none to whom had one within the last day. */
export const remindOfDuties = verb({
  name: 'duty.remind', summary: 'Remind one person, everybody who owes one thing, or everybody who is late.', may: 'people.manage', entries: [],
  input: z.object({
    person: z.uuid().optional().describe('Only them, also of what is not late yet'),
    key: z.string().max(200).optional().describe('Only of this column, also where it is not late yet'),
  }),
  output: z.object({ reminded: z.number() }),
  async run({ tx }, { person, key }) {
    const { cells } = await readColumns(tx)
    const { rows } = await sql<{ id: string }>`
      with ${team(tx, { ids: person ? [person] : undefined })}
      select distinct person_id as id from (${cells}) c join team using (person_id) join accounts a on a.id = team.account_id and a.disabled_at is null
      where c.done_at is null and ${key ? sql`c.key = ${key}` : sql`true`} and ${person || key ? sql`true` : sql`c.due_at < ${timestampOf(tx.now)}`}`
      .execute(tx.db)
    const people = await remindOnce(tx, rows.map(({ id }) => id))
    if (people.length > 0) await post(tx, { to: { accounts: await accountsOf(tx, people) }, ...letter })
    return { reminded: people.length }
  },
})

const letter = {
  subject: 'Still to do: what waits for you',
  text: `Something waits for you to do, and takes a few minutes. What it is, and by when:

{link:/me}`,
}
