import type { Module } from '../../web/module.ts'
import { acceptReport } from './accept-report.ts'
import { acknowledgeReport } from './acknowledge-report.ts'
import { answerTeam } from './answer-team.ts'
import { askReporter } from './ask-reporter.ts'
import { closeReport } from './close-report.ts'
import { deskVerbs } from './desk/verbs.ts'
import './disclosed.ts'
import { saveDraft } from './drafts.ts'
import { openFinding } from './duplicates/open-finding.ts'
import { readOriginal } from './duplicates/read-original.ts'
import { endWaits } from './end-waits.ts'
import { eraseReport } from './erase-report.ts'
import { fixReport } from './fix-report.ts'
import { setWaiting } from './handling.ts'
import { keepReport, letGoReport, listKeptReports } from './keep-report.ts'
import './kinds.ts'
import { listReportsQuery } from './list-reports.ts'
import { addAsset, listAssetsQuery, retireAsset } from './manage-assets.ts'
import { openDeposits } from './open-deposits.ts'
import { noteReport } from './note-report.ts'
import { caseSettingsPages } from './pages/case-settings.tsx'
import { deskPages } from './pages/desk.tsx'
import { myReportsPages } from './pages/my-reports.tsx'
import { scopePages } from './pages/scope-desk.tsx'
import { reporterPages } from './pages/reporter.tsx'
import { phraseHolder, reporterActor } from './pages/reporter-session.ts'
import { followReport, readReport } from './read-report.ts'
import { reopenReport } from './reopen-report.ts'
import { resolveReport } from './resolve-report.ts'
import { reportingPages, reportingQueries, reportingVerbs } from './reporting.ts'
import { addPerson, openToTeam, removePerson, restrictReport } from './restrict-report.ts'
import { answerRetest, recordRetest, requestRetest } from './retest.ts'
import { startFix, startVerification } from './start-work.ts'
import './sampled.ts'
import './tables.ts'
import { verifyReport } from './verify-report.ts'
import { writeReporter } from './write-reporter.ts'

/**
 * Reports of weaknesses: taken in from anyone, answered by the team, followed by the reporter.
 * What may never happen: a report is lost after its phrase or receipt was given out; what was reported changes; a reporter sees a
 * note of the team or another report; a mail carries what was reported; who the reporter is stands in the ledger.
 */
export const reports: Module = {
  name: 'reports',
  verbs: [
    ...reportingVerbs, acknowledgeReport, askReporter, answerTeam, verifyReport, acceptReport, fixReport, resolveReport, closeReport, noteReport, eraseReport,
    startVerification, startFix, reopenReport, openFinding, requestRetest, answerRetest, recordRetest, writeReporter, saveDraft, endWaits, setWaiting,
    restrictReport, openToTeam, addPerson, removePerson, ...deskVerbs,
    openDeposits, addAsset, retireAsset, keepReport, letGoReport,
  ],
  queries: [listReportsQuery, readReport, followReport, listAssetsQuery, ...reportingQueries, listKeptReports, readOriginal],
  recognise: reporterActor,
  holderOf: phraseHolder,
  pages(web) {
    reporterPages(web)
    myReportsPages(web)
    deskPages(web)
    scopePages(web)
    caseSettingsPages(web)
    reportingPages(web)
  },
}

export { dueOrderJob, followDuties } from './desk/due-order.ts'
export { sweepBegunJob } from './begun.ts'
export { endWaitsJob } from './end-waits.ts'
export { handlingOf, setWaiting } from './handling.ts'
export { everyPart, openedOf, openParts, partsOfMessage, withOpen } from './duplicates/parts.ts'
export { reindexJob, reindexReports } from './reindex.ts'
export { countClosable, countOpen, findReportNamed, getReport, hiddenFrom, listAssets, lockClosable, lockReport, type Asset, type Report } from './find.ts'
export { linesOf, listReportsQuery, reportLines, type ReportLine } from './list-reports.ts'
export { Reported } from './pages/case-parts.tsx'
export { addPart, readOnce, type Part } from './pages/parts.ts'
export { releaseNamed, saveReleases, type Release } from './releases.ts'
export { arrivals, receiveReport, type ReportGiven, type Way } from './receive-report.ts'
export { answerTeam } from './answer-team.ts'
export { changeIdentity, identityOf, reachReporters, tellReporter, tellTeam, type Identity, type Reach } from './letters.ts'
export { readAsGuest, unlessErased, type GuestView } from './read-report.ts'
export { whenErased } from './when-erased.ts'
export { whenReceived } from './when-received.ts'
export { Minutes, minutesOf, noteTime } from './time-spent.ts'
export { closeAsSpam, spamEntries } from './close-as-spam.ts'
export { byWhom, insertMessage, readMessages, say } from './message.ts'
export type { Message } from './message.ts'
export { openDeposits, receiveDeposit } from './open-deposits.ts'
export { readReport, type ReportView } from './read-report.ts'
export { reopenReport } from './reopen-report.ts'
export { isOpen } from './report.ts'
export { MessageText, ReportId, updateReport } from './step.ts'
export { writeReporter } from './write-reporter.ts'
export { keepersOf } from './people.ts'
export { isSignature } from './signature-files.ts'
export { cweName, cweStanding, cweVersion } from './cwe.ts'
export { readToolOutput } from './tool-output/index.ts'
export { rating as ratingOf, scoreOf } from './severity.ts'
export type { ReportedFacts } from './kinds.ts'
export { weaknessName } from './weaknesses.ts'
