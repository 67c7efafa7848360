import { sql, type RawBuilder } from 'kysely'
import { living } from '../../access/memberships.ts'
import { memberRoles } from '../../access/roles.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { readPromises } from '../policies/index.ts'
import { dutyPractices, type Asked, type DutyColumn } from './practices.ts'

export interface Wanted {
  readonly late?: boolean | undefined
  readonly role?: string | undefined
  readonly manager?: string | undefined
  readonly country?: string | undefined
}

export interface Cell { readonly state: 'done' | 'due' | 'late'; readonly day: string }
export interface PersonLine { readonly id: string; readonly late: number; readonly cells: Readonly<Record<string, Cell>> }

type Column = DutyColumn & { readonly byOthers: boolean }

/** The columns of these practices, all of them unless said, and their cells as one relation. */
export async function readColumns(tx: Tx, practices = dutyPractices()): Promise<{ columns: Column[]; cells: RawBuilder<unknown> }> {
  const promises = await readPromises(tx)
  const all = await Promise.all(practices.map(async (practice) => {
    const { columns, cells } = await practice.columns(tx, promises)
    return { columns: columns.map((column) => ({ ...column, byOthers: practice.byOthers ?? false })), cells }
  }))
  const asked = all.filter(({ columns }) => columns.length > 0)
  const none = sql`select null::uuid as person_id, null::text as key, null::timestamptz as due_at, null::timestamptz as done_at where false`
  return {
    columns: asked.flatMap(({ columns }) => columns),
    cells: asked.length === 0 ? none : sql.join(asked.map(({ cells }) => sql`select person_id, key, due_at, done_at from (${cells}) c`), sql` union all `),
  }
}

/** The people whose cells are asked for, as the practices' SQL knows them. */
export const team = (tx: Tx, { role, manager, country, ids }: Wanted & { ids?: readonly string[] | undefined }) => sql`
  team as materialized (select p.id as person_id, p.account_id, m.account_id is not null as member, coalesce(m.roles, p.roles) as roles, p.country,
      p.joined_at
    from people p left join memberships m on m.account_id = p.account_id and ${living(tx, 'm')}
    where p.joined_at is not null and p.left_at is null and coalesce(m.roles, p.roles) <> '{auditor}'
      and ${ids ? sql`p.id = any (${ids}::uuid[])` : sql`true`} and ${role ? sql`${role} = any (coalesce(m.roles, p.roles))` : sql`true`}
      and ${manager ? sql`p.manager_id = ${manager}` : sql`true`} and ${country ? sql`p.country = ${country}` : sql`true`})`

/** `isAsked` of people, as SQL about a row of `team`: whether somebody is among the `roles` and `countries` of another row, each `text[]`. */
export const inAudience = (of: string) => sql<boolean>`(
  case when ${sql.ref(`${of}.roles`)} = '{}' then team.roles <> '{auditor}' else team.roles && ${sql.ref(`${of}.roles`)} end
  and (${sql.ref(`${of}.countries`)} = '{}' or coalesce(team.country = any (${sql.ref(`${of}.countries`)}), true)))`

/**
 * A page of people, those with most that is late first; and how many there are, and how many of them are late with something. One statement: of
 * everybody it looks at what is late alone, and at all cells of those on the page.
 */
export async function listLines(tx: Tx, cells: RawBuilder<unknown>, wanted: Wanted, page: { from: number; most: number }) {
  const now = timestampOf(tx.now)
  const { rows } = await sql<PersonLine & { people: number; behind: number }>`
    with ${team(tx, wanted)}, behind as materialized (
      select person_id, count(1)::int as late, min(due_at) as since from (${cells}) c where done_at is null and due_at < ${now} group by person_id
    ), page as materialized (
      select person_id, coalesce(late, 0) as late, since from team ${wanted.late ? sql`` : sql`left`} join behind using (person_id)
      order by behind.late desc nulls last, since, person_id offset ${page.from} limit ${sql.lit(page.most)}
    ), own as materialized (
      with team as (select person_id, account_id, member, roles, country, joined_at from team join page using (person_id))
      select person_id, json_object_agg(key, json_build_object(
        'state', case when done_at is not null then 'done' when due_at < ${now} then 'late' else 'due' end,
        'day', (coalesce(done_at, due_at) at time zone (select zone from organizations where id = ${tx.organizationId}))::date)) as cells
      from (${cells}) c group by person_id
    )
    select person_id as id, page.late, coalesce(own.cells, '{}') as cells,
      (select count(1)::int from ${wanted.late ? sql`behind` : sql`team`}) as people, (select count(1)::int from behind) as behind
    from page left join own using (person_id) order by page.late desc, since, person_id`.execute(tx.db)
  return { lines: rows, people: rows[0]?.people ?? 0, behind: rows[0]?.behind ?? 0 }
}

/** Of everybody of the team, by column: who has done what they have to, and who has not. */
export async function standingOf(tx: Tx, { cells }: Asked): Promise<(key: string) => { done: string[]; due: string[] }> {
  const { rows } = await sql<{ key: string; done: string[]; due: string[] }>`
    with ${team(tx, {})} select key, coalesce(array_agg(person_id order by joined_at, person_id) filter (where done_at is not null), '{}') as done,
      coalesce(array_agg(person_id order by joined_at, person_id) filter (where done_at is null), '{}') as due
    from (${cells}) c join team using (person_id) group by key`.execute(tx.db)
  const byKey = new Map(rows.map(({ key, ...standing }) => [key, standing]))
  return (key) => byKey.get(key) ?? { done: [], due: [] }
}

/** What the table can be narrowed to. */
export async function listChoices(tx: Tx): Promise<{ roles: string[]; countries: string[]; managers: string[] }> {
  const { rows: [row] } = await sql<{ made: string[]; countries: string[]; managers: string[] }>`
    select array(select name from custom_roles order by name) as made,
      array(select distinct country from people where country is not null and left_at is null order by country) as countries,
      array(select distinct manager_id from people where manager_id is not null and left_at is null) as managers`.execute(tx.db)
  const { made, ...choices } = row!
  return { roles: [...memberRoles.filter((role) => role !== 'auditor'), ...made], ...choices }
}
