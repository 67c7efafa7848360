/**
 * People: who is of the team, since when and until when, where, under whom, and what falls to them. Somebody is a person here before they have an
 * account, and after it was closed; with the account they keep their id. What may never happen: one person joins twice; whoever has left still has access.
 */
import type { Module } from '../../web/module.ts'

export const people: Module = { name: 'people', verbs: [], queries: [] }

export { countryOf, findPerson, getPerson, identitiesOf, isHere, listPeople, namesOfPeople, type Person } from './person.ts'
