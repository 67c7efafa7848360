import { sql } from 'kysely'
import type { Tx } from './tx.ts'

/** The number of the next version of something. Its row is locked by the caller, so that two publish one after the other. */
export async function nextVersion(tx: Tx, { in: table, of: column, id }: { in: string; of: string; id: string }): Promise<number> {
  const { rows: [row] } = await sql<{ next: number }>`select coalesce(max(version), 0) + 1 as next from ${sql.table(table)} where ${sql.ref(column)} = ${id}`
    .execute(tx.db)
  return row!.next
}
