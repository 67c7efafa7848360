import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { appendLines, forgetDay, listDays, mend, readLines, type TailLine, type TailTable } from './tail-file.ts'

const batch = 500

const rememberedNames = 50_000

/**
 * What the tail of one organisation holds already. Leaves and checkpoints come in order and are counted; the few other rows are
 * remembered by name.
 */
export class TailExport {
  readonly #database: Database
  readonly #organizationId: string
  readonly #folder: string
  #leaves = 0
  #checkpoints = 0
  readonly #seen = new Set<string>()

  private constructor(database: Database, organizationId: string, folder: string) {
    this.#database = database
    this.#organizationId = organizationId
    this.#folder = join(folder, organizationId)
  }

  static async open(database: Database, organizationId: string, folder: string): Promise<TailExport> {
    const tail = new TailExport(database, organizationId, folder)
    const days = await listDays(tail.#folder)
    if (days.length > 0) await mend(tail.#folder, days.at(-1)!)
    for (const day of days) for await (const line of readLines(tail.#folder, day)) tail.#note(line)
    return tail
  }

  /** Writes what has come since; answers how many lines. */
  async catchUp(): Promise<number> {
    let written = 0
    for (;;) {
      const { lines, more } = await this.#database.read(this.#organizationId, (tx) => this.#next(tx))
      if (lines.length > 0) await appendLines(this.#folder, Temporal.Now.plainDateISO('UTC').toString(), lines)
      for (const line of lines) this.#note(line)
      written += lines.length
      if (more) continue
      // What is forgotten here may be written twice; a replay does not mind.
      if (this.#seen.size > rememberedNames) this.#seen.clear()
      return written
    }
  }

  /** Whole days older than the oldest backup that is kept are of no use to any restore. */
  async forget(before: Temporal.PlainDate): Promise<void> {
    for (const day of await listDays(this.#folder)) if (day < before.toString()) await forgetDay(this.#folder, day)
  }

  async #next(tx: Tx): Promise<{ lines: TailLine[]; more: boolean }> {
    const first = await this.#rows(tx, 'organizations', sql`select o as r from organizations o where id = ${tx.organizationId}`)
    const leaves = await rowsOf(sql`select l as r from leaves l where index >= ${this.#leaves} order by index limit ${batch}`, tx)
    const from = leaves[0]?.index ?? 0
    const range = sql`from leaves l join entries e on e.organization_id = l.organization_id and e.id = l.entry_id
      where l.index >= ${from} and l.index < ${Number(from) + leaves.length}`
    const keys = await rowsOf(sql`select distinct k.id, to_jsonb(k) as r from data_keys k where k.id in (select e.key_id ${range})`, tx)
    const entries = await rowsOf(sql`select e as r ${range} order by l.index`, tx)
    return {
      more: leaves.length === batch,
      lines: [
        ...first, ...lines('data_keys', keys), ...lines('entries', entries), ...lines('leaves', leaves),
        ...await this.#rows(tx, 'checkpoints', sql`select c as r from checkpoints c where size > ${this.#checkpoints} order by size limit ${batch}`),
        ...await this.#rows(tx, 'cosignatures', sql`select c as r from cosignatures c order by size desc limit ${batch}`),
        ...await this.#rows(tx, 'data_keys', sql`select k as r from data_keys k where id in (select key_id from signing_keys)`),
        ...await this.#rows(tx, 'signing_keys', sql`select s as r from signing_keys s order by purpose, number`),
        ...(await sql<{ id: string; at: string }>`select id, destroyed_at::text as at from data_keys where wrapped is null`.execute(tx.db)).rows
          .map(({ id, at }) => ({ erased: id, at })).filter((line) => !this.#seen.has(nameOf(line))),
      ],
    }
  }

  async #rows(tx: Tx, table: TailTable, query: Query): Promise<TailLine[]> {
    return lines(table, await rowsOf(query, tx)).filter((line) => !this.#seen.has(nameOf(line)))
  }

  #note(line: TailLine): void {
    if ('table' in line && line.table === 'leaves') this.#leaves = Number(line.row.index) + 1
    else if ('table' in line && line.table === 'checkpoints') this.#checkpoints = Number(line.row.size)
    else if (!('table' in line) || line.table !== 'entries') this.#seen.add(nameOf(line))
  }
}

type Query = ReturnType<typeof sql>
type Row = Record<string, unknown> & { index?: number }

/** As PostgreSQL prints them in JSON: bytes in hexadecimal, times in ISO form, ready for json_populate_record. */
async function rowsOf(query: Query, tx: Tx): Promise<Row[]> {
  return (await sql<{ row: Row }>`select to_jsonb(q.r) as row from (${query}) q`.execute(tx.db)).rows.map(({ row }) => row)
}

const lines = (table: TailTable, rows: Row[]): TailLine[] => rows.map((row) => ({ table, row }))

/** What makes a line the same as one that was written before. */
function nameOf(line: TailLine): string {
  if ('erased' in line) return `erased ${line.erased}`
  const { id, purpose, number, size, witness } = line.row
  return `${line.table} ${[id, line.table === 'signing_keys' ? purpose : undefined, number, size, witness].filter((part) => part !== undefined).join(' ')}`
}
