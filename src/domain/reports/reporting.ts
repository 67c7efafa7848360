import type { Web } from '../../web/module.ts'
import { forgetBegun, keepBegun, openBegun } from './begun.ts'
import { readExclusions, setExclusion } from './exclusions.ts'
import { addKnown, readKnown, retireKnown } from './known-non-findings.ts'
import { calculatorPages } from './pages/calculator.tsx'
import './pages/completeness.tsx'
import { draftPages } from './pages/draft.tsx'
import { expectationPages } from './pages/expectations.tsx'
import { fileFindingsPage } from './pages/file-findings.tsx'
import './pages/findings.tsx'
import { importReportPages } from './pages/import-report.tsx'
import { formPage } from './pages/reporter.tsx'
import { releasePages } from './pages/releases.tsx'
import { splitPages } from './pages/split.tsx'
import { weaknessListPage } from './pages/weakness-list.tsx'
import { addReleases, listReleases, removeRelease } from './releases.ts'
import { importReport } from './import-report.ts'
import { splitReport } from './split-report.ts'
import { submitReport } from './submit-report.ts'

/** How reports come in from people: the form and what it knows, beside the case that they become. */
export const reportingVerbs = [submitReport, importReport, splitReport, keepBegun, forgetBegun, addReleases, removeRelease, setExclusion, addKnown, retireKnown]
export const reportingQueries = [openBegun, listReleases, readExclusions, readKnown]

export function reportingPages(web: Web): void {
  calculatorPages(web, formPage)
  draftPages(web, formPage)
  releasePages(web)
  weaknessListPage(web)
  expectationPages(web)
  fileFindingsPage(web)
  importReportPages(web)
  splitPages(web)
}
