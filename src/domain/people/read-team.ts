import { z } from 'zod'
import { readCsv } from '../../lib/csv.ts'
import { Invalid } from '../../lib/errors.ts'
import { Address, Country, Day, RoleList } from './said.ts'

export const columns = ['id', 'email', 'name', 'title', 'department', 'country', 'manager', 'start', 'end', 'roles'] as const
type Column = (typeof columns)[number]

const Line = z.string().max(200, 'Write 200 characters at most.')
const checks: Readonly<Record<Column, z.ZodType<unknown, string>>> = {
  id: Line, email: Address, name: Line, title: Line, department: Line, country: Country, manager: Line, start: Day, end: Day,
  roles: z.string().transform((roles) => roles.split(/[\s,;]+/).filter(Boolean)).pipe(RoleList),
}

/** One row of a file. A column that the file does not have is undefined, an empty cell is null. */
export interface TeamRow {
  readonly line: number
  readonly id?: string | null | undefined
  readonly email?: string | null
  readonly name?: string | null
  readonly title?: string | null
  readonly department?: string | null
  readonly country?: string | null
  /** An address, or an id. */
  readonly manager?: string | null
  readonly start?: string | null
  readonly end?: string | null
  readonly roles?: string[] | null
}

export interface Fault { readonly line: number; readonly column: string; readonly message: string }

/** Reads the rows of a file, and names every cell that cannot be read. Throws `Invalid` where it has no heading, or is too long. */
export function readTeam(text: string): { rows: TeamRow[]; faults: Fault[] } {
  const [head, ...lines] = readCsv(text)
  const names = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  if (!names.includes('name') || !(names.includes('email') || names.includes('id'))) {
    throw new Invalid({ text: `The first line names the columns: ${columns.join(', ')}. At least name, and email or id.` })
  }
  if (lines.length > 5000) throw new Invalid({ text: 'At most 5,000 people in one file.' })
  const unknown = names.filter((name) => name !== '' && !(columns as readonly string[]).includes(name))
  const faults: Fault[] = unknown.map((column) => ({ line: 1, column, message: 'There is no such column; what is in it is not read.' }))
  if (unknown.length > 0) return { rows: [], faults }
  const rows = lines.map(({ line, cells }): TeamRow => {
    const values = names.map((name, i) => [name, valueOf(name as Column, cells[i] ?? '', line, faults)] as const)
    return { line, ...Object.fromEntries(values) }
  })
  for (const { line, name, email, id, start, end } of rows) {
    if (!name) faults.push({ line, column: 'name', message: 'Say what they are called.' })
    if (!email && !id) faults.push({ line, column: 'email', message: 'Give an address or an id, by which they are known again.' })
    if (start && end && end < start) faults.push({ line, column: 'end', message: 'The last day cannot be before the first.' })
  }
  return { rows, faults: [...faults, ...twice(rows, 'email'), ...twice(rows, 'id')] }
}

function valueOf(name: Column, cell: string, line: number, faults: Fault[]): unknown {
  if (cell === '') return null
  const read = checks[name].safeParse(cell)
  if (!read.success) faults.push({ line, column: name, message: read.error.issues[0]!.message })
  return read.data ?? null
}

function twice(rows: readonly TeamRow[], column: 'email' | 'id'): Fault[] {
  const groups = Map.groupBy(rows.filter((row) => row[column]), (row) => row[column]!.toLowerCase())
  return [...groups.values()].flatMap(([first, ...more]) =>
    more.map(({ line }) => ({ line, column, message: `The same as in line ${first!.line}.` })))
}
