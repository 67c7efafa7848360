import { sql } from 'kysely'
import { z } from 'zod'
import { holdersOf } from '../../access/memberships.ts'
import { accountsOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { writeJob, type Job } from '../../jobs/index.ts'
import { post } from '../../mail/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { readPromises } from '../policies/index.ts'
import { andStandIns, firstTold, idOfNews } from '../reminders/index.ts'
import { readColumns, team } from './find.ts'
import { inPerson, type Asked } from './practices.ts'
import { remindOnce } from './reminded.ts'

/** One letter to each, whatever the number of things they owe, and none to whom had one within the last day. */
export const remindOfDuties = verb({
  name: 'duty.remind', summary: 'Remind one person, everybody who owes one thing or something of one practice, or everybody who is late.',
  may: 'people.manage', entries: [],
  input: z.object({
    person: z.uuid().optional().describe('Only them, also of what is not late yet'),
    key: z.string().max(200).optional().describe('Only of this column, also where it is not late yet'),
    practice: z.string().max(100).optional().describe('Only of what it asks, also where it is not late yet: policies'),
  }),
  output: z.object({ reminded: z.number() }),
  async run({ tx }, { person, key, practice }) {
    const asked = inPerson().filter(({ name }) => practice === undefined || name === practice)
    return { reminded: await remindOf(tx, await readColumns(tx, asked), { person, key, before: person || key || practice ? undefined : tx.now }) }
  },
})

interface Which { readonly person?: string | undefined; readonly key?: string | undefined; readonly before?: Temporal.Instant | undefined }

/** Reminds of what is open of these columns, or of what of it is due before a moment. How many people had a letter. */
async function remindOf(tx: Tx, { cells }: Pick<Asked, 'cells'>, { person, key, before }: Which): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with ${team(tx, { ids: person ? [person] : undefined })}
    select distinct person_id as id from (${cells}) c join team using (person_id) join accounts a on a.id = team.account_id and a.disabled_at is null
    where c.done_at is null and ${key ? sql`c.key = ${key}` : sql`true`} and ${before ? sql`c.due_at < ${timestampOf(before)}` : sql`true`}`.execute(tx.db)
  const people = await remindOnce(tx, rows.map(({ id }) => id))
  if (people.length > 0) await post(tx, { to: { accounts: await accountsOf(tx, people) }, ...letter })
  return people.length
}

const letter = {
  subject: 'Still to do: what waits for you',
  text: `Something waits for you to do, and takes a few minutes. What it is, and by when:

{link:/me}`,
}

/** On the mornings of working days: whoever owes something within a week is reminded, and of what is late although they were, others are told. */
export async function followUp(tx: Tx): Promise<void> {
  await tellOthers(tx)
  await remindOf(tx, await readColumns(tx, inPerson()), { before: tx.now.add({ hours: 7 * 24 }) })
}

/** Once for each thing the manager, where the practice lets managers see it; once a week whoever leads the team. */
async function tellOthers(tx: Tx): Promise<void> {
  const promises = await readPromises(tx)
  for (const { managers: path, columns } of inPerson().filter((one) => one.managers)) {
    const late = await lateThoughReminded(tx, await columns(tx, promises))
    const told = await firstTold(tx, late.flatMap(({ id, manager }) => manager === null ? [] : { id: idOfNews(id), stage: 'late' as const, account: manager }))
    await post(tx, { to: { accounts: [...new Set(told.map(({ account }) => account))] }, subject: 'Late: what your people have still to do',
      text: `Somebody whom you manage is late with something, although they were reminded. Who, and with what:\n\n{link:${path}}` })
  }
  const people = new Set((await lateThoughReminded(tx, await readColumns(tx, inPerson()))).map(({ person }) => person)).size
  const { yearOfWeek, weekOfYear } = tx.now.toZonedDateTimeISO(await zoneOf(tx))
  const leads = people === 0 ? [] : await andStandIns(tx, await holdersOf(tx, 'people.manage'))
  const week = idOfNews(`late people in week ${yearOfWeek}-${weekOfYear}`)
  const told = await firstTold(tx, leads.map((account) => ({ id: week, stage: 'late' as const, account })))
  await post(tx, { to: { accounts: told.map(({ account }) => account) }, subject: 'Late: what people have still to do',
    text: `${people === 1 ? 'One person is' : `${people} people are`} late with something, although they were reminded. Who, and with what:

{link:/desk/people/duties}` })
}

/** `manager`: the account; null where nobody is known, or they have none. */
async function lateThoughReminded(tx: Tx, { cells }: Pick<Asked, 'cells'>): Promise<{ id: string; person: string; manager: string | null }[]> {
  const { rows } = await sql<{ id: string; person: string; manager: string | null }>`
    with ${team(tx, {})} select concat_ws(' ', person_id, c.key, c.due_at) as id, person_id as person, manager.account_id as manager
    from (${cells}) c join duty_reminders using (person_id) join people p on p.id = person_id left join people manager on manager.id = p.manager_id
    where c.done_at is null and c.due_at < ${timestampOf(tx.now)}`.execute(tx.db)
  return rows
}

export const obligationJobs: readonly Job[] = [writeJob('duties.follow-up', '0 8 * * 1-5', followUp)]
