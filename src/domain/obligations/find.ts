import { sql, type RawBuilder } from 'kysely'
import { living } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { dutyPractices, type DutyColumn } from './practices.ts'

export interface Wanted {
  readonly late?: boolean | undefined
  readonly role?: string | undefined
  readonly manager?: string | undefined
  readonly country?: string | undefined
}

export interface Cell { readonly state: 'done' | 'due' | 'late'; readonly day: string }
export interface PersonLine { readonly id: string; readonly late: number; readonly cells: ReadonlyMap<string, Cell> }

type Cells = (people: readonly string[] | null) => RawBuilder<unknown>

/** Every practice's columns, and their cells as one relation. */
export async function readColumns(tx: Tx): Promise<{ columns: DutyColumn[]; cells: Cells }> {
  const all = await Promise.all(dutyPractices().map((practice) => practice.columns(tx)))
  const asked = all.filter(({ columns }) => columns.length > 0)
  const none = sql`select null::uuid as person_id, null::text as key, null::timestamptz as due_at, null::timestamptz as done_at where false`
  return {
    columns: asked.flatMap(({ columns }) => columns),
    cells: (people) => asked.length === 0 ? none : sql.join(asked.map(({ cells }) => cells(people)), sql` union all `),
  }
}

/** People of the team as `p`, with the roles of their membership as `m`. */
export const team = (tx: Tx, { role, manager, country }: Wanted) => sql`people p left join memberships m on m.account_id = p.account_id and ${living(tx, 'm')}
  where p.joined_at is not null and p.left_at is null and coalesce(m.roles, p.roles) <> '{auditor}'
    and ${role ? sql`${role} = any (coalesce(m.roles, p.roles))` : sql`true`}
    and ${manager ? sql`p.manager_id = ${manager}` : sql`true`} and ${country ? sql`p.country = ${country}` : sql`true`}`

/** A page of people, those with most that is late first; and how many there are, and how many of them are late with something. */
export async function listLines(tx: Tx, cells: Cells, wanted: Wanted, page: { from: number; most: number }) {
  const { rows } = await sql<{ id: string; late: number; people: number; behind: number }>`
    with late as materialized (
      select person_id, count(*)::int as late, min(due_at) as since from (${cells(null)}) c where done_at is null and due_at < ${timestampOf(tx.now)} group by 1)
    select t.*, count(*) over ()::int as people, (count(*) filter (where t.late > 0) over ())::int as behind from (
      select p.id, coalesce(l.late, 0) as late, l.since from ${withLate(team(tx, wanted))}) t
    ${wanted.late ? sql`where t.late > 0` : sql``} order by t.late desc, t.since, t.id offset ${page.from} limit ${page.most}`.execute(tx.db)
  const found = await cellsOf(tx, cells, rows.map(({ id }) => id))
  const lines: PersonLine[] = rows.map(({ id, late }) => ({ id, late, cells: found.get(id) ?? new Map() }))
  return { lines, people: rows[0]?.people ?? 0, behind: rows[0]?.behind ?? 0 }
}

const withLate = (people: RawBuilder<unknown>) => sql`(select p.* from ${people}) p left join late l on l.person_id = p.id`

async function cellsOf(tx: Tx, cells: Cells, people: readonly string[]): Promise<Map<string, Map<string, Cell>>> {
  const { rows } = people.length === 0 ? { rows: [] } : await sql<{ person_id: string; key: string; done: boolean; late: boolean; day: string }>`
    select person_id, key, done_at is not null as done, due_at < ${timestampOf(tx.now)} as late,
      ((coalesce(done_at, due_at) at time zone (select zone from organizations where id = ${tx.organizationId}))::date)::text as day
    from (${cells(people)}) c`.execute(tx.db)
  const found = new Map<string, Map<string, Cell>>(people.map((id) => [id, new Map()]))
  for (const { person_id, key, done, late, day } of rows) found.get(person_id)?.set(key, { state: done ? 'done' : late ? 'late' : 'due', day })
  return found
}

/** What the table can be narrowed to. */
export async function listChoices(tx: Tx): Promise<{ roles: string[]; countries: string[]; managers: string[] }> {
  const { rows: [row] } = await sql<{ roles: string[] | null; countries: string[] | null; managers: string[] | null }>`
    select (select array_agg(distinct r order by r) from memberships m, unnest(roles) r where ${living(tx, 'm')}) as roles,
      (select array_agg(distinct country order by country) from people where country is not null and left_at is null) as countries,
      (select array_agg(distinct manager_id) from people where manager_id is not null and left_at is null) as managers`.execute(tx.db)
  return { roles: row!.roles ?? [], countries: row!.countries ?? [], managers: row!.managers ?? [] }
}
