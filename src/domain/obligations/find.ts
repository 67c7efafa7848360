import { sql, type RawBuilder } from 'kysely'
import { living } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { dutyPractices, type Asked, type DutyColumn } from './practices.ts'

export interface Wanted {
  readonly late?: boolean | undefined
  readonly role?: string | undefined
  readonly manager?: string | undefined
  readonly country?: string | undefined
}

export interface Cell { readonly state: 'done' | 'due' | 'late'; readonly day: string }
export interface PersonLine { readonly id: string; readonly late: number; readonly cells: ReadonlyMap<string, Cell> }

/** Every practice's columns, and their cells as one relation. */
export async function readColumns(tx: Tx): Promise<{ columns: DutyColumn[]; cells: RawBuilder<unknown> }> {
  const all = await Promise.all(dutyPractices().map((practice) => practice.columns(tx)))
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

/** A page of people, those with most that is late first; and how many there are, and how many of them are late with something. */
export async function listLines(tx: Tx, cells: RawBuilder<unknown>, wanted: Wanted, page: { from: number; most: number }) {
  const { rows } = await sql<{ id: string; late: number; people: number; behind: number }>`
    with ${team(tx, wanted)}, behind as materialized (
      select person_id, count(1)::int as late, min(due_at) as since from (${cells}) c where done_at is null and due_at < ${timestampOf(tx.now)} group by 1)
    select person_id as id, coalesce(late, 0) as late, count(1) over ()::int as people, count(late) over ()::int as behind
    from team ${wanted.late ? sql`` : sql`left`} join behind using (person_id)
    order by behind.late desc nulls last, since, person_id offset ${page.from} limit ${page.most}`.execute(tx.db)
  const found = await cellsOf(tx, cells, rows.map(({ id }) => id))
  const lines: PersonLine[] = rows.map(({ id, late }) => ({ id, late, cells: found.get(id) ?? new Map() }))
  return { lines, people: rows[0]?.people ?? 0, behind: rows[0]?.behind ?? 0 }
}

async function cellsOf(tx: Tx, cells: RawBuilder<unknown>, ids: readonly string[]): Promise<Map<string, Map<string, Cell>>> {
  const { rows } = ids.length === 0 ? { rows: [] } : await sql<{ person_id: string; key: string; done: boolean; late: boolean; day: string }>`
    with ${team(tx, { ids })} select person_id, key, done_at is not null as done, due_at < ${timestampOf(tx.now)} as late,
      ((coalesce(done_at, due_at) at time zone (select zone from organizations where id = ${tx.organizationId}))::date)::text as day
    from (${cells}) c`.execute(tx.db)
  const found = new Map<string, Map<string, Cell>>(ids.map((id) => [id, new Map()]))
  for (const { person_id, key, done, late, day } of rows) found.get(person_id)?.set(key, { state: done ? 'done' : late ? 'late' : 'due', day })
  return found
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
  const { rows: [row] } = await sql<{ roles: string[]; countries: string[]; managers: string[] }>`
    select array(select unnest(roles) from (select distinct roles from memberships m where ${living(tx, 'm')}) as held) as roles,
      array(select distinct country from people where country is not null and left_at is null) as countries,
      array(select distinct manager_id from people where manager_id is not null and left_at is null) as managers`.execute(tx.db)
  return { roles: [...new Set(row!.roles)].toSorted(), countries: row!.countries.toSorted(), managers: row!.managers }
}
