/**
 * Responsibilities: who does the work of an area, who answers for it, who is asked and who is told (RACI). What may never happen: an area that a
 * policy promises is nobody's, and nobody sees it.
 */
import type { Module } from '../../web/module.ts'
import { alsoAssigned } from '../systems/index.ts'
import './kinds.ts'
import { responsibilityPages } from './pages/index.tsx'
import { exportResponsibilities, holesInResponsibilities, listResponsibilities, setResponsibilities } from './responsibilities.ts'
import './tables.ts'

alsoAssigned(holesInResponsibilities)

export const responsibilities: Module = {
  name: 'responsibilities', verbs: [setResponsibilities], queries: [listResponsibilities, exportResponsibilities], pages: responsibilityPages,
}

export { listResponsibilities, responsibleFor } from './responsibilities.ts'
