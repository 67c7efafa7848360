import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueue, job, type OrganizationJob } from '../../jobs/index.ts'
import { sealJson } from '../../seal/envelope.ts'
import { verb } from '../../verbs/verb.ts'
import { cweName, cweStanding, cweVersion, getReport, lockReport, ratingOf, ReportId, scoreOf } from '../reports/index.ts'
import { reclassify } from '../triage/index.ts'
import type { CveList } from './cve-list.ts'
import { checkEvidence, onlyScanner } from './evidence.ts'
import type { Group } from './fact.ts'
import { gather, type Gathered } from './gather.ts'
import { checkHosts } from './hosts.ts'
import { checkKnown } from './known.ts'
import { alikeTo, keepFingerprint, nearlyTheSame } from './near.ts'
import { checkSeverity, scoresIn } from './severity-claims.ts'
import { citesNothing, citesSource } from './source/look-up.ts'
import { lookUp, type SourceSettings } from './source/sources.ts'

const jobName = 'report.check'

/** Queues the look at a report: it follows whatever else the moment calls for. */
export const queueCheck = (tx: Tx, report: string): Promise<void> => enqueue(tx, jobName, { report }, { key: report, last: true })

export const factsContext = (report: string) => `report-facts:${report}`

export interface Lookups { readonly cves: CveList; readonly sources: SourceSettings }

/** Looks at a report once it is in: first all that is in the house, then lists outside, then what was found is kept. Found again, it replaces what was. */
export const checkJob = (lookups: Lookups): OrganizationJob => job({
  name: jobName, payload: z.object({ report: z.uuid() }),
  async run({ database, organizationId, actor, signal }, { report }) {
    const gathered = await database.read(organizationId, (tx) => gather(tx, actor, report))
    if (!gathered) return
    const groups = await look(gathered, lookups, signal)
    await database.write(organizationId, async (tx) => keep(tx, await lockReport(tx, actor, report), gathered, groups))
  },
})

async function look({ citations, text, sent, assets, report, vectors, source }: Gathered, { cves, sources }: Lookups, signal: AbortSignal): Promise<Group[]> {
  const { year } = Temporal.Instant.fromEpochMilliseconds(report.received_at.getTime()).toZonedDateTimeISO('UTC')
  const cwes = [...new Set([report.weakness, ...citations.cwes].filter(Boolean))]
  const groups = [
    checkHosts(citations.hosts, assets),
    checkKnown({
      cwes, cves: citations.cves, year, cwe: (id) => ({ standing: cweStanding(id), name: cweName(id) }),
      cve: await cves.ask(citations.cves, signal), lists: `CWE ${cweVersion}; CVE: ${cves.name}`,
    }),
    ...citesSource(citations) ? [await lookUp(source, citations, sources, signal)] : [],
    checkSeverity({ vectors, scores: scoresIn(text), text }, scored),
    checkEvidence(sent),
  ]
  return groups.filter(({ facts }) => facts.length > 0)
}

function scored(vector: string) {
  const score = scoreOf(vector)
  return score === null ? null : { score, rating: ratingOf(score) }
}

async function keep(tx: Tx, { id, content_key_id: key }: { id: string; content_key_id: string }, gathered: Gathered, groups: readonly Group[]): Promise<void> {
  const row = { box: await sealJson(tx, key, factsContext(id), groups), checked_at: timestampOf(tx.now) }
  await tx.db.insertInto('report_facts').values({ organization_id: tx.organizationId, report_id: id, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id']).doUpdateSet(row)).execute()
  await keepFingerprint(tx, id, gathered)
  // Ids sort by time: only what came before can have been copied.
  const copied = (await alikeTo(tx, id)).some(({ report, share }) => share >= nearlyTheSame && report < id)
  const sourced = groups.find(({ check }) => check === 'source')
  await reclassify(tx, id, { onlyScanner: onlyScanner(gathered.sent), nearDuplicate: copied, citesNothing: sourced !== undefined && citesNothing(sourced) })
}

/** The scope or a source may have changed since. */
export const checkAgain = verb({
  name: 'report.check-facts', summary: 'Look at a report’s facts again.', may: 'reports.triage', entries: [], input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report }) {
    await getReport(tx, actor, report)
    await queueCheck(tx, report)
    return { report }
  },
})
