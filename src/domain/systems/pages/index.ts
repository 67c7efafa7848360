import type { Web } from '../../../web/module.ts'
import { absencePages } from './absence.tsx'
import { calendarPages } from './calendar.tsx'
import { evidencePages } from './evidence.tsx'
import { importPages } from './import.tsx'
import { sourcePages } from './sources.tsx'
import { systemPages } from './systems.tsx'

/** What is kept at the desk: the list of systems, what feeds evidence, and evidence itself where no machine brings it. */
export function pagesOfSystems(web: Web): void {
  systemPages(web)
  sourcePages(web)
  evidencePages(web)
  absencePages(web)
  importPages(web)
  calendarPages(web)
}
