/**
 * Obligations: what each person of the team owes in person, as one table of people and what they have to do. The practices own the rows; this folder
 * only lays them side by side. What may never happen: a cell is ticked here.
 */
import type { Module } from '../../web/module.ts'
import { exportPeopleDuties, listPeopleDuties } from './list-duties.ts'
import { obligationPages } from './pages/index.tsx'
import { remindOfDuties } from './remind.ts'
import './tables.ts'

export const obligations: Module = {
  name: 'obligations', verbs: [remindOfDuties], queries: [listPeopleDuties, exportPeopleDuties], pages: obligationPages,
}

export { inAudience, standingOf } from './find.ts'
export { addDuties, type Asked, type DutyColumn, type DutyPractice } from './practices.ts'
export { obligationJobs, remindOfDuties } from './remind.ts'
