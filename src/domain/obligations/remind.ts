import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { readColumns, team } from './find.ts'

/** One letter to each, whatever the number of things they owe, and none to whom had one within the last day. */
export const remindOfDuties = verb({
  name: 'duty.remind', summary: 'Remind one person, everybody who owes one thing, or everybody who is late.', may: 'people.manage', entries: [],
  input: z.object({
    person: z.uuid().optional().describe('Only them, also of what is not late yet'),
    key: z.string().max(200).optional().describe('Only of this column, also where it is not late yet'),
  }),
  output: z.object({ reminded: z.number() }),
  async run({ tx }, { person, key }) {
    const [{ cells }, now] = [await readColumns(tx), timestampOf(tx.now)]
    const { rows } = await sql<{ id: string; account_id: string }>`
      with ${team(tx, { ids: person ? [person] : undefined })}
      insert into duty_reminders as r (organization_id, person_id, reminded_at)
      select distinct ${tx.organizationId}::uuid, p.person_id, ${now}::timestamptz from (${cells}) c join team p using (person_id)
        join accounts a on a.id = p.account_id and a.disabled_at is null
      where c.done_at is null and ${key ? sql`c.key = ${key}` : sql`true`} and ${person || key ? sql`true` : sql`c.due_at < ${now}`}
      on conflict (organization_id, person_id) do update set reminded_at = excluded.reminded_at where r.reminded_at <= ${now}::timestamptz - interval '1 day'
      returning person_id as id, (select account_id from people p where p.id = person_id) as account_id`.execute(tx.db)
    if (rows.length > 0) await post(tx, { to: { accounts: rows.map(({ account_id }) => account_id) }, ...letter })
    return { reminded: rows.length }
  },
})

const letter = {
  subject: 'Still to do: what waits for you',
  text: `Something waits for you to do, and takes a few minutes. What it is, and by when:

{link:/me}`,
}
