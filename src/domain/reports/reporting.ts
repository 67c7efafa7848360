import type { Web } from '../../web/module.ts'
import { forgetBegun, keepBegun, listBegun, openBegun, sweepBegun } from './begun.ts'
import { readExclusions, setExclusion } from './exclusions.ts'
import { addKnown, readKnown, retireKnown } from './known-non-findings.ts'
import { calculatorPages } from './pages/calculator.tsx'
import './pages/completeness.tsx'
import { draftPages } from './pages/draft.tsx'
import { embedPages } from './pages/embed.tsx'
import { expectationPages } from './pages/expectations.tsx'
import { fileFindingsPage } from './pages/file-findings.tsx'
import './pages/findings.tsx'
import { fromElsewherePages } from './pages/from-elsewhere.tsx'
import { importReportPages } from './pages/import-report.tsx'
import { formPage } from './pages/reporter.tsx'
import { releasePages } from './pages/releases.tsx'
import { splitPages } from './pages/split.tsx'
import { weaknessListPage } from './pages/weakness-list.tsx'
import { readReceipt } from './read-receipt.ts'
import { addReleases, listReleases, removeRelease } from './releases.ts'
import { importReport } from './import-report.ts'
import { splitReport } from './split-report.ts'
import { submitReport } from './submit-report.ts'

/** How reports come in from people: the form and what it knows, beside the case that they become. */
export const reportingVerbs = [
  submitReport, importReport, splitReport, keepBegun, forgetBegun, sweepBegun, addReleases, removeRelease, setExclusion, addKnown, retireKnown,
]
export const reportingQueries = [readReceipt, openBegun, listBegun, listReleases, readExclusions, readKnown]

export function reportingPages(web: Web): void {
  calculatorPages(web, formPage)
  fromElsewherePages(web, formPage)
  embedPages(web)
  draftPages(web, formPage)
  releasePages(web)
  weaknessListPage(web)
  expectationPages(web)
  fileFindingsPage(web)
  importReportPages(web)
  splitPages(web)
}
