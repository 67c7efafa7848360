import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { csvLine } from '../../lib/csv.ts'
import { append } from '../../ledger/index.ts'
import { query, verb } from '../../verbs/verb.ts'
import { identitiesOf, isHere, listPeople, namedPeople } from '../people/index.ts'
import { readPromises } from '../policies/index.ts'
import { practicesByTitle } from '../systems/index.ts'
import { responsibilitiesSet } from './kinds.ts'
import { parts, type Part } from './tables.ts'

const People = z.array(z.string().trim().max(320)).max(50).default([]).describe('Mail addresses of people of the team, or their ids')

export const setResponsibilities = verb({
  name: 'responsibility.set', summary: 'Says who is responsible and accountable for an area, and who is consulted and informed.', may: 'people.manage',
  entries: ['responsibilities.set'],
  input: z.object({
    area: z.string().trim().min(1, 'Say which area.').max(100).describe('A practice, or an owner that a rule names'),
    responsible: People, accountable: People, consulted: People, informed: People,
  }),
  async run({ tx }, { area, ...given }) {
    const named = await Promise.all(parts.map(async (part) => [part, await namedPeople(tx, given[part], part)] as const))
    const rows = named.flatMap(([part, ids]) => ids.map((person_id) => ({ organization_id: tx.organizationId, area, part, person_id })))
    await tx.db.deleteFrom('responsibilities').where('area', '=', area).execute()
    if (rows.length > 0) await tx.db.insertInto('responsibilities').values(rows).execute()
    await append(tx, responsibilitiesSet, { subjects: {}, marks: {}, facts: { area, parts: Object.fromEntries(named) } })
    return { area }
  },
})

const Named = z.object({ person: z.uuid(), name: z.string(), address: z.string(), here: z.boolean() })
const Area = z.object({
  area: z.string(), promised: z.boolean().describe('Whether a policy in force speaks of it, or names it as an owner'),
  responsible: z.array(Named), accountable: z.array(Named), consulted: z.array(Named), informed: z.array(Named), holes: z.array(z.string()),
})
export type ListedArea = z.output<typeof Area>

export const listResponsibilities = query({
  name: 'responsibility.list', summary: 'Who answers for which area (RACI), and where nobody does.', may: 'duties.read', input: z.object({}),
  output: z.object({ begun: z.boolean(), areas: z.array(Area) }),
  run: ({ tx }) => table(tx),
})

export const exportResponsibilities = query({
  name: 'responsibility.export', summary: 'Who answers for which area, as CSV or Markdown.', may: 'duties.read',
  input: z.object({ as: z.enum(['csv', 'markdown']).default('csv') }), output: z.object({ text: z.string() }),
  async run({ tx }, { as }) {
    const rows = (await table(tx)).areas.map((area) => [area.area, ...parts.map((part) => area[part].map(({ name }) => name).join('; ')), area.holes.join(' ')])
    const head = ['Area', 'Responsible', 'Accountable', 'Consulted', 'Informed', 'Missing']
    if (as === 'csv') return { text: [head, ...rows].map(csvLine).join('') }
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&')).join(' | ')} |\n`
    return { text: line(head) + line(head.map(() => '---')) + rows.map(line).join('') }
  },
})

/** Every area that the policies in force promise or name an owner for, every one that somebody has, and the practices that are left. */
async function table(tx: Tx): Promise<{ begun: boolean; areas: ListedArea[] }> {
  const [rows, promised] = [await tx.db.selectFrom('responsibilities').selectAll().execute(), await promisedAreas(tx)]
  const people = new Map((await listPeople(tx, { ids: rows.map(({ person_id }) => person_id) })).map((one) => [one.id, one]))
  const identity = await identitiesOf(tx, [...people.values()])
  const names = [...new Set([...promised, ...rows.map(({ area }) => area), ...practicesByTitle().keys()])]
  const areas = names.map((area): ListedArea => {
    const of = (part: Part) => rows.filter((row) => row.area === area && row.part === part)
      .map(({ person_id: person }) => ({ person, ...identity(person), here: isHere(people.get(person)!) }))
    const [responsible, accountable, consulted, informed] = [of('responsible'), of('accountable'), of('consulted'), of('informed')]
    const used = promised.has(area) || rows.some((row) => row.area === area)
    const gone = [...responsible, ...accountable].filter(({ here }) => !here)
    const holes = !used ? [] : [
      ...accountable.length === 0 ? ['Nobody is accountable.'] : accountable.length > 1 ? ['More than one person is accountable.'] : [],
      ...responsible.length === 0 ? ['Nobody is responsible.'] : [], ...gone.length > 0 ? ['Somebody who is not of the team has it.'] : [],
    ]
    return { area, promised: promised.has(area), responsible, accountable, consulted, informed, holes }
  })
  return { begun: rows.length > 0, areas }
}

async function promisedAreas(tx: Tx): Promise<ReadonlySet<string>> {
  const rules = (await readPromises(tx)).policies.flatMap(({ commitments }) => commitments)
  const mentioned = new Set(rules.flatMap(({ mentions }) => mentions.map(({ kind }) => kind)))
  const practices = [...practicesByTitle()].filter(([, kinds]) => kinds.some(({ kind }) => mentioned.has(kind))).map(([title]) => title)
  return new Set([...rules.flatMap(({ rule }) => rule.owner ?? []), ...practices])
}

/** The people responsible for an area, as long as they are of the team. */
export async function responsibleFor(tx: Tx, area: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('responsibilities').select('person_id').where('area', '=', area).where('part', '=', 'responsible').execute()
  return (await listPeople(tx, { ids: rows.map(({ person_id }) => person_id) })).filter(isHere).map(({ id }) => id)
}

/** For the check that every role is assigned. A table that nobody has begun says nothing yet. */
export async function holesInResponsibilities(tx: Tx): Promise<string[]> {
  const { begun, areas } = await table(tx)
  const open = areas.filter(({ holes }) => holes.length > 0)
  return begun && open.length > 0 ? [`Responsibilities with a hole: ${open.map(({ area }) => area).join(', ')}.`] : []
}
