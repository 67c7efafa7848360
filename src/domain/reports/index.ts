import type { Module } from '../../web/module.ts'
import { acceptReport } from './accept-report.ts'
import { acknowledgeReport } from './acknowledge-report.ts'
import { answerTeam } from './answer-team.ts'
import { askReporter } from './ask-reporter.ts'
import { closeReport } from './close-report.ts'
import { eraseReport } from './erase-report.ts'
import { fixReport } from './fix-report.ts'
import { keepReport, letGoReport, listKeptReports } from './keep-report.ts'
import './kinds.ts'
import { listReportsQuery } from './list-reports.ts'
import { addAsset, listAssetsQuery, retireAsset } from './manage-assets.ts'
import { noteReport } from './note-report.ts'
import { deskPages } from './pages/desk.tsx'
import { myReportsPages } from './pages/my-reports.tsx'
import { scopePages } from './pages/scope-desk.tsx'
import { reporterPages } from './pages/reporter.tsx'
import { phraseHolder, reporterActor } from './pages/reporter-session.ts'
import { followReport, readReport } from './read-report.ts'
import { resolveReport } from './resolve-report.ts'
import { addPerson, openToTeam, removePerson, restrictReport } from './restrict-report.ts'
import { submitReport } from './submit-report.ts'
import './tables.ts'
import { verifyReport } from './verify-report.ts'

/**
 * Reports of weaknesses: taken in from anyone, answered by the team, followed by the reporter.
 * What may never happen: a report is lost after its phrase or receipt was given out; what was reported changes; a reporter sees a
 * note of the team or another report; a mail carries what was reported; who the reporter is stands in the ledger.
 */
export const reports: Module = {
  name: 'reports',
  verbs: [
    submitReport, acknowledgeReport, askReporter, answerTeam, verifyReport, acceptReport, fixReport, resolveReport, closeReport, noteReport, eraseReport,
    restrictReport, openToTeam, addPerson, removePerson,
    addAsset, retireAsset, keepReport, letGoReport,
  ],
  queries: [listReportsQuery, readReport, followReport, listAssetsQuery, listKeptReports],
  recognise: reporterActor,
  holderOf: phraseHolder,
  pages(web) {
    reporterPages(web)
    myReportsPages(web)
    deskPages(web)
    scopePages(web)
  },
}

export { reindexJob, reindexReports } from './reindex.ts'
export { countOpen, findReportNamed, hiddenFrom } from './find.ts'
export { listReportsQuery, reportLines, type ReportLine } from './list-reports.ts'
export { addPart, type Part } from './pages/parts.ts'
