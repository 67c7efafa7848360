/**
 * People: who is of the team, since when and until when, where and under whom: the population of every practice. Somebody is a person here before they
 * have an account, and after it was closed; with the account they keep their id. What may never happen: one person joins twice; whoever has left still
 * has access.
 */
import type { Module } from '../../web/module.ts'
import { addPerson, changePerson, endPerson } from './change-team.ts'
import { exportTeam, listTeam } from './export-team.ts'
import { importTeam, previewTeam } from './import-team.ts'
import './kinds.ts'
import { peoplePages } from './pages/index.tsx'
import './sampled.ts'

export const people: Module = {
  name: 'people', verbs: [addPerson, changePerson, endPerson, importTeam], queries: [listTeam, exportTeam, previewTeam], pages: peoplePages,
}

export { isAsked, type Audience } from './audience.ts'
export { onDays, peopleJobs } from './come-and-go.ts'
export { listTeam } from './export-team.ts'
export { findByAddresses, namedPeople } from './find-by-address.ts'
export { addPersonPart, type PersonPart } from './pages/parts.ts'
export { countryOf, findPerson, getPerson, identitiesOf, isHere, listPeople, namesOfPeople, type Person } from './person.ts'
export { Country, todayIn } from './said.ts'
