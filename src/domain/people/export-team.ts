import { z } from 'zod'
import { csvLine } from '../../lib/csv.ts'
import { query } from '../../verbs/verb.ts'
import { identitiesOf, isHere, listPeople } from './person.ts'
import { columns } from './read-team.ts'

const Text = z.string().nullable()

const TeamMember = z.object({
  id: z.uuid(), account: z.uuid().nullable(), name: z.string(), address: z.string(), title: Text, department: Text, country: Text, manager: z.uuid().nullable(),
  starts_on: Text, ends_on: Text, source: z.string(), external_id: Text, roles: z.array(z.string()),
  here: z.boolean(), member: z.boolean().describe('Whether they have an account here and can do anything in Avow'),
  joined_at: z.iso.datetime().nullable(), left_at: z.iso.datetime().nullable(),
})
export type TeamMember = z.output<typeof TeamMember>

export const listTeam = query({
  name: 'person.list', summary: 'Everybody of the team, those to come and those who have left.', may: 'people.read', input: z.object({}),
  output: z.object({ people: z.array(TeamMember) }),
  async run({ tx }) {
    const people = await listPeople(tx)
    const identity = await identitiesOf(tx, people)
    return { people: people.map((one) => ({
      id: one.id, account: one.account_id, ...identity(one.id), title: one.title, department: one.department, country: one.country, manager: one.manager_id,
      starts_on: one.starts_on, ends_on: one.ends_on, source: one.source, external_id: one.external_id, roles: [...one.roles],
      here: isHere(one), member: one.member, joined_at: one.joined_at?.toISOString() ?? null, left_at: one.left_at?.toISOString() ?? null,
    })) }
  },
})

/** The file that an import takes back. Whoever has neither an address nor a number in another system is named by their id here. */
export const exportTeam = query({
  name: 'person.export', summary: 'The team as CSV, with the columns that an import takes.', may: 'people.read', input: z.object({}),
  output: z.object({ csv: z.string() }),
  async run({ tx, actor }) {
    const { people } = await listTeam.run({ tx, actor }, {})
    const known = new Map(people.map((one) => [one.id, one.address || one.external_id || one.id]))
    const lines = people.map((one) => [one.external_id ?? (one.address === '' ? one.id : null), one.address, one.name, one.title, one.department,
      one.country, known.get(one.manager ?? ''),
      one.starts_on, one.ends_on, one.roles.join(' ')].map((cell) => cell ?? ''))
    return { csv: [[...columns], ...lines].map(csvLine).join('') }
  },
})
