/**
 * The company's systems and the machines that look at them. Every check names the system that was looked at: what is true of one says
 * nothing about another. What may never happen: a result counts as a machine's that no machine saw, or one result counts twice.
 */
import type { Module } from '../../web/module.ts'
import { addSystem, retireSystem, setHosts } from './add-system.ts'
import { attestAbsence } from './attest-absence.ts'
import { approveImport, importEvidence } from './import-evidence.ts'
import { listSourcesQuery, listSystemsQuery } from './list-systems.ts'
import { pagesOfSystems } from './pages/index.ts'
import { recordCheck } from './record-check.ts'
import { recordEvidence } from './record-evidence.ts'
import { registerSource } from './register-source.ts'
import { setCalendar } from './set-calendar.ts'

export const systems: Module = {
  name: 'systems',
  verbs: [addSystem, setHosts, retireSystem, registerSource, recordCheck, recordEvidence, importEvidence, approveImport, attestAbsence, setCalendar],
  queries: [listSystemsQuery, listSourcesQuery],
  pages: pagesOfSystems,
}

export { checkJobs, runChecks, type Where } from './checks/run-checks.ts'
export { connectAvow, fedKinds } from './connect-avow.ts'
export { listSystems } from './find.ts'
export { placeOfDeed } from './place-of-deed.ts'
export { accessRevoked, practicesByTitle, reportDisclosed } from './practice-kinds.ts'
export { alsoAssigned } from './checks/roles-assigned.ts'
export {
  agreementSigned, backgroundChecked, confidentialitySigned, policyAccepted, policyCommunicated, trainingPassed, usersNotified,
} from './practice-kinds.ts'
export { record as recordSeen } from './record-check.ts'
export { connectSource } from './register-source.ts'
export { approveImport, findOpenImport } from './import-evidence.ts'
