/**
 * Bridges: a report is passed on, by a person, as a confidential issue of GitHub or GitLab, and both sides keep up with each other.
 * What may never happen: something leaves that nobody chose to send, or to where everybody reads it; a program's word stands in the record where
 * a person's was promised; a token is shown again; nobody knows any more where a copy lies.
 */
import type { Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import { checkJob, type Settings } from './check.ts'
import './follow.ts'
import './kinds.ts'
import { listBridges, listIssues } from './list-bridges.ts'
import { addBridge, checkBridge, endBridge, renewSecret, renewToken } from './manage-bridges.ts'
import './pages/case-issues.tsx'
import { bridgePages } from './pages/index.tsx'
import { confirmCopyGone, declineClosing, passOn } from './pass-on.ts'
import { pollJob, syncJob } from './sync.ts'
import './tables.ts'

export const bridges: Module = {
  name: 'bridges',
  verbs: [addBridge, renewToken, renewSecret, checkBridge, endBridge, passOn, declineClosing, confirmCopyGone],
  queries: [listBridges, listIssues],
  pages: bridgePages,
}

export const bridgeJobs = (settings: Settings): Job[] => [checkJob(settings), syncJob(settings), pollJob]
