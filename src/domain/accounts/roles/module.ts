/**
 * What somebody may do here beyond the roles that come with Avow: roles of the organisation's own making, standing in for whoever is away, and the
 * access for emergencies. What may never happen: somebody gives what they lack, or what is only lent to them; the last administrator goes.
 */
import type { Job } from '../../../jobs/index.ts'
import type { Module } from '../../../web/module.ts'
import { announceAbsence, endAbsence, listAbsences } from './absences.ts'
import { breakGlass, listEmergencies, mendGlass, reviewGlass } from './break-glass.ts'
import { defineRole, listRoles, removeRole } from './custom-roles.ts'
import { endExpiredJob } from './end-expired.ts'
import { absencePages } from './pages/absences.tsx'
import { emergencyPages } from './pages/emergencies.tsx'
import { rolePages } from './pages/roles.tsx'

export const roles: Module = {
  name: 'roles',
  verbs: [defineRole, removeRole, announceAbsence, endAbsence, breakGlass, mendGlass, reviewGlass],
  queries: [listRoles, listAbsences, listEmergencies],
  pages(web) {
    rolePages(web)
    absencePages(web)
    emergencyPages(web)
  },
}

export const roleJobs: readonly Job[] = [endExpiredJob]
