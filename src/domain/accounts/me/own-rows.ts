import { sql } from 'kysely'
import { personIdOf } from '../../../access/people.ts'
import type { Tx } from '../../../db/tx.ts'

/** Columns that name a person, in whichever table. What is sealed or a hash is left out here: it is opened where it is known what it is. */
const naming = '^((account|person|delegate)_id|[a-z]+_by)$'

interface Column { table: string; column: string }

/** Every row that names this person, by table: rows of this organisation, and those that belong to none. A new table is found by itself. */
export async function ownRows(tx: Tx, accountId: string): Promise<Record<string, unknown[]>> {
  const [found, personId]: [Record<string, unknown[]>, string] = [{}, await personIdOf(tx, accountId)]
  for (const [table, columns] of Map.groupBy(await namingColumns(tx), ({ table }) => table)) {
    const names = sql.join(columns.map(({ column }) => sql`${sql.ref(`row.${column}`)}::text`))
    const { rows } = await sql<{ json: Record<string, unknown> }>`
      select to_jsonb(row) as json from ${sql.table(`avow.${table}`)} as row where array[${accountId}, ${personId}]
        && array[${names}] limit 10000`.execute(tx.db)
    if (rows.length > 0) found[table] = rows.map(({ json }) => readable(json))
  }
  return found
}

async function namingColumns(tx: Tx): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select table_name as table, column_name as column from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'avow' and table_type = 'BASE TABLE' and data_type in ('uuid', 'text') and column_name ~ ${naming}
    order by 1, 2`.execute(tx.db)
  return rows
}

/** PostgreSQL writes bytes as `\x…`. */
const readable = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && !(typeof value === 'string' && value.startsWith('\\x'))))
