import { sql, type Selectable } from 'kysely'
import type { Unmet } from 'avow-verify'
import { unmetBefore } from '../../commitments/index.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { getPerson, listPeople, todayIn, type Person } from '../people/index.ts'
import type { FirstDayRow } from './tables.ts'

export type FirstDay = Selectable<FirstDayRow>

/** What the policies in force want before this person begins, and is not there. They say it once: nothing of it is listed here. */
export const missingFor = (tx: Tx, personId: string): Promise<Unmet[]> => unmetBefore(tx, 'person.started', { person: personId })

/** Whoever began longer than this before they were listed was here before Avow was. */
const grace = sql`interval '30 days'`

const longestHere = sql`(select id from people where left_at is null order by joined_at, id limit 1)`

/** Those who are to begin, and those whose first day nobody has confirmed yet, the earliest first; last who came lately without a day being said. */
export async function listNewcomers(tx: Tx, { until = sql<string>`null` } = {}): Promise<Person[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p join organizations o on o.id = p.organization_id
    where p.left_at is null and coalesce(p.starts_on <= ${until}::date, ${until}::date is null)
      and (p.starts_on >= (coalesce(p.joined_at, ${tx.now}) at time zone o.zone)::date - ${grace}
        or p.starts_on is null and p.joined_at > ${tx.now}::timestamptz - ${grace} and p.roles <> '{auditor}' and p.id <> ${longestHere})
      and not exists (select from first_days f where f.person_id = p.id and f.started_at is not null)`.execute(tx.db)
  const people = rows.length === 0 ? [] : await listPeople(tx, { ids: rows.map(({ id }) => id) })
  return people.toSorted((a, b) => ((a.starts_on ?? '9') < (b.starts_on ?? '9') ? -1 : 1))
}

/** Whether this account is of somebody who has not begun. Whoever has been here longest is never held back, so that somebody can always let others in. */
export async function isWaiting(tx: Tx, accountId: string): Promise<boolean> {
  const { rows: [row] } = await sql<{ waits: boolean }>`
    select exists (select from people p join organizations o on o.id = p.organization_id
      where p.account_id = ${accountId} and p.left_at is null
        and case when p.starts_on >= (p.joined_at at time zone o.zone)::date
          then p.id <> ${longestHere} end
        and not exists (select from first_days f where f.person_id = p.id and f.started_at is not null)) as waits`.execute(tx.db)
  return row!.waits
}

/** The person, their first day locked until the transaction ends. Refuses where they have begun already, or left. */
export async function lockFirstDay(tx: Tx, personId: string): Promise<{ person: Person; day: FirstDay; today: string }> {
  const person = await getPerson(tx, personId)
  if (person.left_at) throw new NotFound()
  await tx.db.insertInto('first_days').values({ organization_id: tx.organizationId, person_id: personId })
    .onConflict((conflict) => conflict.doNothing()).execute()
  const day = await tx.db.selectFrom('first_days').selectAll().where('person_id', '=', personId).forUpdate().executeTakeFirstOrThrow()
  refuseIf(day.started_at, 'already_started', 'The first day of this person was confirmed already.')
  return { person, day, today: await todayIn(tx) }
}

export const proposedOverrides = (tx: Tx): Promise<FirstDay[]> => tx.db.selectFrom('first_days').selectAll()
  .where('override_reason', 'is not', null).where('started_at', 'is', null).orderBy('proposed_at').execute()
