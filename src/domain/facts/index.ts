/**
 * Facts: what a machine can find about a report, so that a person reads it faster. What may never happen: a fact refuses a report, or closes
 * one; a look at one report shows another to somebody who may not see it; a fingerprint lets anybody read a word.
 */
import type { Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import { whenErased, whenReceived } from '../reports/index.ts'
import { checkAgain, checkJob, queueCheck } from './check-report.ts'
import { checkLaterJob } from './check-later.ts'
import { cveList } from './cve-list.ts'
import { forgetFingerprint } from './near.ts'
import { factPages } from './pages/index.tsx'
import { readFacts } from './read-facts.ts'
import { listReplays, replayReport } from './replay/request-replay.ts'
import { recordReplay, replayJob, type ReplaySettings } from './replay/run-replay.ts'
import './kinds.ts'
import { attachSource, detachSource, listSources, sourceJobs } from './source/attach-source.ts'
import type { SourceSettings } from './source/sources.ts'
import './tables.ts'

export const facts: Module = {
  name: 'facts',
  verbs: [checkAgain, attachSource, detachSource, replayReport, recordReplay],
  queries: [readFacts, listSources, listReplays],
  pages: factPages,
}

// A flood is closed before anybody wants to know more of it: what is suspect is looked at later, by the clock.
whenReceived(async (tx, report, queue) => { if (queue !== 'suspect') await queueCheck(tx, report) })

whenErased(async (tx, report, what) => {
  if (what === 'identity') return
  await tx.db.deleteFrom('report_facts').where('report_id', '=', report).execute()
  await tx.db.deleteFrom('report_replays').where('report_id', '=', report).execute()
  await forgetFingerprint(tx, report)
})

export interface FactSettings extends SourceSettings {
  /** Where CVE ids are looked up; none: they are not. */
  readonly cveList?: string
  readonly replay: ReplaySettings
}

export function factJobs({ cveList: place, replay, ...sources }: FactSettings): Job[] {
  const lookups = { cves: cveList({ place, privateNetwork: sources.privateNetwork }), sources }
  return [checkJob(lookups), checkLaterJob(lookups), ...sourceJobs(sources), replayJob(replay)]
}
