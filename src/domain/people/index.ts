/**
 * People: who is of the team, since when and until when, where, under whom, and what falls to them. Somebody is a person here before they have an
 * account, and after it was closed; with the account they keep their id. What may never happen: one person joins twice; whoever has left still has access.
 */
import type { Module } from '../../web/module.ts'
import { addPerson, changePerson, endPerson } from './change-team.ts'
import { listChecklists, myChecklist, tickItem } from './checklists.ts'
import { exportTeam, listTeam } from './export-team.ts'
import { followPeople } from './follow.ts'
import { importTeam, previewTeam } from './import-team.ts'
import './kinds.ts'
import { peoplePages } from './pages/index.tsx'
import { exportResponsibilities, listResponsibilities, setResponsibilities } from './responsibilities.ts'
import './sampled.ts'
import './tables.ts'
import { readTemplates, setTemplate } from './templates.ts'

followPeople()

export const people: Module = {
  name: 'people',
  verbs: [addPerson, changePerson, endPerson, importTeam, tickItem, setTemplate, setResponsibilities],
  queries: [listTeam, exportTeam, previewTeam, myChecklist, listChecklists, readTemplates, listResponsibilities, exportResponsibilities],
  pages: peoplePages,
}

export { peopleJobs } from './follow.ts'
export { listTeam } from './export-team.ts'
export { countryOf, findPerson, getPerson, identitiesOf, isHere, listPeople, namesOfPeople, type Person } from './person.ts'
export { Country, todayIn } from './said.ts'
export { responsibleFor } from './responsibilities.ts'
export { listResponsibilities } from './responsibilities.ts'
