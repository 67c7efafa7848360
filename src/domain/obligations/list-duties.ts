import { z } from 'zod'
import { query } from '../../verbs/verb.ts'
import { namesOfPeople } from '../people/index.ts'
import { listChoices, listLines, readColumns } from './find.ts'

const perPage = 50

export const Narrowed = {
  late: z.stringbool().default(false).describe('Only those who are late with something'),
  role: z.string().max(100).optional(), manager: z.uuid().optional(), country: z.string().regex(/^[A-Z]{2}$/).optional(),
}

/** The security lead's one table: people × what each of them owes in person, from the practices' own rows. */
export const listPeopleDuties = query({
  name: 'duty.people', summary: 'Who has done what they have to in person, what is due and what is late; those with most that is late first.',
    may: 'people.read',
  input: z.object({ ...Narrowed, page: z.coerce.number().int().min(1).max(10_000).default(1) }),
  async run({ tx }, { page, ...wanted }) {
    const { columns, cells } = await readColumns(tx)
    const [{ lines, people, behind }, choices] = await Promise.all([
      listLines(tx, cells, wanted, { from: (page - 1) * perPage, most: perPage }), listChoices(tx),
    ])
    const nameOf = await namesOfPeople(tx, [...lines.map(({ id }) => id), ...choices.managers])
    return {
      columns, people, behind, pages: Math.max(1, Math.ceil(people / perPage)),
      lines: lines.map(({ id, late, cells }) => ({ person: id, name: nameOf(id), late, cells })),
      choices: { ...choices, managers: choices.managers.map((id) => ({ id, name: nameOf(id) })).toSorted((a, b) => a.name.localeCompare(b.name)) },
    }
  },
})
export type PeopleDuties = Awaited<ReturnType<typeof listPeopleDuties.run>>

export const exportPeopleDuties = query({
  name: 'duty.export', summary: 'The same table whole, as CSV.', may: 'people.read', input: z.object(Narrowed), output: z.object({ csv: z.string() }),
  async run({ tx }, wanted) {
    const { columns, cells } = await readColumns(tx)
    const { lines } = await listLines(tx, cells, wanted, { from: 0, most: 100_000 })
    const nameOf = await namesOfPeople(tx, lines.map(({ id }) => id))
    const rows = [['person', 'name', 'late', ...columns.map(({ title }) => title)], ...lines.map(({ id, late, cells: own }) => [
      id, nameOf(id), String(late), ...columns.map(({ key }) => { const cell = own[key]; return cell ? `${cell.state} ${cell.day}` : 'not asked' }),
    ])]
    return { csv: rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('') }
  },
})

/** A cell that no spreadsheet takes for a formula. */
const cellOf = (value: string): string => `"${value.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`
