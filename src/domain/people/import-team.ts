import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { learnOfPerson, type SaidOfPerson } from '../accounts/index.ts'
import { keepIdentity, listPerson } from './change-team.ts'
import { daysEntries, settleDays } from './come-and-go.ts'
import { findByAddresses } from './find-by-address.ts'
import { populationImported } from './kinds.ts'
import { identitiesOf, listPeople, type Person } from './person.ts'
import { readTeam, type Fault, type TeamRow } from './read-team.ts'
import { todayIn } from './said.ts'

const input = z.object({
  text: z.string().min(1,
    'Give a file, or paste its lines.').max(1_500_000).describe('CSV with the columns id, email, name, title, department, country, manager, '
    + 'start, end, roles'),
  end_missing: z.boolean().default(false).describe('Whether whoever came by a file before and is not in this one left yesterday'),
})
const Planned = z.object({
  line: z.number().nullable().describe('Null: not in the file'), what: z.enum(['add', 'change', 'end', 'same']), name: z.string(),
  person: z.uuid().nullable(), changes: z.array(z.object({ column: z.string(), from: z.string(), to: z.string() })),
})
export type Planned = z.output<typeof Planned>
const faults = z.array(z.object({ line: z.number(), column: z.string(), message: z.string() }))

export const previewTeam = query({
  name: 'person.preview', summary: 'What an import of this file would add, change and end, and what in it cannot be read.', may: 'people.manage',
  input, output: z.object({ sha256: z.string(), faults, planned: z.array(Planned) }),
  async run({ tx }, { text, end_missing: endMissing }) {
    const { planned, faults } = await plan(tx, text, endMissing)
    return { sha256: sha256(text), faults, planned: planned.map(({ row, said: _, ...one }) => ({ ...one, line: row?.line ?? null })) }
  },
})

/** All of the file or nothing of it: one cell that cannot be read refuses it whole. */
export const importTeam = verb({
  name: 'person.import', summary: 'Makes the team what a file says. The file’s hash goes into the ledger as where the population comes from.',
  may: 'people.manage', stepUp: true, entries: ['person.moved', 'population.imported', ...daysEntries],
  input,
  async run({ tx }, { text, end_missing: endMissing }) {
    const { planned, faults, rows } = await plan(tx, text, endMissing)
    if (faults.length > 0) throw new Invalid({ text: faults.slice(0, 20).map(({ line, column, message }) => `Line ${line}, ${column}: ${message}`).join(' ') })
    const ids = new Map<TeamRow, string>()
    for (const { row, person, said } of planned) if (row) ids.set(row, person ?? await listPerson(tx, identityIn(row), said))
    const byName = new Map(rows.flatMap((row) => [row.email, row.id].flatMap((name) => name ? [[name.toLowerCase(), ids.get(row)!] as const] : [])))
    for (const one of planned) if (one.what !== 'same') await carryOut(tx, one, ids, byName)
    const count = (what: Planned['what']) => planned.filter((one) => one.what === what).length
    const done = { rows: rows.length, added: count('add'), changed: count('change'), ended: count('end') }
    const { entryId } = await append(tx, populationImported, { subjects: {}, marks: { source: 'csv' }, facts: { file_sha256: sha256(text), ...done } })
    return { ...done, entry: entryId }
  },
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const identityIn = ({ name, email }: TeamRow) => ({ name: name!, address: email ?? '' })

interface Step extends Omit<Planned, 'line'> { readonly row: TeamRow | null; readonly said: SaidOfPerson }

async function carryOut(tx: Tx, { row, person, said, changes }: Step, ids: ReadonlyMap<TeamRow, string>, byName: ReadonlyMap<string, string>): Promise<void> {
  const id = person ?? ids.get(row!)!
  if (person && row && changes.some(({ column }) => column === 'name' || column === 'email')) await keepIdentity(tx, id, identityIn(row))
  const manager = row?.manager === undefined ? {} : { manager_id: row.manager === null ? null : byName.get(row.manager.toLowerCase()) ?? said.manager_id! }
  await learnOfPerson(tx, id, { ...said, ...manager })
  await settleDays(tx, id)
}

async function plan(tx: Tx, text: string, endMissing: boolean): Promise<{ planned: Step[]; faults: Fault[]; rows: TeamRow[] }> {
  const { rows, faults } = readTeam(text)
  const team = await listPeople(tx)
  const identity = await identitiesOf(tx, team)
  const [byId, byExternal] = [new Map(team.map((one) => [one.id, one])), new Map(team.map((one) => [one.external_id, one]))]
  const named = (name: string) => rows.some((row) => [row.email, row.id].some((one) => one?.toLowerCase() === name.toLowerCase()))
  const byAddress = await findByAddresses(tx, [...new Set(rows.flatMap(({ email, manager }) => [email,
    manager].filter((one) => one?.includes('@')) as string[]))])
  const found = (name: string | null | undefined) => name ? byExternal.get(name) ?? byId.get(byAddress.get(name) ?? name) : undefined
  const planned = rows.map((row): Step => {
    const person = found(row.id) ?? found(row.email)
    const manager = found(row.manager)
    if (row.manager && !manager && !named(row.manager)) faults.push({ line: row.line, column: 'manager',
      message: `Nobody has the address or id “${row.manager}”.` })
    const said = saidIn(row.id === person?.id ? { ...row, id: undefined } : row, manager?.id)
    const changes = person ? changesOf(row, person, said, identity(person.id), (id) => id ? identity(id).address || identity(id).name : '') : []
    const ends = changes.some(({ column, to }) => column === 'end' && to !== '')
    return { row, person: person?.id ?? null, name: row.name ?? '', what: !person ? 'add' : ends ? 'end' : changes.length > 0 ? 'change' : 'same', said,
      changes }
  })
  const here = new Set(planned.map(({ person }) => person))
  const twice = planned.filter(({ person }, i) => person && planned.findIndex((one) => one.person === person) < i)
  for (const { row } of twice) faults.push({ line: row!.line, column: 'email', message: 'Another line is about the same person.' })
  const yesterday = Temporal.PlainDate.from(await todayIn(tx)).subtract({ days: 1 }).toString()
  const gone = endMissing ? team.filter(({ id, source, left_at }) => source === 'csv' && !left_at && !here.has(id)) : []
  return { rows, faults, planned: [...planned, ...gone.map(({ id, ends_on }): Step => ({
    row: null, person: id, name: identity(id).name, what: 'end', said: { source: 'csv', ends_on: yesterday },
    changes: [{ column: 'end', from: ends_on ?? '', to: yesterday }],
  }))] }
}

/** Only what the file has a column for. */
function saidIn({ id, title, department, country, start, end, roles, manager }: TeamRow, managerId: string | undefined): SaidOfPerson {
  const given = { external_id: id, title, department, country, starts_on: start, ends_on: end, roles: roles === null ? [] : roles,
    manager_id: manager === undefined ? undefined : managerId ?? null }
  return { source: 'csv', ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
}

const fields = { id: 'external_id', title: 'title', department: 'department', country: 'country', start: 'starts_on', end: 'ends_on' } as const

/** With an account, the name and the address are the account's; the roles are the membership's. */
function changesOf(row: TeamRow, person: Person, said: SaidOfPerson, identity: { name: string; address: string }, nameOf: (id: string | null) => string) {
  const own = person.account_id ? [] : [
    { column: 'name', from: identity.name, to: row.name ?? '' }, ...row.email === undefined ? [] : [{ column: 'email', from: identity.address,
      to: row.email ?? '' }],
    ...row.roles === undefined ? [] : [{ column: 'roles', from: person.roles.join(' '), to: (row.roles ?? []).join(' ') }],
  ]
  const rest = Object.entries(fields).flatMap(([column, field]) => said[field] === undefined ? [] : [{ column, from: person[field] ?? '',
    to: said[field] ?? '' }])
  const manager = row.manager === undefined || said.manager_id === person.manager_id ? []
    : [{ column: 'manager', from: nameOf(person.manager_id), to: said.manager_id ? nameOf(said.manager_id) : row.manager ?? '' }]
  return [...own, ...rest].filter(({ from, to }) => from !== to).concat(manager)
}
